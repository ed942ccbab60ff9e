import type { Database } from "../postgres/database.ts";
import {
  listActiveConnections,
  findFailingSeries,
  markScheduled,
  type ScheduledConnection,
} from "./schedule.sql.ts";
import { findOpenRun } from "../runs/runs.sql.ts";
import { pauseConnection } from "../connection/sync-connection.sql.ts";
import { raiseTasks } from "../decisions/tasks.sql.ts";
import { type TenantTransaction, platformTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { defaultRetryPolicy, retryRun } from "../domain/time/retry.ts";
import { nightlyDue } from "../domain/time/schedule.ts";
import { requestRun, urgencyOf } from "../runs/request-run.ts";
import type { RunQueue } from "../runs/run-queue.ts";

export interface NightlyDeps {
  db: Database;
  queue: RunQueue;
  now: () => Date;
}

/**
 * Queues a run for every active connection that is due: once per Brussels date at the connection's own time of the night, or
 * later if that was missed. Also queues the next try of connections whose last runs failed because of trouble at the provider.
 */
export async function nightlyTick(deps: NightlyDeps): Promise<void> {
  const now = deps.now();
  const connections = await platformTransaction(deps.db, (trx) => listActiveConnections(trx));
  const failures: unknown[] = [];
  for (const connection of connections) {
    // The failure of one connection must not stop the others.
    await queueDueRun(deps, connection, now).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, "some turns failed", { cause: failures[0] });
}

async function queueDueRun(deps: NightlyDeps, connection: ScheduledConnection, now: Date): Promise<void> {
  const { customerId, entityId, activatedAt, lastScheduledDate } = connection;
  const activeSince = activatedAt === null ? 0 : Date.parse(activatedAt);
  const date = nightlyDue({ now: now.getTime(), customerId, lastScheduledDate, activeSince });
  await tenantTransaction(deps.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const common = { customerId, entityId, requestedBy: null, now: now.toISOString() };
    // The job of an open run may have been lost; if it is still queued, this one is refused.
    const open = await findOpenRun(trx, { customerId, entityId }, "full_listing");
    if (open) {
      const urgency = await urgencyOf(trx, { customerId, entityId, trigger: open.trigger });
      await deps.queue.enqueueRun(trx, { customerId, runId: open.runId }, urgency);
    }
    if (date !== null) {
      await markScheduled(trx, customerId, entityId, date);
      await requestRun(deps.queue, trx, { ...common, trigger: "nightly", scheduledFor: date });
      return;
    }
    const next = await decideNextOfSeries(trx, connection, now);
    if (next.kind === "retry") await requestRun(deps.queue, trx, { ...common, trigger: "retry" });
    if (next.kind === "pause") await pauseForManager(trx, { ...common, since: next.since });
  });
}

/** Pauses the connection and opens a task for the success manager. The first run that succeeds closes the task. */
async function pauseForManager(
  trx: TenantTransaction,
  { customerId, entityId, now, since }: { customerId: string; entityId: string; now: string; since: string },
): Promise<void> {
  await pauseConnection(trx, customerId, entityId, "failing", now);
  const date = brusselsDate(since);
  const task = { workerId: "", employeeId: null, params: { date }, dueOn: brusselsDate(now), about: date };
  await raiseTasks(trx, { customerId, entityId, runId: null, now }, [{ kind: "support", ...task }]);
}

type NextOfSeries = { kind: "wait" } | { kind: "retry" } | { kind: "pause"; since: string };

/**
 * What follows a series of failed runs: another try when the retry policy says so, a pause after 28 days. A paused connection
 * that was switched on again gets a try first. If our own credential was refused, the runs are tried again and never paused,
 * since no customer can fix it.
 */
async function decideNextOfSeries(
  trx: TenantTransaction,
  connection: ScheduledConnection,
  now: Date,
): Promise<NextOfSeries> {
  const series = await findFailingSeries(trx, connection.customerId, connection.entityId);
  if (series === null) return { kind: "wait" };
  const { failures, since, lastAt, ours } = series;
  const failingSince = ours ? Date.parse(lastAt) : Date.parse(since);
  const next = retryRun(
    { failures, failingSince, now: Date.parse(lastAt), retryAfterMs: null },
    defaultRetryPolicy,
  );
  if (next.kind === "pause")
    return lastAt > connection.updatedAt ? { kind: "pause", since } : { kind: "retry" };
  return { kind: next.retryAt <= now.getTime() ? "retry" : "wait" };
}
