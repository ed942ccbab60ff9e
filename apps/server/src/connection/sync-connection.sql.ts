import type { Mode } from "@payflip/contract/connection.ts";
import type { GuardThresholds } from "../domain/guards/guard.ts";
import type { Language } from "../domain/records/worker.ts";
import type { Confirming, PausedReason } from "../postgres/rows/connections.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { endCandidateList } from "./candidates.sql.ts";

/** What a run needs to know about its connection and its customer. */
export interface SyncConnection {
  state: string;
  mode: Mode | null;
  enterpriseNumber: string | null;
  thresholds: Partial<GuardThresholds>;
  emailDomain: string | null;
  customerLanguage: Language;
  /** A confirmed preview that the next run carries out, unless it is outdated. */
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

export async function recordSuccess(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  now: string,
): Promise<void> {
  await trx
    .updateTable("connections")
    .set({ last_success_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/**
 * Pauses an active connection: its nightly runs stop, and its list of candidates is deleted.
 * @returns false when the connection was not active any more
 */
export async function pauseConnection(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  reason: PausedReason,
  now: string,
): Promise<boolean> {
  const result = await trx
    .updateTable("connections")
    .set((eb) => ({
      state: "paused",
      paused_reason: reason,
      updated_at: now,
      version: eb("version", "+", 1),
    }))
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("state", "=", "active")
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await endCandidateList(trx, { customerId, entityId });
  return true;
}
