import type { Issue } from "@payflip/contract/issues.ts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEntity } from "../access/session.ts";
import { issuesQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { LoadProblem } from "../ui/Loaded.tsx";
import { CsvButton } from "../ui/lists/CsvButton.tsx";
import { LoadedList } from "../ui/lists/LoadedList.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { SelectInput } from "../ui/fields/SelectInput.tsx";
import { groupIssues } from "./group-issues.ts";
import { IssueGroupCard } from "./IssueGroupCard.tsx";

/** Open or accepted issues, by cause. */
export function IssuesPage() {
  const text = useText();
  const { entity: asked, status = "open" } = useSearch({
    from: "/account/settings/integrations/liantis/issues",
  });
  const entity = useEntity(asked);
  const query = useQuery({ ...issuesQuery(entity?.id ?? "", status), enabled: entity !== undefined });
  const issues = query.data;
  if (query.error) return <LoadProblem query={query} />;
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm text-quiet">{text("issues.intro")}</p>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <StatusFilter status={status} />
        {issues !== undefined && issues.length > 0 && (
          <IssuesDownload issues={issues} entityName={entity?.name ?? ""} />
        )}
      </div>
      <LoadedList query={query} empty={<NoIssues status={status} />}>
        {(items) => groupIssues(items).map((group) => <IssueGroupCard key={group.code} group={group} />)}
      </LoadedList>
    </div>
  );
}

function NoIssues({ status }: { readonly status: "open" | "accepted" }) {
  const text = useText();
  return status === "open" ? (
    <EmptyState title={text("issues.none")}>{text("issues.none.why")}</EmptyState>
  ) : (
    <EmptyState title={text("issues.none.accepted")}>{text("issues.none.accepted.why")}</EmptyState>
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
  const formats = useFormats();
  const rows = () =>
    Promise.resolve(
      issues.map((issue) => [
        issue.title,
        issue.employeeName ?? "",
        issue.employeeNumber ?? "",
        issue.cause,
        issue.remedy,
        issue.link,
        formats.instant(issue.firstSeenAt),
        String(issue.runs),
      ]),
    );
  return (
    <CsvButton
      fileName={`liantis-${entityName}`}
      titles={[
        "issues.what",
        "field.name",
        "field.employeeNumber",
        "issues.why",
        "issues.remedy",
        "issues.where",
        "issues.since",
        "issues.runs",
      ]}
      rows={rows}
    />
  );
}
