import type pg from "pg";
import { readConfig } from "../../apps/server/src/config.ts";
import { composeServer, type Server } from "../../apps/server/src/server.ts";
import type { TestDatabase } from "../../apps/server/tests/support/database.ts";
import { type Clock, clockAt } from "../model/clock.ts";
import { type ModelLiantis, modelLiantis, providerAddress } from "../model/liantis.ts";
import { type ModelQueue, modelQueue } from "../model/queue.ts";
import { type CommitWatch, watchCommits } from "./commit-watch.ts";

/** The real product over a real database. Time, the queue and Liantis are simulated. */
export interface SimulatedProduct {
  owner: pg.Pool;
  app: NonNullable<Server["app"]>;
  createApiKey: Server["createApiKey"];
  queue: ModelQueue;
  commits: CommitWatch;
  /** Made new for every seed. */
  model: { clock: Clock; liantis: ModelLiantis };
  /** Small, so that runs meet the edges of pages and batches. */
  sizes: Pick<Server["engine"], "pageSize" | "batchSize">;
  close(): Promise<void>;
}

/** Opened once per process: each seed empties the tables. */
export async function openSimulatedProduct(database: TestDatabase): Promise<SimulatedProduct> {
  const clock = clockAt("2026-03-02T08:00:00Z");
  const model = { clock, liantis: modelLiantis(clock) };
  const queue = modelQueue();
  // Runs have connections of their own: only their commits are watched and delayed.
  const runs = database.openAgain({ connectionsMax: 6 });
  const commits = watchCommits(runs.pool);
  const nothing = async () => {};
  const server: Server = await composeServer(config, {
    database,
    queue: queue.boss,
    // Everything happens in sequence: nothing waits for a notification.
    notifications: "none",
    now: () => model.clock.now(),
    provider: {
      callLimit: "own",
      retryPauseMs: 0,
      exchange: (ask) => model.liantis.exchange(ask),
    },
    engine: {
      db: runs.db,
      random: () => 0.5,
      pause: async (ms, signal) => {
        signal.throwIfAborted();
        model.clock.move(ms);
      },
      retriesMax: 1,
      pageSize: 3,
      batchSize: 3,
    },
    activation: { runsLeft: nothing },
    app: { webDirectory: null },
    jobs: {
      deliverMail: nothing,
      nightlyTick: () => server.queueDueRuns(),
      housekeeping: nothing,
      lanes: [{ workers: 1, takes: ["urgent", "nightly", "long"] }],
    },
  });
  await server.startWorkers();
  const { app, engine } = server;
  if (app === null) throw new Error("a web process has an app");
  const close = async () => {
    await server.close();
    await runs.close();
  };
  return {
    owner: database.owner,
    app,
    createApiKey: (key) => server.createApiKey(key),
    queue,
    commits,
    model,
    sizes: engine,
    close,
  };
}

const config = readConfig({
  LIANTIS_API_URL: providerAddress,
  LIANTIS_ISSUER_URL: providerAddress,
  LIANTIS_CLIENT_ID: "payflip",
  LIANTIS_CLIENT_SECRET: "secret",
  MYLIANTIS_URL: "https://my.liantis.example",
  SECRET_KEYS: `simulation:${Buffer.alloc(32, 1).toString("base64")}`,
  LOG_LEVEL: "silent",
  ROLE: "web",
});

/** Deletes every row of every customer, without triggers and foreign keys. */
export async function emptyTables(owner: pg.Pool): Promise<void> {
  emptying ??= await emptyingStatements(owner);
  await owner.query(emptying);
}

let emptying: string | null = null;

async function emptyingStatements(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  const deletes = rows.map(({ name }) => `delete from ${name};`).join(" ");
  return `begin; set local session_replication_role = replica; ${deletes} commit`;
}
