import { chosenAmong, type ListingScope } from "../choices/choices.sql.ts";
import { checkpoint, findRun, type Run } from "../runs/runs.sql.ts";
import { dropStaged, stagePage, type StagedWorker, tallyListing } from "../runs/staging.sql.ts";
import { retryCall } from "../domain/time/retry.ts";
import { isWaitedFor } from "../domain/time/schedule.ts";
import { isLiantisFault, isTransient } from "../liantis/faults.ts";
import type { WorkerPage } from "../liantis/liantis.ts";
import { instant, stepTransaction, type SyncEngine, syncTransaction } from "./engine.ts";
import { stagedWorker } from "./staged-record.ts";

export type FetchOutcome = { kind: "complete"; run: Run } | { kind: "incomplete"; run: Run };

/** A listing that contradicts itself is read once more; cursors that expire under us start it again a few times. */
const listingsMax = 2;
const expiredCursorsMax = 3;

/** What a listing is read for. */
export interface ListingOf {
  enterpriseNumber: string;
  /** The calendar date that the run plans with. */
  today: string;
  /** Of everybody else nothing is taken over but the id. */
  scope: ListingScope;
}

/**
 * Reads the whole listing into the staging tables. A page's people, its cursor and its counters are committed together, so a
 * run whose worker died goes on at its page. Complete means: the end was marked and as many different people were met as the
 * listing declared; a listing that is not complete twice is worth nothing.
 * @throws LiantisFault when the provider's trouble outlasts the retries
 */
export async function fetchListing(
  engine: SyncEngine,
  taken: Run,
  of: ListingOf,
  signal: AbortSignal,
): Promise<FetchOutcome> {
  let run = taken;
  for (let expired = 0; ; ) {
    try {
      run = await readPages(engine, run, of, signal);
    } catch (error) {
      if (!isLiantisFault(error, "CURSOR_EXPIRED") || expired === expiredCursorsMax) throw error;
      expired += 1;
      run = await restartListing(engine, await currentOf(engine, run), run.listing);
      continue;
    }
    if (await isComplete(engine, run)) return { kind: "complete", run };
    if (run.listing >= listingsMax) return { kind: "incomplete", run };
    run = await restartListing(engine, run, run.listing + 1);
  }
}

/** The checkpoints of a pass that was broken off are in the database. The attempt stays ours: if the run is another worker's by now, the next write must say so. */
async function currentOf(engine: SyncEngine, run: Run): Promise<Run> {
  const current = await syncTransaction(engine, run.customerId, (trx) =>
    findRun(trx, run.customerId, run.runId),
  );
  return { ...(current ?? run), attempt: run.attempt };
}

async function readPages(engine: SyncEngine, from: Run, of: ListingOf, signal: AbortSignal): Promise<Run> {
  let run = from;
  const { enterpriseNumber } = of;
  let expected = run.listingEnded ? null : requestPage(engine, run, enterpriseNumber, run.cursor, signal);
  while (expected) {
    const page = await expected;
    const ends = page.nextCursor === null || isLooping(run, page, engine.pageSize);
    // The next page is on its way while this one is written.
    expected = ends ? null : requestPage(engine, run, enterpriseNumber, page.nextCursor, signal);
    expected?.catch(() => {});
    run = await stage(engine, run, page, of);
  }
  return run;
}

/** A cursor that leads back to itself, or a listing that goes on far beyond what it declared, never ends by itself. */
function isLooping(run: Run, page: WorkerPage, pageSize: number): boolean {
  const pagesMax = 3 * Math.ceil(Math.max(page.total, run.declaredTotal ?? 0) / pageSize) + 10;
  return page.nextCursor === run.cursor || run.pages >= pagesMax;
}

async function requestPage(
  engine: SyncEngine,
  run: Run,
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
  run: Run,
  page: WorkerPage,
  { today, scope }: ListingOf,
): Promise<Run> {
  const total = run.declaredTotal ?? page.total;
  return await stepTransaction(engine, run.customerId, async (trx) => {
    // First whether the run is still ours: whoever took it up may have staged this very page.
    const next = await checkpoint(trx, run, {
      pages: run.pages + 1,
      cursor: page.nextCursor,
      // A total that changes under way is remembered as impossible: the listing cannot be complete.
      declaredTotal: total === page.total ? total : -1,
      listingEnded: page.nextCursor === null,
      done: run.done + page.itemCount,
    });
    // Hashed no earlier than here: the next page has been asked for by now, and arrives meanwhile.
    const { workers, unreadable } = peopleOfPage(page, today);
    const unreadableIds = unreadable.filter((id) => id !== null);
    const listed = [...new Set([...workers.keys(), ...unreadableIds])];
    const chosen = await chosenAmong(trx, run, scope, listed);
    await stagePage(trx, run, {
      page: run.pages + 1,
      workers: [...workers.values()].filter(({ workerId }) => chosen.has(workerId)),
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

/** Each worker of a page once: met with different content, the last counts, and that it was met twice is remembered. */
function peopleOfPage(page: WorkerPage, today: string): PageOfPeople {
  const workers = new Map<string, StagedWorker>();
  const unreadable: (string | null)[] = [];
  for (const worker of page.workers) {
    if (worker.kind === "unreadable") {
      unreadable.push(worker.workerId);
      continue;
    }
    const staged = stagedWorker(worker.record, today);
    const earlier = workers.get(staged.workerId);
    const metTwice =
      earlier !== undefined && (earlier.metTwice || !earlier.contentHash.equals(staged.contentHash));
    workers.set(staged.workerId, { ...staged, metTwice });
  }
  return { workers, unreadable };
}

async function isComplete(engine: SyncEngine, run: Run): Promise<boolean> {
  if (!run.listingEnded) return false;
  const tally = await syncTransaction(engine, run.customerId, (trx) => tallyListing(trx, run));
  return tally.distinct === run.declaredTotal;
}

async function restartListing(engine: SyncEngine, run: Run, listing: number): Promise<Run> {
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
