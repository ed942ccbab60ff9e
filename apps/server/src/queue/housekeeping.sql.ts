import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Removes, of every customer, what has had its time: staged pages of runs that ended without cleaning up behind them, changes
 * with wage values after 13 months, ways to Liantis that nobody came back from, lists of candidates and previews that nobody
 * confirmed. Asked through definer functions.
 */
export async function pruneHistory(trx: TenantTransaction, now: string): Promise<void> {
  await sql`select prune_history(${now})`.execute(trx);
  await sql`select prune_decisions(${now})`.execute(trx);
}
