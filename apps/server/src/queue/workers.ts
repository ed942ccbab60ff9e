import { setTimeout as pause } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { findRun } from "../runs/runs.sql.ts";
import { failureChain } from "../domain/values/failure-chain.ts";
import { syncTransaction, type SyncEngine } from "../sync/engine.ts";
import { endByAccident, type RunEnd } from "../sync/report.ts";
import { runSync } from "../sync/run.ts";
import type { RunJob } from "../runs/run-queue.ts";
import type { MailJob } from "./boss.ts";
import { runWithoutPersonalData } from "./job-failure.ts";
import { type Lane, priorities, runsOfCustomerAtOnce } from "./lanes.ts";
import { createProviderBreaker, type ProviderBreaker } from "./provider-breaker.ts";
import { queues } from "./queues.sql.ts";
import { type RunStopDeps, stopWhenCancelled } from "./run-stop.ts";

export interface WorkerDeps {
  boss: PgBoss;
  engine: SyncEngine;
  watch: RunStopDeps["watch"];
  deliverMail: (mail: MailJob) => Promise<void>;
  /** Queues runs for connections that are due. */
  nightlyTick: () => Promise<void>;
  housekeeping: () => Promise<void>;
  /** What follows the end of a run: mails, metrics. */
  afterRun: (job: RunJob, end: RunEnd) => Promise<void>;
  /** Runs of whole listings at once in this process. */
  lanes: readonly Lane[];
}

/** After an unexpected error the job is tried again until it was taken this often; attempts of killed processes count too. */
const accidentsMax = 5;

/** Runs about one person at once in a process, beside those over whole listings. */
const checksAtOnce = 4;

/** Takes jobs until the process stops. */
export async function startWorkers(deps: WorkerDeps): Promise<void> {
  const { boss } = deps;
  const breaker = createProviderBreaker(deps.engine);
  const poll = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
  for (const { workers, takes } of deps.lanes) {
    const taken = takes.map((urgency) => priorities[urgency]);
    await boss.work(
      queues.sync.name,
      {
        ...poll,
        includeMetadata: true,
        batchSize: 1,
        localConcurrency: workers,
        localGroupConcurrency: Math.min(runsOfCustomerAtOnce, workers),
        minPriority: Math.min(...taken),
        maxPriority: Math.max(...taken),
      },
      async ([job]: JobWithMetadata<RunJob>[]) => {
        // Otherwise the run stays queued without a job; the nightly tick gives it a new one.
        if (job && breaker.mayStart({ urgent: job.priority === priorities.urgent }))
          await runWithoutPersonalData(() => workOnRun(deps, breaker, job));
      },
    );
  }
  await boss.work(
    queues.checkPerson.name,
    { ...poll, includeMetadata: true, batchSize: 1, localConcurrency: checksAtOnce },
    async ([job]: JobWithMetadata<RunJob>[]) => {
      if (job) await runWithoutPersonalData(() => workOnRun(deps, breaker, job));
    },
  );
  await boss.work<MailJob>(queues.mail.name, poll, async (jobs) => {
    for (const job of jobs) await runWithoutPersonalData(() => deps.deliverMail(job.data));
  });
  await boss.work(queues.nightly.name, () => runWithoutPersonalData(deps.nightlyTick));
  await boss.work(queues.housekeeping.name, () => runWithoutPersonalData(deps.housekeeping));
  // Every ten minutes, so that a missed start is caught up and changes of the clock do not matter.
  await boss.schedule(queues.nightly.name, "*/10 * * * *", null, { tz: "Europe/Brussels", missed: "once" });
  await boss.schedule(queues.housekeeping.name, "20 5 * * *", null, {
    tz: "Europe/Brussels",
    missed: "once",
  });
}

async function workOnRun(
  deps: WorkerDeps,
  breaker: ProviderBreaker,
  job: JobWithMetadata<RunJob>,
): Promise<void> {
  try {
    const end = await runUntilCancelled(deps, job);
    breaker.runEnded(job.data, end);
    // An earlier attempt may have failed between the end of the run and what follows it.
    const isRepeated = end.kind === "over" && job.retryCount > 0;
    await deps.afterRun(job.data, isRepeated ? await endOnRecord(deps, job.data) : end);
  } catch (error) {
    if (job.signal.aborted || job.retryCount < accidentsMax) throw error;
    const reference = randomUUID();
    const { runId } = job.data;
    deps.engine.logger.error({ reference, runId, failures: failureChain(error) }, "run ended by an accident");
    await giveUp(deps, job.data, reference);
  }
}

async function runUntilCancelled(deps: WorkerDeps, job: JobWithMetadata<RunJob>): Promise<RunEnd> {
  const { engine, watch } = deps;
  const stop = stopWhenCancelled({ db: engine.db, watch, now: engine.now }, job.data);
  let isOver = true;
  try {
    const end = await runSync(engine, job.data, AbortSignal.any([job.signal, stop.signal]));
    isOver = end.kind === "over";
    return end;
  } finally {
    stop.end();
    // Only a run that did not end in this process may have been cancelled.
    if (isOver) await stop.leave();
  }
}

async function endOnRecord({ engine }: WorkerDeps, { customerId, runId }: RunJob): Promise<RunEnd> {
  const run = await syncTransaction(engine, customerId, (trx) => findRun(trx, customerId, runId));
  if (run?.status !== "finished" || run.verdict === null) return { kind: "over" };
  const { verdict, errorCode: code } = run;
  return { kind: "ended", verdict, code, pausedConnection: code === "CONSENT_REVOKED" };
}

async function giveUp(
  { engine }: WorkerDeps,
  { customerId, runId }: RunJob,
  reference: string,
): Promise<void> {
  const run = await syncTransaction(engine, customerId, (trx) => findRun(trx, customerId, runId));
  if (run?.status === "running") await endByAccident(engine, run, reference);
}

/** Waits; an aborted signal ends the wait with its reason. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal });
}
