import type { PreviewOperation } from "@payflip/contract/previews.ts";
import { useCallback } from "react";
import type { KnownWorkers } from "./useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { PlannedChanges } from "../changes/PlannedChanges.tsx";
import { Chip, type Tone } from "../ui/Chip.tsx";
import { Notice } from "../ui/Notice.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { OperationWhy } from "./OperationWhy.tsx";
import { OperationTable } from "./OperationTable.tsx";
import { useOperations } from "./useOperations.tsx";

type Difference = NonNullable<PreviewOperation["difference"]>;

const tones: Readonly<Record<Difference, Tone>> = { new: "accent", changed: "info", gone: "neutral" };

interface PreviewDifferenceProps {
  readonly previewId: string;
  readonly workers: KnownWorkers;
}

/** What changed at Liantis between the preview and its confirmation. */
export function PreviewDifference({ previewId, workers }: PreviewDifferenceProps) {
  const text = useText();
  const operations = useOperations(previewId, null);
  const { data, error, pager } = operations;
  const details = useCallback(
    ({ bucket, difference, changes, ...why }: PreviewOperation) => (
      <div className="space-y-1">
        <span className="flex flex-wrap items-center gap-2">
          {difference !== null && (
            <Chip tone={tones[difference]}>{text(`preview.difference.${difference}`)}</Chip>
          )}
          {difference !== "gone" && text(`preview.bucket.${bucket}`)}
        </span>
        {difference !== "gone" && <OperationWhy bucket={bucket} {...why} />}
        {changes.length > 0 && <PlannedChanges changes={changes} />}
      </div>
    ),
    [text],
  );
  return (
    <section aria-label={text("preview.difference")} className="space-y-3">
      <Notice tone="warning" role="alert" title={text("preview.outdated")}>
        <p>{text("preview.outdated.why")}</p>
      </Notice>
      {error && <ProblemNotice error={error} />}
      {data?.items.length === 0 && <p className="text-sm text-quiet">{text("preview.difference.none")}</p>}
      {!error && data?.items.length !== 0 && (
        <>
          <OperationTable
            label={text("preview.difference")}
            operations={operations}
            workers={workers}
            title={text("preview.difference")}
            details={details}
          />
          {pager}
        </>
      )}
    </section>
  );
}
