import type { Run } from "@payflip/contract/syncs.ts";
import { useText } from "../intl/messages.ts";
import { useFormats } from "../intl/useFormats.ts";
import { classes } from "../ui/classes.ts";

const always = ["created", "linked", "updated", "unchanged"] as const;
const whenAny = ["waiting", "excluded", "held", "failed", "absent"] as const;

/** The counts of a run by bucket. Some buckets are shown only when they are not empty. */
export function RunCounts({ run: { counts } }: { readonly run: Run }) {
  const text = useText();
  const formats = useFormats();
  const shown = [...always, ...whenAny.filter((bucket) => counts[bucket] > 0)];
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {shown.map((bucket) => (
        <div key={bucket} className="card flex flex-col-reverse justify-end px-4 py-3">
          <dt className="text-sm text-quiet">{text(`run.count.${bucket}`)}</dt>
          <dd
            className={classes(
              "text-2xl font-semibold tabular-nums",
              counts[bucket] > 0 && ["held", "failed"].includes(bucket) && "text-warning-ink",
            )}
          >
            {formats.number(counts[bucket])}
          </dd>
        </div>
      ))}
    </dl>
  );
}
