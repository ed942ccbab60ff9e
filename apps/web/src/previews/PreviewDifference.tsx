import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { everyOperation } from "../api/decision-queries.ts";
import type { KnownWorkers } from "../choices/useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { BeforeAfter } from "../syncs/BeforeAfter.tsx";
import { PlannedChanges } from "../syncs/PlannedChanges.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { PreviewPerson } from "./PreviewGroup.tsx";
import { type PersonDifference, previewDifference } from "./preview-difference.ts";

interface PreviewDifferenceProps {
  readonly olderId: string;
  readonly newerId: string;
  readonly workers: KnownWorkers;
}

/** Liantis changed between looking and confirming: only what is different now. */
export function PreviewDifference({ olderId, newerId, workers }: PreviewDifferenceProps) {
  const text = useText();
  const { data, error } = useQuery({
    queryKey: ["preview", newerId, "difference", olderId],
    queryFn: async ({ signal }) =>
      previewDifference(await everyOperation(olderId, signal), await everyOperation(newerId, signal)),
  });
  const columns = useMemo(
    (): Column<PersonDifference>[] => [
      {
        id: "person",
        title: text("field.name"),
        cell: (person) => (
          <PreviewPerson operation={person.after ?? person.before ?? person} workers={workers} />
        ),
      },
      {
        id: "difference",
        title: text("preview.difference"),
        wide: true,
        cell: ({ before, after }) => (
          <span className="block space-y-1">
            <BeforeAfter
              before={text(`preview.bucket.${before?.bucket ?? "gone"}`)}
              after={text(`preview.bucket.${after?.bucket ?? "gone"}`)}
            />
            {after !== null && after.changes.length > 0 && <PlannedChanges changes={after.changes} />}
          </span>
        ),
      },
    ],
    [text, workers],
  );
  return (
    <section aria-label={text("preview.difference")} className="space-y-3">
      <Notice tone="warning" role="alert" title={text("preview.outdated")}>
        <p>{text("preview.outdated.why")}</p>
      </Notice>
      {error && <ProblemNotice error={error} />}
      {data?.length === 0 ? (
        <p className="text-sm text-quiet">{text("preview.difference.none")}</p>
      ) : (
        !error && (
          <DataTable
            label={text("preview.difference")}
            columns={columns}
            rows={data}
            rowKey={({ workerId }) => workerId}
            skeletonRows={2}
          />
        )
      )}
    </section>
  );
}
