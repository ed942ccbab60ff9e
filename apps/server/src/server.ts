import { existsSync } from "node:fs";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { PgBoss } from "pg-boss";
import { type Logger, pino } from "pino";
import { createApiKey, type CustomerApiKey } from "./access/api-keys.ts";
import type { ActivationDeps } from "./connection/activation-deps.ts";
import type { Config } from "./config.ts";
import {
  mailerOf,
  openLiantis,
  openNotifications,
  openQueue,
  openReadyDatabase,
  type Stops,
} from "./server-connections.ts";
import type { ServerOverrides } from "./server-overrides.ts";
import type { Database } from "./postgres/database.ts";
import { newId } from "./postgres/ids.ts";
import { tenantTransaction } from "./postgres/transaction.ts";
import { defaultRetryPolicy } from "./domain/time/retry.ts";
import type { AppDeps } from "./web/app-deps.ts";
import { defaultHttpLimits } from "./web/limits/http-limits.ts";
import { readReadiness } from "./web/readiness.ts";
import { createMetrics, type Metrics } from "./web/metrics.ts";
import { createRunQueue, enqueueMail } from "./queue/boss.ts";
import { requestDecidedRun, requestPreviewRun, restartRun } from "./runs/request-run.ts";
import { deleteOutdated } from "./queue/housekeeping.ts";
import { defaultLanes } from "./queue/lanes.ts";
import { nightlyTick } from "./queue/nightly.ts";
import { waitUntilRunsLeft } from "./queue/run-stop.ts";
import type { RunWatch } from "./queue/run-watch.ts";
import { createSyncControl } from "./sync/requests/sync-control.ts";
import { pauseFor, startWorkers, type WorkerDeps } from "./queue/workers.ts";
import type { Liantis } from "./liantis/liantis.ts";
import { queueMailsAfterRun } from "./queue/mails-after-run.ts";
import { deliverMail } from "./notify/deliver-mail.ts";
import type { Mailer } from "./notify/mailer.ts";
import { chooseContractsOfDay } from "./people/contracts/contracts-of-day.ts";
import type { RunJob, RunQueue } from "./runs/run-queue.ts";
import type { SyncControl } from "./runs/run-requests.ts";
import { insertRun, type NewRun } from "./runs/start-run.sql.ts";
import type { SyncEngine } from "./sync/engine.ts";
import { planKeyOf } from "./preview/plan-hash.ts";
import type { RunEnd } from "./sync/report.ts";
import { runSync } from "./sync/run.ts";

/** The parts of one process, put together and not listening. */
export interface Server {
  db: Database;
  /** The directory of the embedded database, or null. */
  databaseDirectory: string | null;
  queue: PgBoss;
  runQueue: RunQueue;
  notifications: RunWatch;
  liantis: Liantis;
  engine: SyncEngine;
  activation: ActivationDeps;
  control: SyncControl;
  /** What workers carry out; to be called by hand where no worker is started. */
  jobs: WorkerDeps;
  /** null for a worker. */
  app: FastifyInstance | null;
  /** Queues a run without a job: `carryOut` takes it up. */
  queueRun(run: QueuedRun): Promise<RunJob>;
  /** Carries a queued run to its end, beside the queue. What follows the end of a run is `jobs.afterRun`. */
  carryOut(run: RunJob, signal?: AbortSignal): Promise<RunEnd>;
  /** Queues the runs that are due: the part of `jobs.nightlyTick` that asks Liantis. */
  queueDueRuns(): Promise<void>;
  /** For a tool that calls the API. @returns the key, which is shown once and never stored */
  createApiKey(key: CustomerApiKey): Promise<string>;
  /** Takes jobs from now on. */
  startWorkers(): Promise<void>;
  /** `/readyz` answers "stopping" from now on, and requests are still carried out. */
  announceStop(): void;
  close(): Promise<void>;
}

/** A run of the whole listing. */
type QueuedRun = Pick<NewRun, "customerId" | "entityId" | "trigger"> & { acceptedHoldId?: string };

export interface RunningServer extends Server {
  /** Where it listens; null for a worker. */
  url: string | null;
}

/** Starts one process of the product by its role. What was started before something failed is stopped again. */
export async function startServer(config: Config, overrides: ServerOverrides = {}): Promise<RunningServer> {
  return await stoppedOnFailure(async (stops) => {
    const { server, metrics } = await compose(config, overrides, stops);
    const { host, port, metricsPort } = config;
    if (metricsPort !== null) stops.push(await metrics.serve({ host, port: metricsPort }));
    const url = server.app === null ? null : await server.app.listen({ host, port });
    if (config.role !== "web") await server.startWorkers();
    return { ...server, url };
  });
}

/** Puts the parts of one process together as `startServer` does, without listening and without taking jobs. */
export async function composeServer(config: Config, overrides: ServerOverrides = {}): Promise<Server> {
  return await stoppedOnFailure(async (stops) => (await compose(config, overrides, stops)).server);
}

async function stoppedOnFailure<Result>(start: (stops: Stops) => Promise<Result>): Promise<Result> {
  const stops: Stops = [];
  try {
    return await start(stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

/** In the opposite order: jobs that are under way need Liantis and the database until they have ended. */
async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop();
}

/** What the parts of a server are made of. */
interface Base {
  config: Config;
  overrides: ServerOverrides;
  logger: Logger;
  now: () => number;
  db: Database;
  queue: PgBoss;
  runQueue: RunQueue;
  notifications: RunWatch;
  liantis: Liantis;
  metrics: Metrics;
  mailer: () => Mailer;
  stopping: { announced: boolean };
}

/** The only place that constructs, with what server-connections.ts opens. */
async function compose(
  config: Config,
  overrides: ServerOverrides,
  stops: Stops,
): Promise<{ server: Server; metrics: Metrics }> {
  const { logger = pino({ level: config.logLevel, base: null }), now = Date.now } = overrides;
  const database = overrides.database ?? (await openReadyDatabase(config, stops));
  const { db, url } = database;
  const notifications = openNotifications(url, { overrides, logger, stops });
  const liantis = openLiantis({ config, overrides, db, notifications, logger, stops });
  const queue = await openQueue(url, { config, overrides, logger, stops });
  const metrics = createMetrics();
  const mailer = mailerOf(config, logger);
  const runQueue = createRunQueue(queue);
  const base: Base = {
    config,
    overrides,
    logger,
    now,
    db,
    queue,
    runQueue,
    notifications,
    liantis,
    metrics,
    mailer,
    stopping: { announced: false },
  };
  const engine = syncEngine(base);
  const activation = activationDeps(base);
  const control = createSyncControl({
    db,
    queue: runQueue,
    changes: notifications,
    now: () => new Date(now()),
  });
  const jobs = workerDeps(base, engine, activation);
  const app = config.role === "worker" ? null : await openApp(appDeps(base, control, activation));
  if (app !== null) stops.push(() => app.close());
  const databaseDirectory = database.directory ?? null;
  const parts = {
    db,
    databaseDirectory,
    queue,
    runQueue,
    notifications,
    liantis,
    engine,
    activation,
    control,
    jobs,
    app,
  };
  return { server: { ...parts, ...actions(base, parts), close: () => stopAll(stops) }, metrics };
}

function actions(
  { db, runQueue, now, mailer, stopping }: Base,
  { engine, jobs }: Pick<Server, "engine" | "jobs">,
): Pick<Server, "queueRun" | "carryOut" | "queueDueRuns" | "createApiKey" | "startWorkers" | "announceStop"> {
  return {
    queueRun: async (run) => {
      const { customerId } = run;
      const runId = newId();
      const now = new Date(engine.now()).toISOString();
      await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
        insertRun(trx, { ...run, runId, kind: "full_listing", now }),
      );
      return { customerId, runId };
    },
    carryOut: (run, signal = new AbortController().signal) => runSync(engine, run, signal),
    announceStop: () => {
      stopping.announced = true;
    },
    queueDueRuns: () => nightlyTick({ db, queue: runQueue, now: () => new Date(now()) }),
    createApiKey: (key) => createApiKey(db, key, new Date(now())),
    startWorkers: async () => {
      // Its log line says at the start where mails go.
      mailer();
      await startWorkers(jobs);
    },
  };
}

/** Loaded here, not at the top: a worker starts sooner, and in 10 MB less, without the HTTP interface and its schemas. */
async function openApp(deps: AppDeps): Promise<FastifyInstance> {
  const { buildApp } = await import("./routes.ts");
  return await buildApp(deps);
}

function syncEngine({ config, overrides, logger, now, db, liantis }: Base): SyncEngine {
  const { retriesMax = defaultRetryPolicy.retriesMax, ...parts } = overrides.engine ?? {};
  return {
    db,
    liantis,
    logger,
    now,
    random: Math.random,
    pause: pauseFor,
    retryPolicy: { ...defaultRetryPolicy, retriesMax },
    pageSize: 500,
    batchSize: 1000,
    planKey: planKeyOf(config.secretKeys),
    ...parts,
  };
}

function activationDeps(base: Base): ActivationDeps {
  const { config, overrides, logger, now, db, queue, runQueue, notifications, liantis } = base;
  return {
    db,
    liantis,
    logger,
    publicUrl: publicUrlOf(config),
    supportEmail: config.supportEmail,
    keyRing: config.secretKeys,
    now: () => new Date(now()),
    requestRun: (trx, request) => requestDecidedRun(runQueue, trx, request),
    restartRun: (trx, request) => restartRun(runQueue, trx, request),
    requestPreview: (trx, request) => requestPreviewRun(runQueue, trx, request),
    runsLeft: (runs) => waitUntilRunsLeft({ db, watch: notifications }, runs),
    enqueueMail: (trx, mail) => enqueueMail(queue, trx, mail),
    ...overrides.activation,
  };
}

function appDeps(base: Base, sync: SyncControl, activation: ActivationDeps): AppDeps {
  const { config, overrides, logger, now, db, queue, stopping } = base;
  const webDirectory = path.resolve(import.meta.dirname, "../../web/dist");
  return {
    db,
    logger,
    now: () => new Date(now()),
    publicUrl: publicUrlOf(config),
    keyRing: config.secretKeys,
    oidc: config.oidc,
    supportEmail: config.supportEmail,
    myLiantisUrl: config.liantis.myLiantisUrl,
    liantisIssuerUrl: config.liantis.issuerUrl,
    webDirectory: existsSync(webDirectory) ? webDirectory : null,
    readiness: () => readReadiness(db, () => queue.getQueue("sync")),
    isStopping: () => stopping.announced,
    limits: defaultHttpLimits,
    sync,
    activation,
    ...overrides.app,
  };
}

function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host}:${port}`;
}

function workerDeps(base: Base, engine: SyncEngine, activation: ActivationDeps): WorkerDeps {
  const { overrides, now, db, queue, runQueue, notifications, mailer } = base;
  return {
    boss: queue,
    engine,
    watch: notifications,
    lanes: defaultLanes,
    deliverMail: (mail) => deliverMail({ ...activation, mailer: mailer() }, mail),
    nightlyTick: async () => {
      // Neither waits for the other to go well: both are tried again at the next tick.
      const parts = [
        nightlyTick({ db, queue: runQueue, now: () => new Date(now()) }),
        chooseContractsOfDay(db, new Date(now())),
      ];
      await Promise.allSettled(parts);
      await Promise.all(parts);
    },
    housekeeping: () => deleteOutdated(db, new Date(now())),
    afterRun: (job, end) => afterRun(base, activation, job, end),
    ...overrides.jobs,
  };
}

async function afterRun(
  { logger, metrics }: Base,
  activation: ActivationDeps,
  job: RunJob,
  end: RunEnd,
): Promise<void> {
  if (end.kind === "ended") metrics.runEnded(end.verdict, end.code);
  // Ours to mend: the customer is never asked for a consent because of it.
  if (end.kind === "ended" && end.code === "PARTNER_AUTH_FAILED")
    logger.error({ code: end.code }, "Liantis refuses our credential: no customer is synchronised");
  await queueMailsAfterRun(activation, job, end);
}
