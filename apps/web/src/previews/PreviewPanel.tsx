import type { Preview, PreviewOperation } from "@payflip/contract/previews.ts";
import { everyOperation } from "../api/decision-queries.ts";
import { CsvButton } from "../ui/lists/CsvButton.tsx";
import type { KnownWorkers } from "./useKnownWorkers.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { useChangeText } from "../changes/useChangeText.ts";
import { Notice } from "../ui/Notice.tsx";
import { EmptyState } from "../ui/Page.tsx";
import { PreviewGroup } from "./PreviewGroup.tsx";
import { whyTexts } from "./OperationWhy.tsx";

/** The groups, the most important first. */
const buckets = ["held", "failed", "absent", "created", "linked", "updated", "waiting", "excluded"] as const;

interface PreviewPanelProps {
  readonly preview: Preview;
  /** Names of people who are not in Payflip yet, where they are known. */
  readonly workers: KnownWorkers;
}

/** What would happen, by group; unchanged people are only counted. */
export function PreviewPanel({ preview, workers }: PreviewPanelProps) {
  const text = useText();
  const formats = useFormats();
  const inAll = buckets.filter((bucket) => preview.counts[bucket] > 0);
  // A preview of a difference names only the people who differ: the other groups have counts only.
  const shown = preview.differsFrom === null ? inAll : [];
  return (
    <section aria-labelledby="preview" className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="preview" className="text-base font-semibold">
          {text("review.title")}
        </h2>
        {inAll.length > 0 && <PreviewDownload preview={preview} workers={workers} />}
      </div>
      <p className="text-sm text-quiet">
        {text("preview.until", {
          when: formats.inWords(preview.createdAt),
          until: formats.inWords(preview.expiresAt),
        })}
      </p>
      {preview.released > 0 && (
        <Notice tone="warning" title={text("review.released", { count: preview.released })} />
      )}
      {preview.holds.length > 0 && <PreviewHolds preview={preview} />}
      {inAll.length === 0 && (
        <EmptyState title={text("preview.nothing")}>{text("preview.nothing.why")}</EmptyState>
      )}
      {shown.length < inAll.length && (
        <ul className="list-disc space-y-1 pl-5 text-sm">
          {inAll.map((bucket) => (
            <li key={bucket}>
              {text("preview.group", {
                title: text(`preview.bucket.${bucket}`),
                count: preview.counts[bucket],
              })}
            </li>
          ))}
        </ul>
      )}
      {shown.map((bucket) => (
        <PreviewGroup
          key={`${preview.id} ${bucket}`}
          previewId={preview.id}
          bucket={bucket}
          count={preview.counts[bucket]}
          workers={workers}
        />
      ))}
      {preview.counts.unchanged > 0 && (
        <p className="text-sm text-quiet">{text("review.unchanged", { count: preview.counts.unchanged })}</p>
      )}
    </section>
  );
}

function PreviewHolds({ preview }: { readonly preview: Preview }) {
  const text = useText();
  return (
    <Notice tone="warning" title={text("preview.held")}>
      <ul className="list-disc space-y-1 pl-4">
        {preview.holds.map((hold) => (
          <li key={hold.id}>
            {hold.employeeName !== null && <span className="font-medium">{hold.employeeName}: </span>}
            {hold.reasons.map((reason) => reason.text).join(" ")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function PreviewDownload({ preview, workers }: PreviewPanelProps) {
  const text = useText();
  const say = useChangeText();
  const rowsOf = (operation: PreviewOperation): string[][] => {
    const head = [
      text(`preview.bucket.${operation.bucket}`),
      operation.employeeName ?? workers.get(operation.workerId)?.name ?? "",
      operation.workerId,
    ];
    const why = whyTexts(operation).join(" ");
    if (operation.changes.length === 0) return [[...head, "", "", "", why]];
    return operation.changes.map((change) => [
      ...head,
      say.field(change),
      say.before(change),
      say.after(change),
      why,
    ]);
  };
  return (
    <CsvButton
      fileName={`liantis-${preview.createdAt.slice(0, 10)}`}
      titles={[
        "preview.csv.what",
        "field.name",
        "field.workerId",
        "changes.field",
        "changes.before",
        "changes.after",
        "preview.csv.why",
      ]}
      rows={async () => (await everyOperation(preview.id)).flatMap(rowsOf)}
    />
  );
}
