import { sql } from "kysely";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantScope, TenantTransaction } from "../postgres/transaction.ts";

export interface ApiKeyRecord {
  keyId: string;
  customerId: string | null;
  role: RoleColumn;
  /** null: every entity. */
  entityIds: string[] | null;
  seesWages: boolean;
}

/** A key as it is listed. */
export interface ListedApiKey extends Omit<ApiKeyRecord, "customerId"> {
  name: string;
  prefix: string;
  /** The name of the account or key that made it; null: the command line. */
  createdByName: string | null;
  createdAt: string;
  lastUsedOn: string | null;
  expiresOn: string | null;
  revokedAt: string | null;
}

/** Finds a key that is in force, through a definer function: the customer is not known yet. Notes the day of the use. */
export async function findApiKey(
  trx: TenantTransaction,
  keyHash: Buffer,
  today: string,
): Promise<ApiKeyRecord | null> {
  const { rows } = await sql<ApiKeyRecord>`
    select key_id as "keyId",
           customer_id as "customerId",
           role,
           entity_ids as "entityIds",
           sees_wages as "seesWages"
    from find_api_key(${keyHash}, ${today})`.execute(trx);
  return rows[0] ?? null;
}

/** Inserts a customer's key, in that customer's transaction. */
export async function insertApiKey(
  trx: TenantTransaction,
  key: ApiKeyRecord & {
    keyHash: Buffer;
    name: string;
    prefix: string;
    createdBy: string;
    createdAt: string;
    expiresOn: string | null;
  },
): Promise<void> {
  await trx
    .insertInto("api_keys")
    .values({
      key_id: key.keyId,
      key_hash: key.keyHash,
      name: key.name,
      prefix: key.prefix,
      customer_id: key.customerId,
      account_id: null,
      role: key.role,
      entity_ids: key.entityIds,
      sees_wages: key.seesWages,
      created_by: key.createdBy,
      created_at: key.createdAt,
      expires_on: key.expiresOn,
      last_used_on: null,
      revoked_at: null,
    })
    .execute();
}

/** The customer's keys, the newest first; of a scope with some entities, the keys of those only. */
export async function listApiKeys(
  trx: TenantTransaction,
  { customerId, entityIds }: TenantScope,
  page: { limit: number; after: [createdAt: string, keyId: string] | null; keyId?: string },
): Promise<{ keys: ListedApiKey[]; total: number }> {
  const permitted = entityIds === "all" ? sql`true` : sql`k.entity_ids <@ ${sql.val([...entityIds])}::uuid[]`;
  const one = page.keyId === undefined ? sql`true` : sql`k.key_id = ${page.keyId}::uuid`;
  const after =
    page.after === null
      ? sql`true`
      : sql`(k.created_at, k.key_id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)`;
  const { rows } = await sql<ListedApiKey>`
    select k.key_id as "keyId",
           k.name,
           k.prefix,
           k.role,
           k.entity_ids as "entityIds",
           k.sees_wages as "seesWages",
           coalesce(a.name, a.email, maker.name) as "createdByName",
           k.created_at as "createdAt",
           k.last_used_on as "lastUsedOn",
           k.expires_on as "expiresOn",
           k.revoked_at as "revokedAt"
    from api_keys k
    left join accounts a on k.created_by = 'account:' || a.account_id
    left join api_keys maker on k.created_by = 'api_key:' || maker.key_id
    where k.customer_id = ${customerId} and ${permitted} and ${one} and ${after}
    order by k.created_at desc, k.key_id desc
    limit ${page.limit}`.execute(trx);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total
    from api_keys k
    where k.customer_id = ${customerId} and ${permitted}`.execute(trx);
  return { keys: rows, total: counted.rows[0]?.total ?? 0 };
}

export async function revokeApiKey(
  trx: TenantTransaction,
  customerId: string,
  keyId: string,
  revokedAt: string,
): Promise<void> {
  await trx
    .updateTable("api_keys")
    .set({ revoked_at: revokedAt })
    .where("customer_id", "=", customerId)
    .where("key_id", "=", keyId)
    .execute();
}
