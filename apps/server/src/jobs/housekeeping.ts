import type { Database } from "../db/database.ts";
import { pruneHistory } from "../db/leftovers.ts";
import { pruneAccess } from "../db/sessions.ts";
import { strangerTransaction } from "../db/transaction.ts";

/** Removes what has served its purpose: sessions that are over, answers kept for repeated requests, staged pages, old wage values. */
export async function housekeeping(db: Database, now: Date): Promise<void> {
  await strangerTransaction(db, (trx) => pruneAccess(trx, now.toISOString()));
  await strangerTransaction(db, (trx) => pruneHistory(trx, now.toISOString()));
}
