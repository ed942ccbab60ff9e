import type { PgBoss } from "pg-boss";
import type pg from "pg";
import { pino } from "pino";
import { type DatabaseHandle, openDatabase } from "../../src/postgres/database.ts";
import { defaultRetryPolicy } from "../../src/domain/time/retry.ts";
import { startBoss } from "../../src/queue/boss.ts";
import { startRunWatch } from "../../src/queue/run-watch.ts";
import { pauseFor } from "../../src/queue/workers.ts";
import { createLiantis } from "../../src/liantis/liantis.ts";
import type { RunEnd } from "../../src/sync/report.ts";
import { statementText } from "../support/statement-text.ts";
import { workOnRuns } from "../support/work-on-runs.ts";

export interface WorkerSettings {
  databaseUrl: string;
  liantis: {
    apiUrl: string;
    issuerUrl: string;
    myLiantisUrl: string;
    clientId: string;
    clientSecret: string;
  };
  /** The engine's instant, RFC 3339: the same for every worker, so that their days agree. */
  at: string;
}

/** Called around every commit that moves a run on, counted from 1. */
export interface CommitWatch {
  before?: (commit: number) => Promise<void> | void;
  after?: (commit: number) => Promise<void> | void;
}

export interface SyncWorker {
  handle: DatabaseHandle;
  boss: PgBoss;
  /** Takes jobs from now on. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/** A real worker: the queue, its heartbeats and the engine, as in production but for small pages and batches. */
export async function startSyncWorker(
  settings: WorkerSettings,
  onEnd: (end: RunEnd) => void,
  commits: CommitWatch = {},
): Promise<SyncWorker> {
  // A run that ends by an accident says so: nothing else would tell whoever waits for its end.
  const logger = pino({ level: "error" }, pino.destination(2));
  const handle = openDatabase(settings.databaseUrl, { max: 4 });
  watchCommits(handle.pool, commits);
  const boss = await startBoss(settings.databaseUrl, { logger, supervise: true });
  const liantis = createLiantis({ ...settings.liantis, retryPauseMs: 1 });
  const watch = startRunWatch(settings.databaseUrl, logger);
  const work = () =>
    workOnRuns({
      boss,
      engine: {
        db: handle.db,
        liantis,
        now: () => Date.parse(settings.at),
        random: () => 0,
        pause: pauseFor,
        logger,
        retryPolicy: defaultRetryPolicy,
        pageSize: 10,
        batchSize: 7,
        planKey: Buffer.alloc(32, 1),
      },
      watch,
      afterRun: async (_job, end) => onEnd(end),
    });
  return {
    handle,
    boss,
    work,
    close: async () => {
      await boss.stop({ graceful: true, timeout: 5_000 });
      await watch.close();
      await liantis.close();
      await handle.close();
    },
  };
}

/** The steps of a run come one after another, whatever is read ahead beside them: each of them moves the run's row. */
function watchCommits(pool: pg.Pool, { before, after }: CommitWatch): void {
  let commit = 0;
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    let movesRun = false;
    const watched = async (...args: unknown[]) => {
      const text = statementText(args[0]);
      if (text.startsWith("begin")) movesRun = false;
      if (text.startsWith('update "runs"')) movesRun = true;
      if (text !== "commit" || !movesRun) return await query(...args);
      commit += 1;
      const place = commit;
      await before?.(place);
      const result = await query(...args);
      await after?.(place);
      return result;
    };
    client.query = watched as typeof client.query;
  });
}
