import { sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

/** Pages of runs that ended without cleaning up behind them. */
export async function dropLeftovers(trx: TenantTransaction, customerId: string): Promise<void> {
  for (const table of ["staged_pages", "staged_workers"] as const) {
    await sql`
      delete from ${sql.table(table)} s using runs r
      where s.customer_id = ${customerId} and r.customer_id = s.customer_id and r.run_id = s.run_id
        and r.status in ('finished', 'cancelled')`.execute(trx);
  }
}
