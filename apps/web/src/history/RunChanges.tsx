import type { Change, Run } from "@payflip/contract/syncs.ts";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { everyPage } from "../api/every-page.ts";
import { changesPageSize, changesQuery } from "../api/queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Chip } from "../ui/Chip.tsx";
import { CsvButton } from "../ui/lists/CsvButton.tsx";
import type { Column } from "../ui/lists/DataTable.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { PagedTable } from "../ui/lists/PagedTable.tsx";
import { BeforeAfter } from "../changes/BeforeAfter.tsx";
import { useChangeText } from "../changes/useChangeText.ts";

/** What a run wrote: person, field, before and after, as text. */
export function RunChanges({ run }: { readonly run: Run }) {
  const text = useText();
  const navigate = useNavigate();
  const search = useSearch({ from: "/account/settings/integrations/liantis/runs/$runId" });
  const query = useQuery(changesQuery(run.id, search.cursor));
  const columns = useColumns();
  return (
    <section aria-labelledby="changes">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id="changes" className="text-base font-semibold">
          {text("changes.title")}
        </h2>
        {query.data !== undefined && query.data.total > 0 && <ChangesDownload run={run} />}
      </div>
      <PagedTable
        label={text("changes.title")}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        pageSize={changesPageSize}
        page={search.page}
        onPage={(place) =>
          void navigate({ to: paths.run, params: { runId: run.id }, search: { ...search, ...place } })
        }
        empty={<EmptyState title={text("changes.none")} />}
        skeletonRows={4}
      />
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

/** A person whose creation was undone may be removed: the name is no link then. */
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
  const say = useChangeText();
  const rows = async () => {
    const changes = await everyPage("listChanges", { params: { id: run.id } });
    return changes.map((change) => [
      change.employeeName,
      say.field(change),
      say.before(change),
      say.after(change),
      say.reason(change),
    ]);
  };
  return (
    <CsvButton
      fileName={`liantis-${run.startedAt?.slice(0, 10) ?? run.id}`}
      titles={["field.name", "changes.field", "changes.before", "changes.after", "changes.reason"]}
      rows={rows}
    />
  );
}
