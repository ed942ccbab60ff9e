import type { Hold } from "./holds.ts";
import type { TenantTransaction } from "./transaction.ts";

/** Holds of some runs, oldest first. */
export async function listHoldsOfRuns(
  trx: TenantTransaction,
  customerId: string,
  runIds: string[],
): Promise<Hold[]> {
  if (runIds.length === 0) return [];
  return await trx
    .selectFrom("holds")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("run_id", "in", runIds)
    .orderBy("created_at")
    .orderBy("hold_id")
    .execute();
}

/** What a guard keeps back of an entity and nobody decided yet. */
export async function listOpenHolds(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<Hold[]> {
  return await trx
    .selectFrom("holds")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "=", "open")
    .orderBy("created_at")
    .orderBy("hold_id")
    .execute();
}
