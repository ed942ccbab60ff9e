import { matchKey } from "../../domain/records/match.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/** The unlinked pairs of an entity, as `matchKey`: they are not matched by e-mail again. */
export async function findUnlinkedPairs(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<Set<string>> {
  const rows = await trx
    .selectFrom("unlinked_pairs")
    .select(["worker_id", "employee_id"])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
  return new Set(rows.map((row) => matchKey(row.worker_id, row.employee_id)));
}
