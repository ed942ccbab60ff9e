import type { FleetConnection } from "@payflip/contract/fleet.ts";
import type { RunVerdict } from "@payflip/contract/syncs.ts";
import { plainText, searchWords } from "../ui/lists/search-words.ts";

/** Whether a connection needs attention: paused, late, a bad last run, or a task for the success manager. */
export function needsAttention({ state, freshness, lastRun, tasks }: FleetConnection): boolean {
  if (state === "paused" || tasks.some(({ kind }) => kind === "support")) return true;
  if (state !== "active") return false;
  return freshness === "late" || freshness === "stale" || isBad(lastRun?.verdict ?? null);
}

function isBad(verdict: RunVerdict | null): boolean {
  return verdict === "failed" || verdict === "incomplete" || verdict === "held";
}

/** What needs attention first, then by customer and entity. */
export function attentionFirst(items: readonly FleetConnection[], language: string): FleetConnection[] {
  const { compare } = new Intl.Collator(language);
  return items.toSorted(
    (a, b) =>
      Number(needsAttention(b)) - Number(needsAttention(a)) ||
      compare(a.customerName, b.customerName) ||
      compare(a.entityName, b.entityName),
  );
}

/** The connections whose customer or entity has all the words of the search. */
export function searchFleet(items: readonly FleetConnection[], q: string): FleetConnection[] {
  const words = searchWords(q);
  return items.filter(({ customerName, entityName }) =>
    words.every((word) => plainText(`${customerName} ${entityName}`).includes(word)),
  );
}
