import type { Database } from "../postgres/database.ts";
import { pruneHistory } from "./housekeeping.sql.ts";
import { pruneAccess } from "../access/sessions.sql.ts";
import { strangerTransaction } from "../postgres/transaction.ts";

/** Deletes what is not needed any more: ended sessions, answers kept for repeated requests, staged pages, old wage values. */
export async function deleteOutdated(db: Database, now: Date): Promise<void> {
  await strangerTransaction(db, (trx) => pruneAccess(trx, now.toISOString()));
  await strangerTransaction(db, (trx) => pruneHistory(trx, now.toISOString()));
}
