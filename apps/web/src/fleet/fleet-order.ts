import type { FleetConnection } from "@payflip/contract/fleet.ts";
import type { RunVerdict } from "@payflip/contract/syncs.ts";

/** Whether somebody should look at it: paused, out of date, its last run did not go well, or a task asks for a success manager. */
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

/** Whose customer or entity holds these words, without capitals and accents. */
export function searchFleet(items: readonly FleetConnection[], q: string): FleetConnection[] {
  const words = plain(q).split(/\s+/).filter(Boolean);
  return items.filter(({ customerName, entityName }) =>
    words.every((word) => plain(`${customerName} ${entityName}`).includes(word)),
  );
}

function plain(value: string): string {
  return value.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
