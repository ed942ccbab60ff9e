import { sql } from "kysely";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface ApiKeyRecord {
  keyId: string;
  customerId: string | null;
  role: RoleColumn;
  /** null: every entity. */
  entityIds: string[] | null;
  seesWages: boolean;
}

/** Finds a key that is not revoked, through a definer function: the customer is not known yet. */
export async function findApiKey(trx: TenantTransaction, keyHash: Buffer): Promise<ApiKeyRecord | null> {
  const { rows } = await sql<ApiKeyRecord>`
    select key_id as "keyId",
           customer_id as "customerId",
           role,
           entity_ids as "entityIds",
           sees_wages as "seesWages"
    from find_api_key(${keyHash})`.execute(trx);
  return rows[0] ?? null;
}

/** Inserts a customer's key, in that customer's transaction. */
export async function insertApiKey(
  trx: TenantTransaction,
  key: ApiKeyRecord & { keyHash: Buffer; createdAt: string },
): Promise<void> {
  await trx
    .insertInto("api_keys")
    .values({
      key_id: key.keyId,
      key_hash: key.keyHash,
      customer_id: key.customerId,
      role: key.role,
      entity_ids: key.entityIds,
      sees_wages: key.seesWages,
      created_at: key.createdAt,
      revoked_at: null,
    })
    .execute();
}

/** @returns the operator's account, or null when the address belongs to a customer's account */
export async function insertOperator(
  trx: TenantTransaction,
  operator: {
    accountId: string;
    email: string;
    name: string;
    language: string;
    role: "success_manager" | "support";
    keyId: string;
    keyHash: Buffer;
    createdAt: string;
  },
): Promise<string | null> {
  const { rows } = await sql<{ accountId: string | null }>`
    select create_operator(
      ${operator.accountId},
      ${operator.email},
      ${operator.name},
      ${operator.language},
      ${operator.role},
      ${operator.keyId},
      ${operator.keyHash},
      ${operator.createdAt}
    ) as "accountId"`.execute(trx);
  return rows[0]?.accountId ?? null;
}
