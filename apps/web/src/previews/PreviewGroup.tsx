import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { ChevronDown } from "lucide-react";
import { useCallback, useState } from "react";
import type { KnownWorkers } from "./useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { PlannedChanges } from "../changes/PlannedChanges.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { OperationWhy } from "./OperationWhy.tsx";
import { OperationTable } from "./OperationTable.tsx";
import { PreviewPerson } from "./PreviewPerson.tsx";
import { useOperations } from "./useOperations.tsx";

type Bucket = PreviewOperation["bucket"];

/** Groups that are long and already decided: they start closed. */
const closedAtFirst: readonly Bucket[] = ["waiting", "excluded"];

/** Groups that show a reason for each person. */
const explained: readonly Bucket[] = ["held", "failed", "absent"];

interface PreviewGroupProps {
  readonly previewId: string;
  readonly bucket: Bucket;
  readonly count: number;
  readonly workers: KnownWorkers;
}

export function PreviewGroup({ previewId, bucket, count, workers }: PreviewGroupProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(!closedAtFirst.includes(bucket));
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group space-y-2"
    >
      <summary className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg font-medium">
        <ChevronDown className="size-4 -rotate-90 text-quiet group-open:rotate-0" aria-hidden />
        <h3>{text("preview.group", { title: text(`preview.bucket.${bucket}`), count })}</h3>
      </summary>
      {isOpen && <Operations previewId={previewId} bucket={bucket} workers={workers} />}
    </details>
  );
}

function Operations({ previewId, bucket, workers }: Omit<PreviewGroupProps, "count">) {
  const text = useText();
  const operations = useOperations(previewId, bucket);
  const details = useCallback(
    (operation: PreviewOperation) => (
      <div className="space-y-1.5">
        <OperationWhy {...operation} remedy={workers.get(operation.workerId)?.remedy} />
        {operation.changes.length > 0 && <PlannedChanges changes={operation.changes} />}
      </div>
    ),
    [workers],
  );
  const { data, error, pager } = operations;
  if (error) return <ProblemNotice error={error} />;
  // A preview keeps no value of people who are not in Payflip yet: a list of names is enough.
  const isNamesOnly =
    !explained.includes(bucket) && data?.items.every(({ changes }) => changes.length === 0) === true;
  return (
    <>
      {data !== undefined && isNamesOnly ? (
        <ul className="card grid gap-x-6 gap-y-1.5 px-5 py-3.5 text-sm sm:grid-cols-2 lg:grid-cols-3">
          {data.items.map((operation) => (
            <li key={operation.workerId}>
              <PreviewPerson operation={operation} workers={workers} />
            </li>
          ))}
        </ul>
      ) : (
        <OperationTable
          label={text(`preview.bucket.${bucket}`)}
          operations={operations}
          workers={workers}
          title={text("preview.what")}
          details={details}
        />
      )}
      {pager}
    </>
  );
}
