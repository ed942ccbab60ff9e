import type { Database } from "../db/database.ts";
import { activeConnections } from "../db/schedule.ts";
import { dropLeftovers } from "../db/leftovers.ts";
import { platformTransaction, tenantTransaction } from "../db/transaction.ts";

const dayMs = 24 * 3_600_000;

/** Removes what has served its purpose: answers kept for repeated requests, pages of runs that ended without cleaning up. */
export async function housekeeping(db: Database, now: Date): Promise<void> {
  const connections = await platformTransaction(db, (trx) => activeConnections(trx));
  const before = new Date(now.getTime() - dayMs).toISOString();
  for (const customerId of new Set(connections.map((connection) => connection.customerId))) {
    await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
      dropLeftovers(trx, customerId, before),
    );
  }
}
