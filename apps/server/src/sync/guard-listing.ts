import { findHold } from "../decisions/holds.sql.ts";
import { countsWhenHeld } from "../domain/plan/counts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { findRun, type StoredRun } from "../runs/runs.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { rehearse } from "./rehearse.ts";
import { endHeld, type RunEnd } from "./report.ts";
import type { RunBasis } from "./run-basis.ts";
import { type WeighedListing, weighListing } from "./weigh-listing.ts";

/** `passed`: the run is in its apply phase, and may write. */
export type Guarded = { kind: "passed"; run: StoredRun } | { kind: "ended"; end: RunEnd };

/** Holds a run whose listing looks wrong, unless an admin accepted a hold of exactly the same. */
export async function guardListing(
  engine: SyncEngine,
  planned: StoredRun,
  basis: RunBasis,
): Promise<Guarded> {
  const weighed = await weighListing(engine, planned, basis);
  const { run, verdict, fingerprint, absent } = weighed;
  if (verdict.kind === "hold" && (await findAcceptedFingerprint(engine, run)) !== fingerprint) {
    const counts = countsWhenHeld(await rehearse(engine, weighed, basis.policy));
    const held = { holds: verdict.holds, fingerprint, counts: { ...counts, absent } };
    return { kind: "ended", end: await endHeld(engine, run, held) };
  }
  const applying = await syncTransaction(engine, run.customerId, (trx) =>
    enterApply(trx, weighed, instant(engine)),
  );
  return { kind: "passed", run: applying };
}

/** Commits that the listing passed: from here on the run writes. */
export async function enterApply(
  trx: TenantTransaction,
  { run, counts, absent }: WeighedListing,
  now: string,
): Promise<StoredRun> {
  return await checkpoint(trx, run, {
    phase: "apply",
    done: counts.fetched,
    counts: { ...counts, absent },
    phaseStartedAt: now,
  });
}

/** Of the hold that this run lets through. It may have been accepted while the run was fetching, so the run is read again. */
async function findAcceptedFingerprint(
  engine: SyncEngine,
  { customerId, runId }: StoredRun,
): Promise<string | null> {
  return await syncTransaction(engine, customerId, async (trx) => {
    const acceptedHoldId = (await findRun(trx, customerId, runId))?.acceptedHoldId ?? null;
    if (acceptedHoldId === null) return null;
    const hold = await findHold(trx, customerId, acceptedHoldId);
    return hold?.status === "accepted" ? hold.fingerprint : null;
  });
}
