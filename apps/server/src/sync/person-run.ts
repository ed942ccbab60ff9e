import { findChoice } from "../choices/choices.sql.ts";
import { closeUnseenIssues } from "../decisions/issues.sql.ts";
import { supersedeUnseenPersonHolds } from "../decisions/person-holds.sql.ts";
import type { PersonRun, StoredRun } from "../runs/runs.sql.ts";
import { renewStagedElsewhere, stagePage, tallyListing } from "../runs/staging.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import type { SyncConnection } from "../connection/sync-connection.sql.ts";
import { emptyCounts, type RunCounts } from "../domain/plan/counts.ts";
import { eventCodes } from "../domain/catalogue/issue-catalogue.ts";
import type { DecodedWorker } from "../liantis/decode.ts";
import { applyListing } from "./apply.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { logEnd, finishApplied, raiseUnreadable, type RunEnd } from "./report.ts";
import type { RunBasis } from "./run-basis.ts";
import { stagedWorker } from "./staged-record.ts";

/**
 * Carries out a run of kind `person`, beside any other run of the connection: the worker is fetched as a listing of one, and
 * then planned and written like any person of a listing. Other people's issues, absences and the connection's last success stay
 * as they are.
 * @throws LiantisFault
 */
export async function runPerson(
  engine: SyncEngine,
  taken: PersonRun,
  basis: RunBasis,
  signal: AbortSignal,
): Promise<RunEnd> {
  let run: StoredRun = taken;
  if (run.phase === "fetch") run = await fetchPerson(engine, taken, basis, signal);
  if (run.phase === "apply") run = await applyListing(engine, run, basis.policy, signal);
  return await endPerson(engine, run, taken.workerId);
}

async function fetchPerson(
  engine: SyncEngine,
  run: PersonRun,
  { connection, policy }: RunBasis,
  signal: AbortSignal,
): Promise<StoredRun> {
  const { workerId } = run;
  const outside = await bucketOutOfScope(engine, run, connection.mode);
  if (outside !== null) return await skipPlan(engine, run, { ...emptyCounts(), fetched: 1, [outside]: 1 });
  const answer = await engine.liantis.fetchWorker(connection.enterpriseNumber, workerId, {
    signal,
    caller: { customerId: run.customerId, urgent: true },
  });
  // Whether a person has left is decided by a whole listing alone.
  if (answer.kind === "unknown") return await skipPlan(engine, run, { ...emptyCounts(), absent: 1 });
  return await stagePerson(engine, run, answer, policy.today);
}

/** In selective mode only chosen people are fetched. */
async function bucketOutOfScope(
  engine: SyncEngine,
  { customerId, entityId, workerId }: PersonRun,
  mode: SyncConnection["mode"],
): Promise<"waiting" | "excluded" | null> {
  if (mode !== "selective") return null;
  const choice = await syncTransaction(engine, customerId, (trx) =>
    findChoice(trx, { customerId, entityId, workerId }),
  );
  if (choice === "selected") return null;
  return choice === null || choice === "waiting" ? "waiting" : "excluded";
}

async function skipPlan(engine: SyncEngine, run: StoredRun, counts: RunCounts): Promise<StoredRun> {
  return await syncTransaction(engine, run.customerId, (trx) =>
    checkpoint(trx, run, {
      phase: "report",
      counts,
      done: counts.fetched,
      declaredTotal: counts.fetched,
      listingEnded: true,
      phaseStartedAt: instant(engine),
    }),
  );
}

async function stagePerson(
  engine: SyncEngine,
  run: PersonRun,
  answer: DecodedWorker,
  today: string,
): Promise<StoredRun> {
  const staged = answer.kind === "worker" ? stagedWorker(answer.record, today) : null;
  return await syncTransaction(engine, run.customerId, async (trx) => {
    await stagePage(trx, run, {
      page: 1,
      workers: staged === null ? [] : [staged],
      unreadableWorkerIds: staged === null ? [run.workerId] : [],
      unreadableNameless: 0,
      unchosenWorkerIds: [],
    });
    if (staged !== null) await renewStagedElsewhere(trx, run, staged);
    const { settled, unreadableWorkerIds } = await tallyListing(trx, run);
    const failed = unreadableWorkerIds.length;
    return await checkpoint(trx, run, {
      phase: "apply",
      counts: { ...emptyCounts(), fetched: settled + failed, unchanged: settled, failed },
      done: settled + failed,
      pages: 1,
      declaredTotal: 1,
      listingEnded: true,
      phaseStartedAt: instant(engine),
    });
  });
}

/** The issues of this person alone are opened, seen again and closed. */
async function endPerson(engine: SyncEngine, run: StoredRun, workerId: string): Promise<RunEnd> {
  const now = instant(engine);
  const verdict = await syncTransaction(engine, run.customerId, async (trx) => {
    await raiseUnreadable(trx, run, now);
    const wasLookedAt = run.counts.fetched > run.counts.waiting + run.counts.excluded;
    if (wasLookedAt) {
      await closeUnseenIssues(trx, { ...run, now }, { workerId, except: eventCodes });
      await supersedeUnseenPersonHolds(trx, run, workerId);
    }
    return await finishApplied(trx, run, now);
  });
  return logEnd(engine, run, verdict, null);
}
