import type { GuardThresholds } from "../domain/guards/guard.ts";
import type { Language } from "../domain/records/worker.ts";
import { endCandidateList } from "./candidates.sql.ts";
import type { Confirming, ConnectionMode, PausedReason } from "../postgres/rows/connections.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What a run must know of its connection and of the customer it is for. */
export interface SyncConnection {
  state: string;
  mode: ConnectionMode | null;
  enterpriseNumber: string | null;
  thresholds: Partial<GuardThresholds>;
  emailDomain: string | null;
  customerLanguage: Language;
  /** A confirmed preview that the next run carries out, or finds to be outdated. */
  confirming: Confirming | null;
}

export async function findSyncConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<SyncConnection | undefined> {
  const row = await trx
    .selectFrom("connections as c")
    .innerJoin("entities as e", (join) =>
      join.onRef("e.customer_id", "=", "c.customer_id").onRef("e.entity_id", "=", "c.entity_id"),
    )
    .innerJoin("customers as k", "k.customer_id", "c.customer_id")
    .select([
      "c.state",
      "c.mode",
      "c.enterprise_number",
      "c.thresholds",
      "c.confirming",
      "e.email_domain",
      "k.language",
    ])
    .where("c.customer_id", "=", customerId)
    .where("c.entity_id", "=", entityId)
    .executeTakeFirst();
  return (
    row && {
      state: row.state,
      mode: row.mode,
      enterpriseNumber: row.enterprise_number,
      thresholds: row.thresholds ?? {},
      emailDomain: row.email_domain,
      customerLanguage: row.language,
      confirming: row.confirming,
    }
  );
}

/** @param at RFC 3339 */
export async function recordSuccess(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  at: string,
): Promise<void> {
  await trx
    .updateTable("connections")
    .set({ last_success_at: at })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Stops the nightly runs until somebody acts; nobody chooses from its people meanwhile. @returns false when the connection was not active any more */
export async function pauseConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  reason: PausedReason,
  at: string,
): Promise<boolean> {
  const result = await trx
    .updateTable("connections")
    .set((eb) => ({ state: "paused", paused_reason: reason, updated_at: at, version: eb("version", "+", 1) }))
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("state", "=", "active")
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await endCandidateList(trx, { customerId, entityId });
  return true;
}
