import { findWorkersInScope } from "../choices/choices.sql.ts";
import type { StoredRun } from "../runs/runs.sql.ts";
import { dropStaged, stagePage, type StagedWorker, tallyListing } from "../runs/staging.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import { retryCall } from "../domain/time/retry.ts";
import { isWaitedFor } from "../domain/time/schedule.ts";
import { isLiantisFault, isTransient } from "../liantis/faults.ts";
import type { WorkerPage } from "../liantis/liantis.ts";
import { rereadRun, instant, stepTransaction, type SyncEngine, syncTransaction } from "./engine.ts";
import type { RunBasis } from "./run-basis.ts";
import { stagedWorker } from "./staged-record.ts";

export type FetchOutcome = { kind: "complete"; run: StoredRun } | { kind: "incomplete"; run: StoredRun };

/** A listing that contradicts itself is read once more; a cursor that expires starts the listing again, this often at most. */
const listingsMax = 2;
const expiredCursorsMax = 3;

/**
 * Reads the whole listing into the staging tables; of people who are not in scope only the id. A page's people, its cursor and
 * its counters are committed together, so that the run can continue at its page. Complete means that the end was marked and as
 * many different people were listed as the listing declared.
 * @throws LiantisFault when the provider's trouble outlasts the retries
 */
export async function fetchListing(
  engine: SyncEngine,
  taken: StoredRun,
  basis: RunBasis,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  let run = taken;
  for (let expired = 0; ; ) {
    try {
      run = await readPages(engine, run, basis, signal);
    } catch (error) {
      if (!isLiantisFault(error, "CURSOR_EXPIRED") || expired === expiredCursorsMax) throw error;
      expired += 1;
      run = await restartListing(engine, await rereadRun(engine, run), run.listing);
      continue;
    }
    if (await isComplete(engine, run)) return { kind: "complete", run };
    if (run.listing >= listingsMax) return { kind: "incomplete", run };
    run = await restartListing(engine, run, run.listing + 1);
  }
}

async function readPages(
  engine: SyncEngine,
  started: StoredRun,
  basis: RunBasis,
  signal: AbortSignal,
): Promise<StoredRun> {
  let run = started;
  const { enterpriseNumber } = basis.connection;
  let expected = run.listingEnded ? null : requestPage(engine, run, enterpriseNumber, run.cursor, signal);
  while (expected) {
    const page = await expected;
    const ends = page.nextCursor === null || isLooping(run, page, engine.pageSize);
    // The next page is requested while this one is written.
    expected = ends ? null : requestPage(engine, run, enterpriseNumber, page.nextCursor, signal);
    expected?.catch(() => {});
    run = await stage(engine, run, page, basis);
  }
  return run;
}

/** Whether the listing would never end: its cursor repeats itself, or it has far more pages than it declared. */
function isLooping(run: StoredRun, page: WorkerPage, pageSize: number): boolean {
  const pagesMax = 3 * Math.ceil(Math.max(page.total, run.declaredTotal ?? 0) / pageSize) + 10;
  return page.nextCursor === run.cursor || run.pages >= pagesMax;
}

async function requestPage(
  engine: SyncEngine,
  run: StoredRun,
  enterpriseNumber: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<WorkerPage> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await engine.liantis.fetchWorkerPage(enterpriseNumber, {
        cursor,
        limit: engine.pageSize,
        signal,
        caller: { customerId: run.customerId, urgent: isWaitedFor(run.trigger) },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error)) throw error;
      const next = retryCall(
        { retries, random: engine.random(), retryAfterMs: error.retryAfterMs },
        engine.retryPolicy,
      );
      if (next.kind === "give_up") throw error;
      engine.logger.info({ runId: run.runId, code: error.code, waitMs: next.waitMs }, "waiting for Liantis");
      await engine.pause(next.waitMs, signal);
    }
  }
}

async function stage(
  engine: SyncEngine,
  run: StoredRun,
  page: WorkerPage,
  { policy, scope }: RunBasis,
): Promise<StoredRun> {
  const total = run.declaredTotal ?? page.total;
  return await stepTransaction(engine, run.customerId, async (trx) => {
    // The checkpoint comes first: another process that took the run may have staged this very page.
    const next = await checkpoint(trx, run, {
      pages: run.pages + 1,
      cursor: page.nextCursor,
      // A total that changes from page to page is stored as impossible: the listing cannot be complete.
      declaredTotal: total === page.total ? total : -1,
      listingEnded: page.nextCursor === null,
      done: run.done + page.itemCount,
    });
    // Hashing takes a while. By now the next page is requested, and arrives meanwhile.
    const { workers, unreadable } = peopleOfPage(page, policy.today);
    const unreadableIds = unreadable.filter((id) => id !== null);
    const listed = [...new Set([...workers.keys(), ...unreadableIds])];
    const chosen = await findWorkersInScope(trx, run, scope, listed);
    await stagePage(trx, run, {
      page: run.pages + 1,
      workers: [...workers.values()].filter(({ record }) => chosen.has(record.workerId)),
      unreadableWorkerIds: unreadableIds.filter((id) => chosen.has(id)),
      unreadableNameless: unreadable.length - unreadableIds.length,
      unchosenWorkerIds: listed.filter((id) => !chosen.has(id)),
    });
    return next;
  });
}

interface PageOfPeople {
  workers: Map<string, StagedWorker>;
  /** Their ids, null for those without one. */
  unreadable: (string | null)[];
}

/** Each worker of a page once. Of one that is listed twice with different content the last counts, and it is marked. */
function peopleOfPage(page: WorkerPage, today: string): PageOfPeople {
  const workers = new Map<string, StagedWorker>();
  const unreadable: (string | null)[] = [];
  for (const worker of page.workers) {
    if (worker.kind === "unreadable") {
      unreadable.push(worker.workerId);
      continue;
    }
    const staged = stagedWorker(worker.record, today);
    const { workerId } = worker.record;
    const earlier = workers.get(workerId);
    const metTwice =
      earlier !== undefined && (earlier.metTwice || !earlier.contentHash.equals(staged.contentHash));
    workers.set(workerId, { ...staged, metTwice });
  }
  return { workers, unreadable };
}

async function isComplete(engine: SyncEngine, run: StoredRun): Promise<boolean> {
  if (!run.listingEnded) return false;
  const tally = await syncTransaction(engine, run.customerId, (trx) => tallyListing(trx, run));
  return tally.distinct === run.declaredTotal;
}

async function restartListing(engine: SyncEngine, run: StoredRun, listing: number): Promise<StoredRun> {
  return await syncTransaction(engine, run.customerId, async (trx) => {
    await dropStaged(trx, run);
    return await checkpoint(trx, run, {
      listing,
      cursor: null,
      pages: 0,
      done: 0,
      declaredTotal: null,
      listingEnded: false,
      phaseStartedAt: instant(engine),
    });
  });
}
