import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** Operators belong to no customer: every statement here asks a definer function. */

export type OperatorRole = "success_manager" | "support";

export interface OperatorRecord {
  accountId: string;
  email: string;
  name: string | null;
  roles: OperatorRole[];
  hasPassword: boolean;
  /** Of the keys that are not revoked. */
  keyPrefixes: string[];
}

/** @returns null when the address belongs to a customer's account */
export async function insertOperator(
  trx: TenantTransaction,
  operator: {
    accountId: string;
    email: string;
    name: string;
    language: string;
    role: OperatorRole;
    createdAt: string;
  },
): Promise<{ accountId: string; hasRoleAlready: boolean } | null> {
  const { rows } = await sql<{ accountId: string; hasRoleAlready: boolean }>`
    select account_id as "accountId", has_role_already as "hasRoleAlready"
    from create_operator(
      ${operator.accountId},
      ${operator.email},
      ${operator.name},
      ${operator.language},
      ${operator.role},
      ${operator.createdAt}
    )`.execute(trx);
  return rows[0] ?? null;
}

/** Gives an operator a key and revokes the keys that the operator had for this role. */
export async function replaceOperatorKey(
  trx: TenantTransaction,
  key: {
    keyId: string;
    keyHash: Buffer;
    prefix: string;
    accountId: string;
    role: OperatorRole;
    createdAt: string;
  },
): Promise<void> {
  await sql`
    select replace_operator_key(
      ${key.keyId}, ${key.keyHash}, ${key.prefix}, ${key.accountId}, ${key.role}, ${key.createdAt}
    )`.execute(trx);
}

export async function listOperators(trx: TenantTransaction): Promise<OperatorRecord[]> {
  const { rows } = await sql<OperatorRecord>`
    select account_id as "accountId",
           email,
           name,
           roles,
           has_password as "hasPassword",
           key_prefixes as "keyPrefixes"
    from list_operators()`.execute(trx);
  return rows;
}

/** Deletes the operator and revokes the keys. @returns null when no operator has the address */
export async function deleteOperator(
  trx: TenantTransaction,
  email: string,
  removedAt: string,
): Promise<string | null> {
  const { rows } = await sql<{ accountId: string | null }>`
    select remove_operator(${email}, ${removedAt}) as "accountId"`.execute(trx);
  return rows[0]?.accountId ?? null;
}
