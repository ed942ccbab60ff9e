import { type GuardVerdict, guardRun, type RunAggregates } from "../domain/guards/guard.ts";
import type { RunCounts } from "../domain/plan/counts.ts";
import { watchedFields } from "../domain/records/synced-fields.ts";
import { countFilledFields, findPresenceFigures } from "../people/links/linked-people.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { type ListingTally, tallyListing } from "../runs/staging.sql.ts";
import { enterPhase, instant, type SyncEngine, syncTransaction } from "./engine.ts";
import type { RunBasis } from "./run-basis.ts";
import { findUnchosenFigures } from "./unchosen.sql.ts";

/** A complete listing, compared with what is linked, before the first write. */
export interface WeighedListing {
  /** In its guard phase. */
  run: StoredRun;
  verdict: GuardVerdict;
  /** What exactly a hold would keep back: who is newly absent, which fields emptied. */
  fingerprint: string;
  absent: number;
  /** Of the people who need no plan: settled people are unchanged, unreadable ones have failed, the others were not chosen. */
  counts: RunCounts;
}

export async function weighListing(
  engine: SyncEngine,
  planned: StoredRun,
  { policy, scope }: RunBasis,
): Promise<WeighedListing> {
  const run = await enterPhase(engine, planned, "guard");
  return await syncTransaction(engine, run.customerId, async (trx) => {
    const tally = await tallyListing(trx, run);
    const { presence, aggregates } = await gatherAggregates(trx, run, tally);
    const verdict = guardRun(aggregates, policy.thresholds);
    const { waiting, excluded } = await findUnchosenFigures(trx, run, scope, instant(engine));
    const failed = tally.unreadableWorkerIds.length + tally.unreadableNameless;
    const fetched = tally.settled + tally.unchosen + failed;
    return {
      run,
      verdict,
      fingerprint: [presence.newlyAbsentFingerprint, ...fingerprintOfReasons(verdict)].join("|"),
      absent: presence.absent,
      counts: { ...run.counts, fetched, unchanged: tally.settled, failed, waiting, excluded },
    };
  });
}

async function gatherAggregates(trx: TenantTransaction, run: StoredRun, tally: ListingTally) {
  const presence = await findPresenceFigures(trx, run);
  const coverage = await countFilledFields(trx, run);
  // A record without a readable id may belong to any of the people who seem absent: then fewer count as newly absent.
  const newlyAbsentPeople = Math.max(0, presence.newlyAbsent - tally.unreadableNameless);
  const aggregates: RunAggregates = {
    listedPeople: tally.distinct,
    linkedPeople: presence.linked,
    newlyAbsentPeople,
    coverage: watchedFields.map(({ name, bit }) => ({
      field: name,
      people: coverage.people,
      filledBefore: coverage.before[bit] ?? 0,
      filledNow: coverage.after[bit] ?? 0,
    })),
  };
  return { presence, aggregates };
}

function fingerprintOfReasons(verdict: GuardVerdict): string[] {
  if (verdict.kind !== "hold") return [];
  return verdict.holds
    .flatMap((hold) => hold.reasons)
    .map((reason) => `${reason.code}:${"field" in reason.params ? reason.params.field : ""}`);
}
