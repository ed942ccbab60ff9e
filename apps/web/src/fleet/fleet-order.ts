import type { FleetItem } from "@payflip/contract/fleet.ts";

/** Whether somebody should look at it: paused, out of date, or its last run did not go well. */
export function needsAttention({ state, freshness, verdict }: FleetItem): boolean {
  if (state === "paused") return true;
  if (state !== "active") return false;
  return (
    freshness === "late" ||
    freshness === "stale" ||
    verdict === "failed" ||
    verdict === "incomplete" ||
    verdict === "held"
  );
}

/** What needs attention first, then by customer and entity. */
export function attentionFirst(items: readonly FleetItem[], language: string): FleetItem[] {
  const { compare } = new Intl.Collator(language);
  return items.toSorted(
    (a, b) =>
      Number(needsAttention(b)) - Number(needsAttention(a)) ||
      compare(a.customerName, b.customerName) ||
      compare(a.entityName, b.entityName),
  );
}

/** Whose customer or entity holds these words, without capitals and accents. */
export function searchFleet(items: readonly FleetItem[], q: string): FleetItem[] {
  const words = plain(q).split(/\s+/).filter(Boolean);
  return items.filter(({ customerName, entityName }) =>
    words.every((word) => plain(`${customerName} ${entityName}`).includes(word)),
  );
}

function plain(value: string): string {
  return value.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
