import { findRun, notifyRun } from "./runs.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export async function isRunCancelled(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
): Promise<boolean> {
  return (await findRun(trx, customerId, runId))?.status === "cancelled";
}

/** The worker of a cancelled run says that nothing of its work goes on. Of any other run there is nothing to say. */
export async function leaveRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
  at: string,
): Promise<void> {
  const result = await trx
    .updateTable("runs")
    .set({ left_at: at })
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .where("status", "=", "cancelled")
    .where("left_at", "is", null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 1n) await notifyRun(trx, runId);
}

/** Whether no worker can be at work on these runs: none took them, or whoever did has let go. */
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
