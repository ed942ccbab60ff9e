import type { Issue } from "@payflip/contract/issues.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useEntity } from "../access/session.ts";
import { issuesQuery } from "../api/queries.ts";
import { csvOf, downloadCsv } from "../ui/lists/csv.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { groupIssues } from "./group-issues.ts";
import { IssueGroupCard } from "./IssueGroupCard.tsx";

/** What has to be put right, by cause. */
export function IssuesPage() {
  const text = useText();
  const { entity: asked, status = "open" } = useSearch({
    from: "/account/settings/integrations/liantis/issues",
  });
  const entity = useEntity(asked);
  const {
    data: issues,
    error,
    refetch,
  } = useQuery({ ...issuesQuery(entity?.id ?? "", status), enabled: entity !== undefined });
  if (error) {
    return (
      <ProblemNotice
        error={error}
        actions={<Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>}
      />
    );
  }
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm text-quiet">{text("issues.intro")}</p>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <StatusFilter status={status} />
        {issues !== undefined && issues.length > 0 && (
          <IssuesDownload issues={issues} entityName={entity?.name ?? ""} />
        )}
      </div>
      {issues === undefined ? (
        <SkeletonBlock label={text("state.loading")} lines={6} />
      ) : issues.length === 0 ? (
        status === "open" ? (
          <EmptyState title={text("issues.none")}>{text("issues.none.why")}</EmptyState>
        ) : (
          <EmptyState title={text("issues.none.accepted")}>{text("issues.none.accepted.why")}</EmptyState>
        )
      ) : (
        groupIssues(issues).map((group) => <IssueGroupCard key={group.code} group={group} />)
      )}
    </div>
  );
}

function StatusFilter({ status }: { readonly status: "open" | "accepted" }) {
  const text = useText();
  const navigate = useNavigate();
  const { entity } = useSearch({ from: "/account/settings/integrations/liantis/issues" });
  return (
    <SelectInput
      label={text("issues.status")}
      className="w-full sm:w-52"
      value={status}
      options={(["open", "accepted"] as const).map((value) => ({
        value,
        label: text(`issues.status.${value}`),
      }))}
      onChange={(value) =>
        void navigate({
          to: paths.issues,
          search: { entity, status: value === "accepted" ? value : undefined },
          replace: true,
        })
      }
    />
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
      issue.link,
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
