import { hash } from "node:crypto";
import { cancelRun } from "../runs/begun-runs.sql.ts";
import { findHold } from "../decisions/holds.sql.ts";
import { type AcceptedMatch, acceptedMatches } from "../decisions/issues.sql.ts";
import { cancelOpenRuns, checkpoint, findRun, type Run, RunLost, takeRun } from "../runs/runs.sql.ts";
import { type ListingTally, tallyListing } from "../runs/staging.sql.ts";
import { unchosenFigures } from "./unchosen.sql.ts";
import { findSyncConnection, type SyncConnection } from "../connection/sync-connection.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { countPerson, countsWhenHeld, type RunCounts } from "../domain/plan/counts.ts";
import { defaultThresholds } from "../domain/guards/guard.ts";
import { matchKey } from "../domain/records/match.ts";
import type { PlanPolicy } from "../domain/plan/plan-types.ts";
import { planPerson } from "../domain/plan/plan.ts";
import { isLiantisFault } from "../liantis/faults.ts";
import { applyListing } from "./apply.ts";
import { checkPerson } from "./check-person.ts";
import { instant, type RunKey, type SyncEngine, syncTransaction } from "./engine.ts";
import { gatherBatch, gatherListing } from "./facts.ts";
import { fetchListing } from "./fetch.ts";
import { weighListing } from "./guard.ts";
import {
  endOutdated,
  endPreview,
  endPreviewWithout,
  isAsConfirmed,
  putInForce,
  type Rehearsed,
} from "./preview-run.ts";
import { endByFault, endHeld, endIncomplete, endReported, type RunEnd } from "./report.ts";
import { purposeOf, type RunPurpose } from "./scope.ts";
import type { PlannedPerson } from "./writes.ts";

/**
 * Carries one run to its end: fetch → plan and guard → apply → report. Every step commits how far it is together with what it
 * did, so whoever takes the run after a crash goes on from there; a worker that lost the run stops at its next write.
 *
 * Trouble at the provider ends the run with a reason; anything unexpected is thrown, for the queue to try again.
 */
export async function runSync(engine: SyncEngine, key: RunKey, signal: AbortSignal): Promise<RunEnd> {
  const run = await syncTransaction(engine, key.customerId, (trx) =>
    takeRun(trx, key.customerId, key.runId, instant(engine)),
  );
  if (!run) return { kind: "over" };
  try {
    return await toItsEnd(engine, run, signal);
  } catch (error) {
    if (error instanceof RunLost) return { kind: "over" };
    throw error;
  }
}

async function toItsEnd(engine: SyncEngine, run: Run, signal: AbortSignal): Promise<RunEnd> {
  try {
    return await carryOn(engine, run, signal);
  } catch (error) {
    if (!isLiantisFault(error)) throw error;
    const current = await syncTransaction(engine, run.customerId, (trx) =>
      findRun(trx, run.customerId, run.runId),
    );
    const now = { ...(current ?? run), attempt: run.attempt };
    if (run.isPreview) return await endPreviewWithout(engine, now, { verdict: "failed", fault: error });
    return await endByFault(engine, now, error);
  }
}

async function carryOn(engine: SyncEngine, taken: Run, signal: AbortSignal): Promise<RunEnd> {
  let run = taken;
  const { connection, accepted, purpose } = await syncTransaction(engine, run.customerId, async (trx) => {
    const found = await findSyncConnection(trx, run.customerId, run.entityId);
    return {
      connection: found,
      accepted: await acceptedMatches(trx, run.customerId, run.entityId),
      purpose: found ? await purposeOf(trx, run, found) : null,
    };
  });
  if (!connection || !purpose || connection.enterpriseNumber === null) return await cancel(engine, run);
  const policy = policyOf(engine, connection, accepted);
  if (run.workerId !== null) {
    const { workerId } = run;
    const { enterpriseNumber } = connection;
    const check = { workerId, connection: { ...connection, enterpriseNumber }, policy };
    return await checkPerson(engine, run, check, signal);
  }
  if (run.phase === "fetch") {
    const { enterpriseNumber } = connection;
    const of = { enterpriseNumber, today: policy.today, scope: purpose.scope };
    const fetched = await fetchListing(engine, run, of, signal);
    if (fetched.kind === "incomplete") {
      if (run.isPreview) return await endPreviewWithout(engine, fetched.run, { verdict: "incomplete" });
      return await endIncomplete(engine, fetched.run);
    }
    run = await enterPhase(engine, fetched.run, "plan");
  }
  if (run.phase === "plan" || run.phase === "guard") {
    const guarded = await guardListing(engine, run, { connection, policy, purpose });
    if (guarded.kind === "ended") return guarded.end;
    run = guarded.run;
  }
  if (run.phase === "apply") {
    run = await applyListing(engine, run, policy, signal);
    run = await enterPhase(engine, run, "report");
  }
  return await endReported(engine, run);
}

/** Disabled or paused since the run was asked for: nothing is fetched and nothing is written. A preview ends by itself. */
async function cancel(engine: SyncEngine, run: Run): Promise<RunEnd> {
  await syncTransaction(engine, run.customerId, async (trx) => {
    if (run.isPreview) await cancelRun(trx, run, instant(engine));
    else await cancelOpenRuns(trx, run.customerId, run.entityId, instant(engine));
  });
  return { kind: "over" };
}

function policyOf(engine: SyncEngine, connection: SyncConnection, accepted: AcceptedMatch[]): PlanPolicy {
  return {
    today: brusselsDate(engine.now()),
    defaultLanguage: connection.customerLanguage,
    emailDomain: connection.emailDomain,
    acceptedMatches: new Set(accepted.map(({ workerId, employeeId }) => matchKey(workerId, employeeId))),
    thresholds: { ...defaultThresholds, ...connection.thresholds },
    digest: (text) => hash("sha256", text),
  };
}

async function enterPhase(
  engine: SyncEngine,
  run: Run,
  phase: "plan" | "guard" | "apply" | "report",
): Promise<Run> {
  return await syncTransaction(engine, run.customerId, (trx) =>
    // Everybody is done when all that is left is to report.
    checkpoint(trx, run, {
      phase,
      done: phase === "report" ? (run.declaredTotal ?? run.done) : 0,
      phaseStartedAt: instant(engine),
    }),
  );
}

type Guarded = { kind: "passed"; run: Run } | { kind: "ended"; end: RunEnd };

interface GuardedBy {
  connection: SyncConnection;
  policy: PlanPolicy;
  purpose: RunPurpose;
}

async function guardListing(
  engine: SyncEngine,
  planned: Run,
  { connection, policy, purpose }: GuardedBy,
): Promise<Guarded> {
  const run = await enterPhase(engine, planned, "guard");
  const { weighed, accepted, counts } = await syncTransaction(engine, run.customerId, async (trx) => {
    const tally = await tallyListing(trx, run);
    return {
      weighed: await weighListing(trx, run, { tally, thresholds: policy.thresholds }),
      accepted: await acceptedFingerprint(trx, run),
      counts: await countsBeforeApply(trx, run, { tally, scope: purpose.scope, at: instant(engine) }),
    };
  });
  const { verdict, fingerprint, absent } = weighed;
  const rehearsed: Rehearsed = {
    run,
    purpose,
    weighed,
    rehearse: (visit) => rehearse(engine, run, policy, counts, visit),
  };
  if (run.isPreview) return { kind: "ended", end: await endPreview(engine, rehearsed) };
  // What was confirmed was seen with everything that the guard says of it: it passes as it was seen, or not at all.
  if (purpose.preview !== null && !(await isAsConfirmed(engine, rehearsed)))
    return { kind: "ended", end: await endOutdated(engine, rehearsed, connection) };
  if (purpose.preview === null && verdict.kind === "hold" && accepted !== fingerprint) {
    const planned = countsWhenHeld(await rehearse(engine, run, policy, counts));
    return {
      kind: "ended",
      end: await endHeld(engine, run, { holds: verdict.holds, fingerprint, counts: { ...planned, absent } }),
    };
  }
  const applying = await syncTransaction(engine, run.customerId, async (trx) => {
    const at = instant(engine);
    if (purpose.preview !== null) await putInForce(trx, run, purpose.preview, { connection, at });
    return await checkpoint(trx, run, {
      phase: "apply",
      done: counts.fetched,
      counts: { ...counts, absent },
      phaseStartedAt: at,
    });
  });
  return { kind: "passed", run: applying };
}

/** What an admin accepted, maybe while this run was reading. */
async function acceptedFingerprint(trx: TenantTransaction, run: Run): Promise<string | null> {
  const acceptedHoldId = (await findRun(trx, run.customerId, run.runId))?.acceptedHoldId ?? null;
  if (acceptedHoldId === null) return null;
  const hold = await findHold(trx, run.customerId, acceptedHoldId);
  return hold?.status === "accepted" ? hold.fingerprint : null;
}

/** Those who need no plan: settled people are unchanged, unreadable ones have failed, the others were not chosen. */
async function countsBeforeApply(
  trx: TenantTransaction,
  run: Run,
  { tally, scope, at }: { tally: ListingTally; scope: RunPurpose["scope"]; at: string },
): Promise<RunCounts> {
  const { waiting, excluded } = await unchosenFigures(trx, run, scope, at);
  const failed = tally.unreadableWorkerIds.length + tally.unreadableNameless;
  const fetched = tally.settled + tally.unchosen + failed;
  return { ...run.counts, fetched, unchanged: tally.settled, failed, waiting, excluded };
}

/** Plans everybody without writing anything: what a held run would have done, in numbers. */
async function rehearse(
  engine: SyncEngine,
  run: Run,
  policy: PlanPolicy,
  from: RunCounts,
  visit: (batch: PlannedPerson[]) => Promise<void> = async () => {},
): Promise<RunCounts> {
  const listing = await syncTransaction(engine, run.customerId, (trx) =>
    gatherListing(trx, run, policy.thresholds),
  );
  let counts = from;
  for (let after = ""; ; ) {
    const people = await syncTransaction(engine, run.customerId, (trx) =>
      gatherBatch(trx, run, listing, after, engine.batchSize),
    );
    const last = people.at(-1);
    if (!last) return counts;
    const batch = people.map((person) => ({
      person,
      plan: planPerson(person.source, person.facts, policy),
      isExchanged: false,
    }));
    for (const { plan } of batch) counts = countPerson(counts, plan.bucket);
    await visit(batch);
    after = last.source.workerId;
  }
}
