import { sql } from "kysely";
import { recordOfRow } from "../postgres/field-columns.ts";
import type { PausedReason } from "../postgres/rows/connections.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface EntityRecord {
  customerId: string;
  entityId: string;
  name: string;
  vatNumber: string | null;
  emailDomain: string | null;
  confirmedNumber: string | null;
}

export async function findEntity(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<EntityRecord | null> {
  const row = await selectEntity(trx, customerId, entityId).executeTakeFirst();
  return row === undefined ? null : recordOfRow(row);
}

/** Finds the entity and locks its row until the transaction ends. */
export async function lockEntity(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<EntityRecord | null> {
  const row = await selectEntity(trx, customerId, entityId).forUpdate().executeTakeFirst();
  return row === undefined ? null : recordOfRow(row);
}

/** An entity, and why its connection is paused. */
export interface ListedEntityRecord extends EntityRecord {
  pausedReason: PausedReason | null;
}

/** The customer's entities that the transaction may see, by name. */
export async function listEntities(
  trx: TenantTransaction,
  customerId: string,
  page: { limit: number; after: [name: string, entityId: string] | null },
): Promise<{ entities: ListedEntityRecord[]; total: number }> {
  let query = trx
    .selectFrom("entities as e")
    .leftJoin("connections as c", (join) =>
      join.onRef("c.customer_id", "=", "e.customer_id").onRef("c.entity_id", "=", "e.entity_id"),
    )
    .selectAll("e")
    .select("c.paused_reason")
    .where("e.customer_id", "=", customerId)
    .orderBy("e.name")
    .orderBy("e.entity_id")
    .limit(page.limit);
  if (page.after !== null) {
    const [name, entityId] = page.after;
    query = query.where(sql<boolean>`(e.name, e.entity_id) > (${name}, ${entityId}::uuid)`);
  }
  const rows = await query.execute();
  const { total } = await trx
    .selectFrom("entities")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where("customer_id", "=", customerId)
    .executeTakeFirstOrThrow();
  return { entities: rows.map(recordOfRow), total };
}

/** The entities of several customers, by name. For a platform transaction. */
export async function listEntitiesOfCustomers(
  trx: TenantTransaction,
  customerIds: string[],
): Promise<EntityRecord[]> {
  if (customerIds.length === 0) return [];
  const rows = await trx
    .selectFrom("entities")
    .selectAll()
    .where("customer_id", "in", customerIds)
    .orderBy("name")
    .orderBy("entity_id")
    .execute();
  return rows.map(recordOfRow);
}

export async function insertEntity(
  trx: TenantTransaction,
  entity: { customerId: string; entityId: string; name: string; vatNumber: string | null; createdAt: string },
): Promise<void> {
  await trx
    .insertInto("entities")
    .values({
      customer_id: entity.customerId,
      entity_id: entity.entityId,
      name: entity.name,
      vat_number: entity.vatNumber,
      email_domain: null,
      confirmed_number: null,
      confirmed_at: null,
      created_at: entity.createdAt,
    })
    .execute();
}

export async function updateEntity(
  trx: TenantTransaction,
  { customerId, entityId, name, vatNumber, emailDomain }: Omit<EntityRecord, "confirmedNumber">,
): Promise<void> {
  await trx
    .updateTable("entities")
    .set({ name, vat_number: vatNumber, email_domain: emailDomain })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Stores that a success manager confirmed this number for the entity. */
export async function confirmEnterpriseNumber(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { number, confirmedAt }: { number: string; confirmedAt: string },
): Promise<void> {
  await trx
    .updateTable("entities")
    .set({ confirmed_number: number, confirmed_at: confirmedAt })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** The customer that an entity belongs to. For a platform transaction. */
export async function findCustomerIdOfEntity(
  trx: TenantTransaction,
  entityId: string,
): Promise<string | null> {
  const row = await trx
    .selectFrom("entities")
    .select("customer_id")
    .where("entity_id", "=", entityId)
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

function selectEntity(trx: TenantTransaction, customerId: string, entityId: string) {
  return trx
    .selectFrom("entities")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId);
}
