import type { Freshness } from "@payflip/contract/connection.ts";

const hourMs = 60 * 60 * 1000;

/** One night and its spread are 26 hours at most; past 50 hours two nights in a row have failed. */
export function freshnessOf(lastSuccessAt: string | null, now: Date): Freshness {
  if (lastSuccessAt === null) return "never";
  const age = now.getTime() - Date.parse(lastSuccessAt);
  if (age <= 26 * hourMs) return "fresh";
  return age <= 50 * hourMs ? "late" : "stale";
}
