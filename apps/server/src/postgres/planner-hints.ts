import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

/**
 * Turns nested loops off for this transaction. To be called before statements over a whole listing: the staging tables fill and
 * empty within minutes, so their statistics are always wrong, and a nested loop over "few" rows would compare everybody with
 * everybody. With hash joins the time grows with the number of people, not with its square.
 */
export async function planForWholeListing(trx: TenantTransaction): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(trx);
}

/**
 * Hides the value of the customer from the planner, in look-ups of single rows by an index that begins with the customer. For a
 * customer who is not in the statistics yet (at the first load) the planner would expect one row, choose any index with the
 * customer, and read all rows of the customer for each look-up.
 */
export function hiddenFromPlanner(customerId: string): RawBuilder<string> {
  return sql`(select ${customerId}::uuid)`;
}
