import type { Database } from "../db/database.ts";
import { activeConnections } from "../db/schedule.ts";
import { dropLeftovers } from "../db/leftovers.ts";
import { pruneAccess } from "../db/sessions.ts";
import { platformTransaction, strangerTransaction, tenantTransaction } from "../db/transaction.ts";

/** Removes what has served its purpose: sessions that are over, answers kept for repeated requests, pages of runs that ended without cleaning up. */
export async function housekeeping(db: Database, now: Date): Promise<void> {
  await strangerTransaction(db, (trx) => pruneAccess(trx, now.toISOString()));
  const connections = await platformTransaction(db, (trx) => activeConnections(trx));
  for (const customerId of new Set(connections.map((connection) => connection.customerId))) {
    await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
      dropLeftovers(trx, customerId),
    );
  }
}
