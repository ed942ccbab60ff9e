import type { Freshness } from "@payflip/contract/connection.ts";

const hourMs = 60 * 60 * 1000;

/** A night with its spread is 26 hours at most; after a missed weekend's worth (74 hours) the data is stale. */
export function freshnessOf(lastSuccessAt: string | null, now: Date): Freshness {
  if (lastSuccessAt === null) return "never";
  const age = now.getTime() - Date.parse(lastSuccessAt);
  if (age <= 26 * hourMs) return "fresh";
  return age <= 74 * hourMs ? "late" : "stale";
}
