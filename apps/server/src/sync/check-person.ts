import { renewStagedElsewhere } from "./checked-person.sql.ts";
import { findChoice } from "../choices/choices.sql.ts";
import { closeUnseenIssues } from "../decisions/issues.sql.ts";
import { supersedeUnseenPersonHolds } from "../decisions/person-holds.sql.ts";
import { checkpoint, type Run } from "../runs/runs.sql.ts";
import { stagePage, tallyListing } from "../runs/staging.sql.ts";
import type { SyncConnection } from "../connection/sync-connection.sql.ts";
import { emptyCounts, type RunCounts } from "../domain/plan/counts.ts";
import { eventCodes } from "../domain/catalogue/issue-catalogue.ts";
import type { PlanPolicy } from "../domain/plan/plan-types.ts";
import type { DecodedWorker } from "../liantis/decode.ts";
import { applyListing } from "./apply.ts";
import { instant, type SyncEngine, syncTransaction } from "./engine.ts";
import { ended, finishLookedAt, raiseUnreadable, type RunEnd } from "./report.ts";
import { stagedWorker } from "./staged-record.ts";

/** The one worker that a run is about, and how they are planned. */
export interface PersonCheck {
  workerId: string;
  connection: SyncConnection & { enterpriseNumber: string };
  policy: PlanPolicy;
}

/**
 * Carries a run about one worker to its end: fetched as a listing of one, planned and written like anybody in a listing,
 * beside any other run of the connection. Nobody else is touched: nobody is missing because of it, other people's issues and
 * the connection's last success stay as they are.
 * @throws LiantisFault
 */
export async function checkPerson(
  engine: SyncEngine,
  taken: Run,
  check: PersonCheck,
  signal: AbortSignal,
): Promise<RunEnd> {
  let run = taken;
  if (run.phase === "fetch") run = await fetchPerson(engine, run, check, signal);
  if (run.phase === "apply") run = await applyListing(engine, run, check.policy, signal);
  return await endChecked(engine, run, check);
}

async function fetchPerson(
  engine: SyncEngine,
  run: Run,
  { workerId, connection, policy }: PersonCheck,
  signal: AbortSignal,
): Promise<Run> {
  const outside = await outsideOfScope(engine, run, workerId, connection.mode);
  if (outside !== null) return await passOver(engine, run, { ...emptyCounts(), fetched: 1, [outside]: 1 });
  const answer = await engine.liantis.fetchWorker(connection.enterpriseNumber, workerId, {
    signal,
    caller: { customerId: run.customerId, urgent: true },
  });
  // Whether somebody has left is for a whole listing to say.
  if (answer.kind === "unknown") return await passOver(engine, run, { ...emptyCounts(), absent: 1 });
  return await stagePerson(engine, run, answer, policy.today);
}

/** In selective mode nobody is fetched who was not chosen. */
async function outsideOfScope(
  engine: SyncEngine,
  { customerId, entityId }: Run,
  workerId: string,
  mode: SyncConnection["mode"],
): Promise<"waiting" | "excluded" | null> {
  if (mode !== "selective") return null;
  const choice = await syncTransaction(engine, customerId, (trx) =>
    findChoice(trx, { customerId, entityId, workerId }),
  );
  if (choice === "selected") return null;
  return choice === null || choice === "waiting" ? "waiting" : "excluded";
}

/** There is nothing to plan: on to the report. */
async function passOver(engine: SyncEngine, run: Run, counts: RunCounts): Promise<Run> {
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

async function stagePerson(engine: SyncEngine, run: Run, answer: DecodedWorker, today: string): Promise<Run> {
  const staged = answer.kind === "worker" ? stagedWorker(answer.record, today) : null;
  return await syncTransaction(engine, run.customerId, async (trx) => {
    await stagePage(trx, run, {
      page: 1,
      workers: staged === null ? [] : [staged],
      unreadableWorkerIds: staged === null && run.workerId !== null ? [run.workerId] : [],
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

/** The end of it: this person's issues are opened, seen again and closed, and nobody else's. */
async function endChecked(engine: SyncEngine, run: Run, { workerId }: PersonCheck): Promise<RunEnd> {
  const at = instant(engine);
  const verdict = await syncTransaction(engine, run.customerId, async (trx) => {
    await raiseUnreadable(trx, run, at);
    const wasLookedAt = run.counts.fetched > run.counts.waiting + run.counts.excluded;
    if (wasLookedAt) {
      await closeUnseenIssues(trx, { ...run, at }, { workerId, except: eventCodes });
      await supersedeUnseenPersonHolds(trx, run, workerId);
    }
    return await finishLookedAt(trx, run, at);
  });
  return ended(engine, run, verdict, null);
}
