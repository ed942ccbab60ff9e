import type { PgBoss } from "pg-boss";
import type { Database } from "../db/database.ts";
import { activeConnections, failingSeries, markScheduled, type ScheduledConnection } from "../db/schedule.ts";
import { findOpenRun } from "../db/runs.ts";
import { pauseConnection } from "../db/sync-connection.ts";
import { type TenantTransaction, platformTransaction, tenantTransaction } from "../db/transaction.ts";
import { defaultRetryPolicy, retryRun } from "../domain/retry.ts";
import { nightlyDue } from "../domain/schedule.ts";
import { enqueueRun } from "./boss.ts";
import { requestRun } from "./sync-control.ts";

export interface NightlyDeps {
  db: Database;
  boss: PgBoss;
  now: () => Date;
}

/**
 * Queues a run for every active connection that is due: once per Brussels date, at its own moment of the night, caught up
 * later when that moment was missed; and the next try for those whose last runs failed for the provider's trouble.
 */
export async function nightlyTick(deps: NightlyDeps): Promise<void> {
  const now = deps.now();
  const connections = await platformTransaction(deps.db, (trx) => activeConnections(trx));
  const failures: unknown[] = [];
  for (const connection of connections) {
    // Whoever comes after somebody whose turn fails has a turn all the same.
    await takeTurn(deps, connection, now).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, "some turns failed", { cause: failures[0] });
}

async function takeTurn(deps: NightlyDeps, connection: ScheduledConnection, now: Date): Promise<void> {
  const { customerId, entityId, activatedAt, lastScheduledDate } = connection;
  const activeSince = activatedAt === null ? 0 : Date.parse(activatedAt);
  const date = nightlyDue({ now: now.getTime(), customerId, lastScheduledDate, activeSince });
  await tenantTransaction(deps.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    const common = { customerId, entityId, requestedBy: null, at: now.toISOString() };
    // A run whose job is gone would keep the connection's place for ever. Where its job is still there, this one is refused.
    const open = await findOpenRun(trx, customerId, entityId);
    if (open) await enqueueRun(deps.boss, trx, { customerId, runId: open.runId }, { urgent: false });
    if (date !== null) {
      await markScheduled(trx, customerId, entityId, date);
      await requestRun(deps.boss, trx, { ...common, trigger: "nightly", scheduledFor: date });
      return;
    }
    const next = await nextOfSeries(trx, connection, now);
    if (next === "retry") await requestRun(deps.boss, trx, { ...common, trigger: "retry" });
    if (next === "pause") await pauseConnection(trx, customerId, entityId, "failing", common.at);
  });
}

/**
 * What a series of runs that failed for the provider's trouble asks for now: another try when the ladder says so, a pause after
 * 28 days; but somebody who switched a paused connection on again gets a try first.
 */
async function nextOfSeries(
  trx: TenantTransaction,
  connection: ScheduledConnection,
  now: Date,
): Promise<"wait" | "retry" | "pause"> {
  const series = await failingSeries(trx, connection.customerId, connection.entityId);
  if (series === null) return "wait";
  const { failures } = series;
  const failingSince = Date.parse(series.since);
  const next = retryRun(
    { failures, failingSince, now: Date.parse(series.lastAt), retryAfterMs: null },
    defaultRetryPolicy,
  );
  if (next.kind === "pause") return series.lastAt > connection.updatedAt ? "pause" : "retry";
  return next.at <= now.getTime() ? "retry" : "wait";
}
