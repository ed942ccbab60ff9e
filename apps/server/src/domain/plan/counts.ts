import type { PersonPlan } from "./plan-types.ts";

/** One bucket for every person of a run: those that planning decides, and those that the admin's choice decides. */
export type Bucket = PersonPlan["bucket"] | "waiting" | "excluded";

/** What a run did, in people. `absent` (linked, but no longer listed) is not part of the sum. */
export interface RunCounts extends Record<Bucket, number> {
  fetched: number;
  absent: number;
}

export const buckets = [
  "created",
  "linked",
  "updated",
  "unchanged",
  "waiting",
  "excluded",
  "held",
  "failed",
] as const satisfies readonly Bucket[];

export function emptyCounts(): RunCounts {
  return {
    fetched: 0,
    created: 0,
    linked: 0,
    updated: 0,
    unchanged: 0,
    waiting: 0,
    excluded: 0,
    held: 0,
    failed: 0,
    absent: 0,
  };
}

/** The counts after one more fetched person. */
export function countPerson(counts: RunCounts, bucket: Bucket): RunCounts {
  return { ...counts, fetched: counts.fetched + 1, [bucket]: counts[bucket] + 1 };
}

/** The counts of a held run: nothing was written, so every person who would have been written is held. */
export function countsWhenHeld(counts: RunCounts): RunCounts {
  const { created, linked, updated } = counts;
  return { ...counts, created: 0, linked: 0, updated: 0, held: counts.held + created + linked + updated };
}

/** Every fetched person is in exactly one bucket. Only runs that finished their work must balance. */
export function isBalanced(counts: RunCounts): boolean {
  const values = [counts.fetched, counts.absent, ...buckets.map((bucket) => counts[bucket])];
  const sum = buckets.reduce((total, bucket) => total + counts[bucket], 0);
  return values.every((value) => Number.isSafeInteger(value) && value >= 0) && sum === counts.fetched;
}

/** @throws RangeError when a person is in no bucket or in two: such a run is not in order. */
export function assertBalanced(counts: RunCounts): void {
  if (isBalanced(counts)) return;
  const parts = buckets.map((bucket) => `${bucket} ${counts[bucket]}`).join(" + ");
  throw new RangeError(`counts do not balance: fetched ${counts.fetched}, but ${parts}`);
}
