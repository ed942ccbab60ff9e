import type { Logger } from "pino";
import type { Database } from "../postgres/database.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { findRun, type StoredRun } from "../runs/runs.sql.ts";
import { checkpoint } from "../runs/take-run.sql.ts";
import type { RetryPolicy } from "../domain/time/retry.ts";
import type { Liantis } from "../liantis/liantis.ts";

/** What a run needs of its surroundings. Time and chance come from here, so that the simulation can decide them. */
export interface SyncEngine {
  db: Database;
  liantis: Pick<Liantis, "fetchWorkerPage" | "fetchWorker">;
  /** Epoch milliseconds. */
  now: () => number;
  /** Between 0 and 1. */
  random: () => number;
  /** Waits, or throws the signal's reason. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
  logger: Logger;
  retryPolicy: RetryPolicy;
  /** Workers asked for per page: 1 to 500. */
  pageSize: number;
  /** People planned and written per transaction. */
  batchSize: number;
  /** Key of the hashes that previews keep of plans: without it they tell nothing about a person. */
  planKey: Buffer;
}

/**
 * A transaction of a run, in the role that can neither delete nor deactivate a person; it sees every entity of the customer.
 */
export function syncTransaction<T>(
  engine: SyncEngine,
  customerId: string,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return tenantTransaction(engine.db, { customerId, entityIds: "all" }, "sync", work);
}

/**
 * A step of a run whose commit does not wait for the disk; the last step of the run waits, for all of them. If the machine
 * stops in between, the run continues at an earlier place, with the rows of that place.
 */
export function stepTransaction<T>(
  engine: SyncEngine,
  customerId: string,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return tenantTransaction(engine.db, { customerId, entityIds: "all" }, "sync", work, {
    waitsForDisk: false,
  });
}

/** Now, in RFC 3339. */
export function instant(engine: SyncEngine): string {
  return new Date(engine.now()).toISOString();
}

/**
 * The run with its last checkpoints, after a pass that was broken off. The attempt stays ours: if another process took the run,
 * the next write must throw.
 */
export async function rereadRun(engine: SyncEngine, run: StoredRun): Promise<StoredRun> {
  const stored = await syncTransaction(engine, run.customerId, (trx) =>
    findRun(trx, run.customerId, run.runId),
  );
  return { ...(stored ?? run), attempt: run.attempt };
}

export async function enterPhase(
  engine: SyncEngine,
  run: StoredRun,
  phase: "plan" | "guard" | "report",
): Promise<StoredRun> {
  return await syncTransaction(engine, run.customerId, (trx) =>
    checkpoint(trx, run, {
      phase,
      // When all that is left is to report, everybody is done.
      done: phase === "report" ? (run.declaredTotal ?? run.done) : 0,
      phaseStartedAt: instant(engine),
    }),
  );
}
