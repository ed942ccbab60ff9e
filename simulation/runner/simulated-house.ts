import { randomBytes } from "node:crypto";
import type pg from "pg";
import { pino } from "pino";
import type { ActivationDeps } from "../../apps/server/src/connection/activation-deps.ts";
import { openDatabase } from "../../apps/server/src/postgres/database.ts";
import { buildApp } from "../../apps/server/src/routes.ts";
import { enqueueMail } from "../../apps/server/src/queue/boss.ts";
import { nightlyTick } from "../../apps/server/src/queue/nightly.ts";
import { requestDecidedRun, requestPreviewRun, restartRun } from "../../apps/server/src/queue/decided-run.ts";
import { createSyncControl } from "../../apps/server/src/queue/sync-control.ts";
import { startWorkers } from "../../apps/server/src/queue/workers.ts";
import { createLiantis, type Liantis } from "../../apps/server/src/liantis/liantis.ts";
import { defaultRetryPolicy } from "../../apps/server/src/domain/time/retry.ts";
import { queueMailsAfterRun } from "../../apps/server/src/queue/mails-after-run.ts";
import type { SyncEngine } from "../../apps/server/src/sync/engine.ts";
import type { TestDatabase } from "../../apps/server/tests/support/database.ts";
import { type Clock, clockAt } from "../model/clock.ts";
import { type CommitWatch, watchCommits } from "./commit-watch.ts";
import { type ModelLiantis, modelLiantis, providerAddress } from "../model/liantis.ts";
import { type ModelQueue, modelQueue } from "../model/queue.ts";

/** The real product over a real database, with everything around it played: time, the queue, and Liantis. */
export interface SimulatedHouse {
  owner: pg.Pool;
  app: Awaited<ReturnType<typeof buildApp>>;
  db: TestDatabase["db"];
  queue: ModelQueue;
  commits: CommitWatch;
  /** What is played anew for every seed. */
  played: { clock: Clock; liantis: ModelLiantis };
  /** Sizes of pages and batches: small, so that their edges are met. */
  sizes: { pageSize: number; batchSize: number };
  close(): Promise<void>;
}

/** Opened once for a process: seeds come one after the other and leave nothing behind. */
export async function openSimulatedHouse(database: TestDatabase): Promise<SimulatedHouse> {
  const clock = clockAt("2026-03-02T08:00:00Z");
  const played = { clock, liantis: modelLiantis(clock) };
  const sizes = { pageSize: 3, batchSize: 3 };
  const logger = pino({ level: "silent" });
  const queue = modelQueue();
  // The runs have connections of their own, so that only their commits are watched and held up.
  const runs = openDatabase(database.url, { max: 6 });
  const commits = watchCommits(runs.pool);
  const liantis = createLiantis(
    {
      apiUrl: providerAddress,
      issuerUrl: providerAddress,
      myLiantisUrl: "https://my.liantis.example",
      clientId: "payflip",
      clientSecret: "secret",
      retryPauseMs: 0,
    },
    {
      transport: { exchange: (ask) => played.liantis.transport.exchange(ask), close: async () => {} },
    },
  );
  const engine = engineOf({ runs: runs.db, liantis, played, sizes, logger });
  const activation = activationOf({ database, liantis, queue, played, logger });
  const now = () => played.clock.date();
  // Nobody is told of anything: one thing happens after the other.
  const watch = { watch: () => () => {}, watchCancelled: () => () => {} };
  await startWorkers({
    boss: queue.boss,
    engine,
    watch,
    deliverMail: async () => {},
    nightlyTick: () => nightlyTick({ db: database.db, boss: queue.boss, now }),
    housekeeping: async () => {},
    afterRun: (job, end) => queueMailsAfterRun(activation, job, end),
    lanes: [{ workers: 1, takes: ["urgent", "nightly", "long"] }],
  });
  const app = await buildApp({
    db: database.db,
    logger,
    now,
    publicUrl,
    keyRing: activation.keyRing,
    myLiantisUrl: "https://my.liantis.example",
    liantisIssuerUrl: providerAddress,
    supportEmail: activation.supportEmail,
    oidc: null,
    webDirectory: null,
    readiness: async () => ({ database: true, queue: true, migrations: true }),
    sync: createSyncControl({ db: database.db, boss: queue.boss, watch, now }),
    activation,
  });
  const close = async () => {
    await app.close();
    await liantis.close();
    await runs.close();
  };
  return { owner: database.owner, app, db: database.db, queue, commits, played, sizes, close };
}

const publicUrl = "http://127.0.0.1:3999";

interface EngineParts {
  runs: SyncEngine["db"];
  liantis: Liantis;
  played: SimulatedHouse["played"];
  sizes: SimulatedHouse["sizes"];
  logger: SyncEngine["logger"];
}

function engineOf({ runs, liantis, played, sizes, logger }: EngineParts): SyncEngine {
  return {
    db: runs,
    liantis,
    now: () => played.clock.now(),
    random: () => 0.5,
    pause: async (ms, signal) => {
      signal.throwIfAborted();
      played.clock.move(ms);
    },
    logger,
    planKey: Buffer.alloc(32, 1),
    retryPolicy: { ...defaultRetryPolicy, retriesMax: 1 },
    get pageSize() {
      return sizes.pageSize;
    },
    get batchSize() {
      return sizes.batchSize;
    },
  };
}

interface ActivationParts {
  database: TestDatabase;
  liantis: Liantis;
  queue: ModelQueue;
  played: SimulatedHouse["played"];
  logger: ActivationDeps["logger"];
}

function activationOf({ database, liantis, queue, played, logger }: ActivationParts): ActivationDeps {
  return {
    db: database.db,
    liantis,
    keyRing: [{ id: "simulation", key: randomBytes(32) }],
    publicUrl,
    supportEmail: "support@payflip.example",
    logger,
    now: () => played.clock.date(),
    requestRun: (trx, request) => requestDecidedRun(queue.boss, trx, request),
    restartRun: (trx, request) => restartRun(queue.boss, trx, request),
    requestPreview: (trx, request) => requestPreviewRun(queue.boss, trx, request),
    runsLeft: async () => {},
    enqueueMail: (trx, mail) => enqueueMail(queue.boss, trx, mail),
  };
}

/** Removes every row of every customer, past all rules: the next seed finds an empty house. */
export async function emptyHouse(owner: pg.Pool): Promise<void> {
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
