import type { PlannedChange } from "@payflip/contract/holds.ts";
import { BeforeAfter } from "./BeforeAfter.tsx";
import { useChangeText } from "./useChangeText.ts";

/** Fields that would be written, each with its value before and after. */
export function PlannedChanges({ changes }: { readonly changes: readonly PlannedChange[] }) {
  const say = useChangeText();
  return (
    <dl className="space-y-1 text-left">
      {changes.map((change) => (
        <div key={`${change.contractId ?? ""} ${change.field}`} className="flex flex-wrap gap-x-2">
          <dt className="text-quiet">{say.field(change)}</dt>
          <dd>
            <BeforeAfter before={say.before(change)} after={say.after(change)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
