import type { Issue } from "@payflip/contract/issues.ts";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useEntity } from "../access/session.ts";
import { issuesQuery } from "../api/queries.ts";
import { csvOf, downloadCsv } from "../csv.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { groupIssues } from "./group-issues.ts";
import { IssueGroupCard } from "./IssueGroupCard.tsx";

/** What has to be put right, by cause. */
export function IssuesPage() {
  const text = useText();
  const { entity: asked } = useSearch({ from: "/account/settings/integrations/liantis" });
  const entity = useEntity(asked);
  const {
    data: issues,
    error,
    refetch,
  } = useQuery({ ...issuesQuery(entity?.id ?? ""), enabled: entity !== undefined });
  if (error) {
    return (
      <ProblemNotice
        error={error}
        actions={<Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>}
      />
    );
  }
  if (issues === undefined) return <SkeletonBlock label={text("state.loading")} lines={6} />;
  if (issues.length === 0)
    return <EmptyState title={text("issues.none")}>{text("issues.none.why")}</EmptyState>;
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="max-w-prose text-sm text-quiet">{text("issues.intro")}</p>
        <IssuesDownload issues={issues} entityName={entity?.name ?? ""} />
      </div>
      {groupIssues(issues).map((group) => (
        <IssueGroupCard key={group.code} group={group} />
      ))}
    </div>
  );
}

function IssuesDownload({
  issues,
  entityName,
}: {
  readonly issues: readonly Issue[];
  readonly entityName: string;
}) {
  const text = useText();
  const formats = useFormats();
  const download = () => {
    const titles = [
      "issues.what",
      "field.name",
      "field.employeeNumber",
      "issues.why",
      "issues.remedy",
      "issues.where",
      "issues.since",
      "issues.runs",
    ] as const;
    const rows = issues.map((issue) => [
      issue.title,
      issue.employeeName ?? "",
      issue.employeeNumber ?? "",
      issue.cause,
      issue.remedy,
      issue.link ?? "",
      formats.instant(issue.firstSeenAt),
      String(issue.runs),
    ]);
    downloadCsv(`liantis-${entityName}.csv`, csvOf([titles.map((id) => text(id)), ...rows]));
  };
  return (
    <Button onPress={download}>
      <Download className="size-4" aria-hidden />
      {text("action.downloadCsv")}
    </Button>
  );
}
