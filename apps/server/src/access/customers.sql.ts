import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import { recordOfRow } from "../postgres/field-columns.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface CustomerRecord {
  customerId: string;
  name: string;
  language: Language;
  migratedFromFlexPlan: boolean;
  liantisAvailableAt: string | null;
  createdAt: string;
}

/** The transaction's own customer. */
export async function findCustomer(
  trx: TenantTransaction,
  customerId: string,
): Promise<CustomerRecord | null> {
  const row = await trx
    .selectFrom("customers")
    .selectAll()
    .where("customer_id", "=", customerId)
    .executeTakeFirst();
  return row === undefined ? null : recordOfRow(row);
}

/** The customers of the platform, by name. For a platform transaction. */
export async function listCustomers(
  trx: TenantTransaction,
  page: { limit: number; after: [name: string, customerId: string] | null },
): Promise<{ customers: CustomerRecord[]; total: number }> {
  let query = trx
    .selectFrom("customers")
    .selectAll()
    .orderBy("name")
    .orderBy("customer_id")
    .limit(page.limit);
  if (page.after !== null) {
    const [name, customerId] = page.after;
    query = query.where(sql<boolean>`(name, customer_id) > (${name}, ${customerId}::uuid)`);
  }
  const rows = await query.execute();
  const { total } = await trx
    .selectFrom("customers")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { customers: rows.map(recordOfRow), total };
}

export async function insertCustomer(
  trx: TenantTransaction,
  customer: {
    customerId: string;
    name: string;
    language: Language;
    migratedFromFlexPlan: boolean;
    createdAt: string;
  },
): Promise<void> {
  await trx
    .insertInto("customers")
    .values({
      customer_id: customer.customerId,
      name: customer.name,
      language: customer.language,
      migrated_from_flex_plan: customer.migratedFromFlexPlan,
      liantis_available_at: null,
      created_at: customer.createdAt,
    })
    .execute();
}

export async function updateCustomer(
  trx: TenantTransaction,
  customerId: string,
  { name, language }: { name: string; language: Language },
): Promise<void> {
  await trx.updateTable("customers").set({ name, language }).where("customer_id", "=", customerId).execute();
}

/** Locks the customer's row until the transaction ends, so that changes of its admins wait for each other. */
export async function lockCustomer(
  trx: TenantTransaction,
  customerId: string,
): Promise<CustomerRecord | null> {
  const row = await trx
    .selectFrom("customers")
    .selectAll()
    .where("customer_id", "=", customerId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : recordOfRow(row);
}

/** Makes the integration available to the customer; null makes it unavailable. */
export async function setLiantisAvailableAt(
  trx: TenantTransaction,
  customerId: string,
  availableAt: string | null,
): Promise<void> {
  await trx
    .updateTable("customers")
    .set({ liantis_available_at: availableAt })
    .where("customer_id", "=", customerId)
    .execute();
}

/** Those of the ids that are customers. For a platform transaction. */
export async function findCustomerIds(trx: TenantTransaction, customerIds: string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom("customers")
    .select("customer_id")
    .where("customer_id", "in", customerIds)
    .execute();
  return rows.map((row) => row.customer_id);
}
