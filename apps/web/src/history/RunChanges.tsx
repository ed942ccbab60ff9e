import type { Change, Run } from "@payflip/contract/syncs.ts";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { everyPage } from "../api/every-page.ts";
import { changesPageSize, changesQuery } from "../api/queries.ts";
import { csvOf, downloadCsv } from "../ui/lists/csv.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { type Column, DataTable } from "../ui/lists/DataTable.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { Pager } from "../ui/lists/Pager.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { BeforeAfter } from "../changes/BeforeAfter.tsx";
import { useChangeText } from "../changes/useChangeText.ts";

/** What a run wrote: person, field, before and after, as text. */
export function RunChanges({ run }: { readonly run: Run }) {
  const text = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/account/settings/integrations/liantis/runs/$runId" });
  const { data, error, isPlaceholderData } = useQuery(changesQuery(run.id, search.cursor));
  const columns = useColumns();
  return (
    <section aria-labelledby="changes">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="changes" className="text-base font-semibold">
          {text("changes.title")}
        </h2>
        {data !== undefined && data.total > 0 && <ChangesDownload run={run} />}
      </div>
      {error ? (
        <ProblemNotice error={error} />
      ) : data?.items.length === 0 ? (
        <EmptyState title={text("changes.none")} />
      ) : (
        <>
          <DataTable
            label={text("changes.title")}
            columns={columns}
            rows={data?.items}
            rowKey={({ id }) => id}
            isStale={isPlaceholderData}
            skeletonRows={4}
          />
          <Pager
            page={Number(search.page ?? 1)}
            pageSize={changesPageSize}
            total={data?.total}
            nextCursor={data?.nextCursor}
            onPage={(page, cursor) =>
              void navigate({
                to: paths.run,
                params: { runId: run.id },
                search: { ...search, cursor, page: page > 1 ? String(page) : undefined },
              })
            }
          />
        </>
      )}
    </section>
  );
}

function useColumns(): readonly Column<Change>[] {
  const text = useText();
  const say = useChangeText();
  return useMemo(
    () => [
      {
        id: "person",
        title: text("field.name"),
        cell: (change) => <ChangedPerson change={change} />,
      },
      { id: "field", title: text("changes.field"), cell: (change) => say.field(change) },
      {
        id: "values",
        title: text("changes.values"),
        wide: true,
        cell: (change) => <BeforeAfter before={say.before(change)} after={say.after(change)} />,
      },
      {
        id: "reason",
        title: text("changes.reason"),
        cell: (change) => (
          <>
            {say.reason(change)} {change.revertedAt !== null && <Chip>{text("changes.reverted")}</Chip>}
          </>
        ),
      },
    ],
    [text, say],
  );
}

/** Somebody who was added and put back again may be gone: their name leads nowhere. */
function ChangedPerson({
  change: { employeeId, employeeName, reason, revertedAt },
}: {
  readonly change: Change;
}) {
  if (revertedAt !== null && reason === "new_worker")
    return <span className="font-medium">{employeeName}</span>;
  return (
    <Link to={paths.person} params={{ employeeId }} className="link font-medium">
      {employeeName}
    </Link>
  );
}

function ChangesDownload({ run }: { readonly run: Run }) {
  const text = useText();
  const say = useChangeText();
  const download = useMutation({
    mutationFn: () => everyPage("listChanges", { params: { id: run.id } }),
    onSuccess: (changes) => {
      const titles = [
        "field.name",
        "changes.field",
        "changes.before",
        "changes.after",
        "changes.reason",
      ] as const;
      const rows = changes.map((change) => [
        change.employeeName,
        say.field(change),
        say.before(change),
        say.after(change),
        say.reason(change),
      ]);
      downloadCsv(
        `liantis-${run.startedAt?.slice(0, 10) ?? run.id}.csv`,
        csvOf([titles.map((id) => text(id)), ...rows]),
      );
    },
  });
  return (
    <>
      <Button isPending={download.isPending} onPress={() => download.mutate()}>
        {!download.isPending && <Download className="size-4" aria-hidden />}
        {text("action.downloadCsv")}
      </Button>
      {download.isError && <ProblemNotice error={download.error} className="basis-full" />}
    </>
  );
}
