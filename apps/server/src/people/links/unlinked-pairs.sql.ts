import { matchKey } from "../../domain/records/match.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/** Pairs (`matchKey`) of a worker and an employee whom somebody took apart: they are never matched by e-mail again. */
export async function keptApartPairs(
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
