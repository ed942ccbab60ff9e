import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

/**
 * To be called first in a transaction that looks at a listing as a whole. The staging tables fill and empty within minutes, so
 * what the planner believes of their size is always wrong; believing them small it would compare everybody with everybody.
 * Without nested loops it hashes, and the time grows with the people, not with their square.
 */
export async function planForWholeListing(trx: TenantTransaction): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(trx);
}

/**
 * The customer, in a look-up of single rows, without the planner seeing who it is. Of a customer that is not in the statistics
 * yet (everybody at their first load) it would expect one row, take any index that begins with the customer for as good as the
 * right one, and read all of the customer's rows for each row it looks up.
 */
export function hiddenFromPlanner(customerId: string): RawBuilder<string> {
  return sql`(select ${customerId}::uuid)`;
}
