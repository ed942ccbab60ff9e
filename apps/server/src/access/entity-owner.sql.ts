import type { TenantTransaction } from "../postgres/transaction.ts";

/** Which customer an entity belongs to; for a platform transaction. */
export async function findEntityOwner(trx: TenantTransaction, entityId: string): Promise<string | null> {
  const row = await trx
    .selectFrom("entities")
    .select("customer_id")
    .where("entity_id", "=", entityId)
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

/** Those of the ids that are customers; for a platform transaction. */
export async function findCustomerIds(trx: TenantTransaction, customerIds: string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom("customers")
    .select("customer_id")
    .where("customer_id", "in", customerIds)
    .execute();
  return rows.map((row) => row.customer_id);
}
