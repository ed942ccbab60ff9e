import type { Run } from "@payflip/contract/syncs.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useEntity } from "../access/session.ts";
import { runsPageSize, runsQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { Pager } from "../ui/lists/Pager.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
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
  const { data, error, isPlaceholderData, refetch } = useQuery(runsQuery(entityId, cursor));
  const columns = useColumns(entityId);
  if (error) {
    return (
      <ProblemNotice
        error={error}
        actions={<Button onPress={() => void refetch()}>{text("action.tryAgain")}</Button>}
      />
    );
  }
  if (data?.items.length === 0)
    return <EmptyState title={text("history.none")}>{text("history.none.why")}</EmptyState>;
  return (
    <>
      <DataTable
        label={text("history.title")}
        columns={columns}
        rows={data?.items}
        rowKey={({ id }) => id}
        isStale={isPlaceholderData}
      />
      <Pager
        page={Number(page ?? 1)}
        pageSize={runsPageSize}
        total={data?.total}
        nextCursor={data?.nextCursor}
        onPage={(number, next) =>
          void navigate({
            to: paths.history,
            search: { entity: asked, cursor: next, page: number > 1 ? String(number) : undefined },
          })
        }
      />
    </>
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
