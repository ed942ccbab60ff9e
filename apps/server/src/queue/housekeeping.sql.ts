import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Deletes what is outdated, of all customers: staged pages that an ended run left behind, changes with wage values after 13
 * months, consent requests without an answer, lists of candidates, and previews that were not confirmed. Done by definer
 * functions.
 */
export async function pruneHistory(trx: TenantTransaction, now: string): Promise<void> {
  await sql`select prune_history(${now})`.execute(trx);
  await sql`select prune_decisions(${now})`.execute(trx);
}
