import { type RawBuilder, sql } from "kysely";
import type { EntityKey, RunKey } from "../domain/records/keys.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { findRun, notifyRun, type StoredRun } from "./runs.sql.ts";
import { dropStaged } from "./staging.sql.ts";

/** Notified with the id of a run that was cancelled: its worker process hears it while it waits for the provider too. */
export const cancelChannel = "run_cancelled";

/** Ends one run, without a verdict, and removes what it staged: its worker process finds out at its next write. */
export async function cancelRun(trx: TenantTransaction, run: RunKey, now: string): Promise<void> {
  await trx
    .updateTable("runs")
    .set({ status: "cancelled", finished_at: now })
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .execute();
  await dropStaged(trx, run);
  await notifyRun(trx, run.runId);
}

/** Ends every open run of a connection. @returns their ids */
export async function cancelOpenRuns(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  now: string,
): Promise<string[]> {
  const rows = await trx
    .updateTable("runs")
    .set({ status: "cancelled", finished_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .returning("run_id")
    .execute();
  for (const row of rows) {
    await dropStaged(trx, { customerId, entityId, runId: row.run_id });
    await notifyRun(trx, row.run_id);
    await sql`select pg_notify(${cancelChannel}, ${row.run_id})`.execute(trx);
  }
  return rows.map((row) => row.run_id);
}

/**
 * Ends the run over the whole listing if it is running, since it read under what was decided before. A queued one is left: it
 * cannot begin before this transaction has ended.
 */
export async function cancelBegunRun(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  now: string,
): Promise<Pick<StoredRun, "runId" | "acceptedHoldId"> | null> {
  const open = await trx
    .selectFrom("runs")
    .select(["run_id", "status", "accepted_hold_id"])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .where("kind", "=", "full_listing")
    .forUpdate()
    .executeTakeFirst();
  if (open?.status !== "running") return null;
  await cancelRun(trx, { customerId, entityId, runId: open.run_id }, now);
  return { runId: open.run_id, acceptedHoldId: open.accepted_hold_id };
}

/** Ends the open runs about these workers. */
export async function cancelRunsOfWorkers(
  trx: TenantTransaction,
  entity: EntityKey,
  workerIds: string[],
  now: string,
): Promise<void> {
  await cancelPersonRuns(trx, entity, sql`r.worker_id = any (${workerIds}::text[])`, now);
}

/** Ends the open runs about workers who are not chosen: in selective mode they must not be written. */
export async function cancelRunsOfUnchosen(
  trx: TenantTransaction,
  entity: EntityKey,
  now: string,
): Promise<void> {
  const isChosen = sql`exists (
    select from choices c
    where c.customer_id = r.customer_id and c.entity_id = r.entity_id and c.worker_id = r.worker_id
      and c.choice = 'selected')`;
  await cancelPersonRuns(trx, entity, sql`not ${isChosen}`, now);
}

async function cancelPersonRuns(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  matching: RawBuilder<unknown>,
  now: string,
): Promise<void> {
  const { rows } = await sql<{ runId: string }>`
    select r.run_id as "runId"
    from runs r
    where r.customer_id = ${customerId} and r.entity_id = ${entityId} and r.kind = 'person'
      and r.status in ('queued', 'running') and ${matching}
    order by r.run_id
    for update`.execute(trx);
  for (const { runId } of rows) await cancelRun(trx, { customerId, entityId, runId }, now);
}

export async function isRunCancelled(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
): Promise<boolean> {
  return (await findRun(trx, customerId, runId))?.status === "cancelled";
}

/** Notes that the worker process of a cancelled run stopped working on it. Does nothing for any other run. */
export async function leaveRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
  now: string,
): Promise<void> {
  const result = await trx
    .updateTable("runs")
    .set({ left_at: now })
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .where("status", "=", "cancelled")
    .where("left_at", "is", null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 1n) await notifyRun(trx, runId);
}

/** Whether no worker process can be at work on these runs: none took them, or the one that did stopped. */
export async function areRunsLeft(
  trx: TenantTransaction,
  customerId: string,
  runIds: string[],
): Promise<boolean> {
  const { count } = await trx
    .selectFrom("runs")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("customer_id", "=", customerId)
    .where("run_id", "in", runIds)
    .where("started_at", "is not", null)
    .where("left_at", "is", null)
    .executeTakeFirstOrThrow();
  return count === 0;
}
