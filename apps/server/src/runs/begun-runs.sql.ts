import { type RawBuilder, sql } from "kysely";
import { notifyRun, type Run } from "./runs.sql.ts";
import { dropStaged } from "./staging.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Ends the run of a connection that has begun already, for it read under what was decided before: its worker finds out at its next
 * write. One that still waits is left, and cannot begin before this transaction has ended.
 */
export async function cancelBegunRun(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  at: string,
): Promise<Pick<Run, "runId" | "acceptedHoldId"> | null> {
  const open = await trx
    .selectFrom("runs")
    .select(["run_id", "status", "accepted_hold_id"])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .where("worker_id", "is", null)
    .where("is_preview", "=", false)
    .forUpdate()
    .executeTakeFirst();
  if (open?.status !== "running") return null;
  await cancelRun(trx, { customerId, entityId, runId: open.run_id }, at);
  return { runId: open.run_id, acceptedHoldId: open.accepted_hold_id };
}

interface EntityKey {
  customerId: string;
  entityId: string;
}

/** Ends the runs about single workers that are open. */
export async function cancelRunsOfWorkers(
  trx: TenantTransaction,
  of: EntityKey,
  workerIds: string[],
  at: string,
): Promise<void> {
  await cancelRunsWhere(trx, of, sql`r.worker_id = any (${workerIds}::text[])`, at);
}

/** Ends the open runs about single workers whom nobody chose: in selective mode they must not write them. */
export async function cancelRunsOfUnchosen(trx: TenantTransaction, of: EntityKey, at: string): Promise<void> {
  const isChosen = sql`exists (
    select from choices c where c.customer_id = r.customer_id and c.entity_id = r.entity_id and c.worker_id = r.worker_id
      and c.choice = 'selected')`;
  await cancelRunsWhere(trx, of, sql`r.worker_id is not null and not ${isChosen}`, at);
}

async function cancelRunsWhere(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  matching: RawBuilder<unknown>,
  at: string,
): Promise<void> {
  const { rows } = await sql<{ runId: string }>`
    select r.run_id as "runId" from runs r
    where r.customer_id = ${customerId} and r.entity_id = ${entityId} and r.status in ('queued', 'running') and ${matching}
    order by r.run_id for update`.execute(trx);
  for (const { runId } of rows) await cancelRun(trx, { customerId, entityId, runId }, at);
}

/** Ends one run, without a verdict. */
export async function cancelRun(
  trx: TenantTransaction,
  run: { customerId: string; entityId: string; runId: string },
  at: string,
): Promise<void> {
  await trx
    .updateTable("runs")
    .set({ status: "cancelled", finished_at: at })
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .execute();
  await dropStaged(trx, run);
  await notifyRun(trx, run.runId);
}
