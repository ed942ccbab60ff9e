import type { TenantTransaction } from "../postgres/transaction.ts";

/** The newest first run of a connection, if it ever had one. */
export async function findFirstRunId(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("runs")
    .select("run_id")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("trigger", "=", "first")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.run_id;
}
