import { sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

/** @param before RFC 3339: kept answers older than this go */
export async function dropLeftovers(
  trx: TenantTransaction,
  customerId: string,
  before: string,
): Promise<void> {
  await trx
    .deleteFrom("idempotency_keys")
    .where("customer_id", "=", customerId)
    .where("created_at", "<", before)
    .execute();
  for (const table of ["staged_pages", "staged_workers"] as const) {
    await sql`
      delete from ${sql.table(table)} s using runs r
      where s.customer_id = ${customerId} and r.customer_id = s.customer_id and r.run_id = s.run_id
        and r.status in ('finished', 'cancelled')`.execute(trx);
  }
}
