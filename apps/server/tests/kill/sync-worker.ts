import type pg from "pg";
import type { PgBoss } from "pg-boss";
import { pino } from "pino";
import { type DatabaseHandle, openDatabase } from "../../src/postgres/database.ts";
import { composeServer } from "../../src/server.ts";
import type { RunEnd } from "../../src/sync/report.ts";
import { statementText } from "../support/statement-text.ts";
import { testConfig } from "../support/test-server.ts";

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
  now: string;
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
  // An accident of a run is logged: the test that waits for its end would hang without a reason.
  const logger = pino({ level: "error" }, pino.destination(2));
  const handle = openDatabase(settings.databaseUrl, { max: 4 });
  watchCommits(handle.pool, commits);
  const { apiUrl, issuerUrl, myLiantisUrl, clientId, clientSecret } = settings.liantis;
  const config = testConfig(null, {
    LIANTIS_API_URL: apiUrl,
    LIANTIS_ISSUER_URL: issuerUrl,
    LIANTIS_CLIENT_ID: clientId,
    LIANTIS_CLIENT_SECRET: clientSecret,
    MYLIANTIS_URL: myLiantisUrl,
  });
  const nothing = async () => {};
  const server = await composeServer(config, {
    database: { db: handle.db, url: settings.databaseUrl },
    logger,
    now: () => Date.parse(settings.now),
    provider: { callLimit: "own", retryPauseMs: 1 },
    engine: { random: () => 0, pageSize: 10, batchSize: 7 },
    jobs: {
      lanes: [{ workers: 1, takes: ["urgent", "nightly", "long"] }],
      deliverMail: nothing,
      nightlyTick: nothing,
      housekeeping: nothing,
      afterRun: async (_job, end) => onEnd(end),
    },
  });
  return {
    handle,
    boss: server.queue,
    work: () => server.startWorkers(),
    close: async () => {
      await server.close();
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
