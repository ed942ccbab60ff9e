import type { Run } from "@payflip/contract/syncs.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useEntity } from "../access/session.ts";
import { runsPageSize, runsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import type { Column } from "../ui/lists/DataTable.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { PagedTable } from "../ui/lists/PagedTable.tsx";
import { VerdictChip } from "../runs/VerdictChip.tsx";

export function HistoryPage() {
  const text = useText();
  const navigate = useNavigate();
  const {
    entity: asked,
    cursor,
    page,
  } = useSearch({ from: "/account/settings/integrations/liantis/history" });
  const entityId = useEntity(asked)?.id ?? "";
  const query = useQuery(runsQuery(entityId, cursor));
  return (
    <PagedTable
      label={text("history.title")}
      query={query}
      columns={useColumns(entityId)}
      rowKey={({ id }) => id}
      pageSize={runsPageSize}
      page={page}
      onPage={(place) => void navigate({ to: paths.history, search: { entity: asked, ...place } })}
      empty={<EmptyState title={text("history.none")}>{text("history.none.why")}</EmptyState>}
    />
  );
}

function useColumns(entityId: string): readonly Column<Run>[] {
  const text = useText();
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: "when",
        title: text("history.when"),
        cell: (run) => (
          <Link
            to={paths.run}
            params={{ runId: run.id }}
            search={{ entity: entityId }}
            className="link font-medium"
          >
            {run.startedAt === null ? text("run.status.queued") : formats.instant(run.startedAt)}
          </Link>
        ),
      },
      { id: "trigger", title: text("history.trigger"), cell: (run) => text(`run.trigger.${run.trigger}`) },
      { id: "verdict", title: text("history.verdict"), cell: (run) => <VerdictChip run={run} /> },
      {
        id: "people",
        title: text("run.count.fetched"),
        numeric: true,
        cell: (run) => formats.number(run.counts.fetched),
      },
      {
        id: "added",
        title: text("run.count.created"),
        numeric: true,
        cell: (run) => formats.number(run.counts.created + run.counts.linked),
      },
      {
        id: "updated",
        title: text("run.count.updated"),
        numeric: true,
        cell: (run) => formats.number(run.counts.updated),
      },
      {
        id: "attention",
        title: text("history.attention"),
        numeric: true,
        cell: (run) => formats.number(run.counts.held + run.counts.failed),
      },
    ],
    [text, formats, entityId],
  );
}
