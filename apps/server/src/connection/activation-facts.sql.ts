import type { Language } from "../domain/records/worker.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What activation judges about an entity and its customer. */
export interface ActivationFacts {
  customerName: string;
  customerLanguage: Language;
  /** A success manager made the integration visible to the customer. */
  available: boolean;
  migratedFromFlexPlan: boolean;
  entityName: string;
  /** As somebody typed it. */
  vatNumber: string | null;
  /** The enterprise number a success manager confirmed, if any. */
  confirmedNumber: string | null;
}

export async function findActivationFacts(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<ActivationFacts | undefined> {
  const row = await trx
    .selectFrom("entities")
    .innerJoin("customers", "customers.customer_id", "entities.customer_id")
    .select([
      "customers.name as customer_name",
      "customers.language",
      "customers.liantis_available_at",
      "customers.migrated_from_flex_plan",
      "entities.name as entity_name",
      "entities.vat_number",
      "entities.confirmed_number",
    ])
    .where("entities.customer_id", "=", customerId)
    .where("entities.entity_id", "=", entityId)
    .executeTakeFirst();
  return (
    row && {
      customerName: row.customer_name,
      customerLanguage: row.language,
      available: row.liantis_available_at !== null,
      migratedFromFlexPlan: row.migrated_from_flex_plan,
      entityName: row.entity_name,
      vatNumber: row.vat_number,
      confirmedNumber: row.confirmed_number,
    }
  );
}

/** Writes down who did what to whose connection; append-only. */
export async function recordActivationAct(
  trx: TenantTransaction,
  act: {
    customerId: string;
    entityId: string;
    entryId: string;
    actor: string;
    action: string;
    subject?: string;
    at: string;
  },
): Promise<void> {
  await trx
    .insertInto("audit_entries")
    .values({
      customer_id: act.customerId,
      entry_id: act.entryId,
      entity_id: act.entityId,
      actor: act.actor,
      action: act.action,
      subject: act.subject ?? null,
      done_at: act.at,
    })
    .execute();
}
