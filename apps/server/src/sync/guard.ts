import { fieldCoverage, presenceFigures } from "../people/links/links.sql.ts";
import type { Run } from "../runs/runs.sql.ts";
import type { ListingTally } from "../runs/staging.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import {
  type GuardThresholds,
  type GuardVerdict,
  guardRun,
  type RunAggregates,
} from "../domain/guards/guard.ts";
import { watchedFields } from "./staged-record.ts";

export interface GuardedRun {
  verdict: GuardVerdict;
  /** What exactly would be let through: who is newly absent, which fields emptied. */
  fingerprint: string;
  absent: number;
}

/** Weighs a complete listing against what is linked, before the first write. */
export async function weighListing(
  trx: TenantTransaction,
  run: Run,
  { tally, thresholds }: { tally: ListingTally; thresholds: GuardThresholds },
): Promise<GuardedRun> {
  const presence = await presenceFigures(trx, run);
  const coverage = await fieldCoverage(trx, run, watchedFields.length);
  // Somebody whose id could not be read may be any of those who seem absent: then nobody counts as newly absent.
  const newlyAbsentPeople = Math.max(0, presence.newlyAbsent - tally.unreadableNameless);
  const aggregates: RunAggregates = {
    listedPeople: tally.distinct,
    linkedPeople: presence.linked,
    newlyAbsentPeople,
    coverage: watchedFields.map((field, bit) => ({
      field,
      people: coverage.people,
      filledBefore: coverage.before[bit] ?? 0,
      filledNow: coverage.after[bit] ?? 0,
    })),
  };
  const verdict = guardRun(aggregates, thresholds);
  const emptied =
    verdict.kind === "hold"
      ? verdict.holds.flatMap((hold) =>
          hold.reasons.map(
            (reason) => `${reason.code}:${"field" in reason.params ? reason.params.field : ""}`,
          ),
        )
      : [];
  return {
    verdict,
    fingerprint: [presence.newlyAbsentFingerprint, ...emptied].join("|"),
    absent: presence.absent,
  };
}
