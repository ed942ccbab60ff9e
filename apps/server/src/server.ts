import { existsSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { PgBoss } from "pg-boss";
import { type Logger, pino } from "pino";
import type { ActivationDeps } from "./connection/activation-deps.ts";
import type { Config } from "./config.ts";
import { type ReadyDatabase, readyDatabase } from "./ready-database.ts";
import { type DatabaseHandle, openDatabase } from "./postgres/database.ts";
import { pendingMigrations } from "./postgres/migrate.ts";
import { defaultRetryPolicy } from "./domain/time/retry.ts";
import { buildApp } from "./routes.ts";
import type { AppDeps, Readiness } from "./web/app-deps.ts";
import { createMetrics, type Metrics } from "./web/metrics.ts";
import { enqueueMail, startBoss } from "./queue/boss.ts";
import { requestDecidedRun, requestPreviewRun, restartRun } from "./queue/decided-run.ts";
import { housekeeping } from "./queue/housekeeping.ts";
import { defaultLanes } from "./queue/lanes.ts";
import { nightlyTick } from "./queue/nightly.ts";
import { createSharedCallLimit } from "./queue/shared-call-limit.ts";
import { untilRunsLeft } from "./queue/run-stop.ts";
import { type RunWatch, startRunWatch } from "./queue/run-watch.ts";
import { createSyncControl } from "./queue/sync-control.ts";
import { pauseFor, startWorkers } from "./queue/workers.ts";
import { createLiantis, type Liantis } from "./liantis/liantis.ts";
import { queueMailsAfterRun } from "./queue/mails-after-run.ts";
import { deliverMail } from "./notify/deliver-mail.ts";
import { createMailer } from "./notify/mailer.ts";
import { chooseContractsOfDay } from "./people/contracts/contracts-of-day.ts";
import type { SyncEngine } from "./sync/engine.ts";
import { planKeyOf } from "./preview/plan-hash.ts";

export interface RunningServer {
  /** Where it listens; null for a worker. */
  url: string | null;
  /** Where the embedded database lies, or null. */
  databaseDirectory: string | null;
  close: () => Promise<void>;
}

/** The only place that constructs things. What was started before something failed is stopped again. */
export async function startServer(config: Config): Promise<RunningServer> {
  const stops: (() => Promise<void> | void)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  };
  try {
    const logger = pino({ level: config.logLevel, base: null });
    const database = await readyDatabase(config);
    stops.push(() => database.stop());
    const house = await openHouse(config, database, logger, stops);
    if (config.metricsPort !== null)
      stops.push(await house.metrics.serve({ host: config.host, port: config.metricsPort }));
    const url = config.role === "worker" ? null : await startWeb(house, stops);
    if (config.role !== "web") await startWork(house);
    return { url, databaseDirectory: database.directory, close: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** What every role needs. */
interface House {
  config: Config;
  logger: Logger;
  publicUrl: string;
  handle: DatabaseHandle;
  boss: PgBoss;
  watch: RunWatch;
  liantis: Liantis;
  metrics: Metrics;
}

async function openHouse(
  config: Config,
  database: ReadyDatabase,
  logger: Logger,
  stops: (() => Promise<void> | void)[],
): Promise<House> {
  const handle = openDatabase(database.url, { max: 20 });
  stops.push(handle.close);
  // Stopped in the opposite order: jobs that are under way need Liantis and the database until they have ended.
  const watch = startRunWatch(database.url, logger);
  stops.push(watch.close);
  const callLimit = createSharedCallLimit({ db: handle.db, watch, logger, limits: config.liantis });
  stops.push(() => callLimit.close());
  const liantis = createLiantis(config.liantis, { callLimit });
  stops.push(() => liantis.close());
  const boss = await startBoss(database.url, { logger, supervise: config.role !== "web" });
  stops.push(() => boss.stop({ graceful: true, timeout: 5_000 }));
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  return { config, logger, publicUrl, handle, boss, watch, liantis, metrics: createMetrics() };
}

async function startWeb(house: House, stops: (() => Promise<void> | void)[]): Promise<string> {
  const { config } = house;
  const app: FastifyInstance = await buildApp(appDeps(house));
  stops.push(() => app.close());
  const url = await app.listen({ host: config.host, port: config.port });
  return url;
}

function appDeps(house: House): AppDeps {
  const { config, logger, publicUrl, handle, boss, watch } = house;
  const now = () => new Date();
  const webDirectory = path.resolve(import.meta.dirname, "../../web/dist");
  return {
    db: handle.db,
    logger,
    now,
    publicUrl,
    keyRing: config.secretKeys,
    oidc: config.oidc,
    supportEmail: config.supportEmail,
    myLiantisUrl: config.liantis.myLiantisUrl,
    liantisIssuerUrl: config.liantis.issuerUrl,
    webDirectory: existsSync(webDirectory) ? webDirectory : null,
    readiness: () => readiness(house),
    sync: createSyncControl({ db: handle.db, boss, watch, now }),
    activation: activationDeps(house),
  };
}

function activationDeps({ config, logger, publicUrl, handle, boss, watch, liantis }: House): ActivationDeps {
  return {
    db: handle.db,
    liantis,
    logger,
    publicUrl,
    supportEmail: config.supportEmail,
    keyRing: config.secretKeys,
    now: () => new Date(),
    requestRun: (trx, request) => requestDecidedRun(boss, trx, request),
    restartRun: (trx, request) => restartRun(boss, trx, request),
    requestPreview: (trx, request) => requestPreviewRun(boss, trx, request),
    runsLeft: (of) => untilRunsLeft({ db: handle.db, watch }, of),
    enqueueMail: (trx, mail) => enqueueMail(boss, trx, mail),
  };
}

async function startWork(house: House): Promise<void> {
  const { config, handle, boss, logger } = house;
  const activation = activationDeps(house);
  const mailer = createMailer({
    smtpUrl: config.smtpUrl,
    dataDir: config.dataDir,
    from: config.supportEmail,
    logger,
  });
  await startWorkers({
    boss,
    engine: syncEngine(house),
    watch: house.watch,
    lanes: defaultLanes,
    deliverMail: (mail) => deliverMail({ ...activation, mailer }, mail),
    nightlyTick: async () => {
      // Neither waits for the other to go well: both are tried again at the next tick.
      const parts = [
        nightlyTick({ db: handle.db, boss, now: () => new Date() }),
        chooseContractsOfDay(handle.db, new Date()),
      ];
      await Promise.allSettled(parts);
      await Promise.all(parts);
    },
    housekeeping: () => housekeeping(handle.db, new Date()),
    afterRun: async (job, end) => {
      if (end.kind === "ended") house.metrics.runEnded(end.verdict, end.code);
      // Ours to mend: the customer is never asked for a consent because of it.
      if (end.kind === "ended" && end.code === "PARTNER_AUTH_FAILED")
        logger.error({ code: end.code }, "Liantis refuses our credential: nobody is synchronised");
      await queueMailsAfterRun(activation, job, end);
    },
  });
}

function syncEngine({ config, handle, liantis, logger }: House): SyncEngine {
  return {
    db: handle.db,
    liantis,
    logger,
    now: Date.now,
    random: Math.random,
    pause: pauseFor,
    retryPolicy: defaultRetryPolicy,
    pageSize: 500,
    batchSize: 1000,
    planKey: planKeyOf(config.secretKeys),
  };
}

async function readiness({ handle, boss }: House): Promise<Readiness> {
  const migrations = await pendingMigrations(handle.db).catch(() => null);
  const queue = await boss.getQueue("sync").then(Boolean, () => false);
  return { database: migrations !== null, queue, migrations: migrations?.length === 0 };
}
