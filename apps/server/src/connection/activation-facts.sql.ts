import type { Language } from "../domain/records/worker.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What decides whether an entity may be connected. */
export interface ActivationFacts {
  customerName: string;
  customerLanguage: Language;
  /** A success manager made the integration available to the customer. */
  available: boolean;
  migratedFromFlexPlan: boolean;
  entityName: string;
  /** As an admin typed it. */
  vatNumber: string | null;
  /** The enterprise number that a success manager confirmed, if any. */
  confirmedNumber: string | null;
}

export async function findActivationFacts(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<ActivationFacts | undefined> {
  return await trx
    .selectFrom("entities")
    .innerJoin("customers", "customers.customer_id", "entities.customer_id")
    .select((eb) => [
      "customers.name as customerName",
      "customers.language as customerLanguage",
      eb("customers.liantis_available_at", "is not", null).$castTo<boolean>().as("available"),
      "customers.migrated_from_flex_plan as migratedFromFlexPlan",
      "entities.name as entityName",
      "entities.vat_number as vatNumber",
      "entities.confirmed_number as confirmedNumber",
    ])
    .where("entities.customer_id", "=", customerId)
    .where("entities.entity_id", "=", entityId)
    .executeTakeFirst();
}
