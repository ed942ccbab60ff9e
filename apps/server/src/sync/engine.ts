import type { Logger } from "pino";
import type { Database } from "../postgres/database.ts";
import { type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { RetryPolicy } from "../domain/time/retry.ts";
import type { Liantis } from "../liantis/liantis.ts";

/** What a run needs of the world; time and chance come from here, so that a simulation can own them. */
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
  /** Keys the hashes that previews keep of plans: without it they say nothing about anybody. */
  planKey: Buffer;
}

export interface RunKey {
  customerId: string;
  runId: string;
}

/** A transaction of a run: as the role that cannot delete or deactivate anybody, over the whole customer. */
export function syncTransaction<T>(
  engine: SyncEngine,
  customerId: string,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return tenantTransaction(engine.db, { customerId, entityIds: "all" }, "sync", work);
}

/**
 * A step of a run: commits its rows and its place together, without waiting for the disk. The last step of a run waits, and so
 * brings all of them there. Should the machine stop in between, the run goes on at an earlier place, with the rows of it.
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

export function instant(engine: SyncEngine): string {
  return new Date(engine.now()).toISOString();
}
