import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface SignInAccount {
  accountId: string;
  /** Null: an account of the platform. */
  customerId: string | null;
  email: string;
  language: Language;
  passwordHash: string | null;
  /** False for the account of an employee who is nothing else. */
  hasRole: boolean;
}

/** The account of any customer that signs in with this address. */
export async function findSignInAccount(
  trx: TenantTransaction,
  email: string,
): Promise<SignInAccount | null> {
  const { rows } = await sql<SignInAccount>`
    select account_id as "accountId",
           customer_id as "customerId",
           email,
           language,
           password_hash as "passwordHash",
           has_role as "hasRole"
    from find_sign_in_account(${email})`.execute(trx);
  return rows[0] ?? null;
}

/** Whether any account has a password or can get one by a link. */
export async function isPasswordSignInPossible(trx: TenantTransaction): Promise<boolean> {
  const { rows } = await sql<{ isPossible: boolean }>`
    select password_sign_in_is_possible() as "isPossible"`.execute(trx);
  return rows[0]?.isPossible ?? false;
}

export interface AttemptCounts {
  /** Failed attempts from this IP address in the last 15 minutes, this one included. */
  addressCount: number;
  /** The same, to this account from this IP address. */
  pairCount: number;
  /** The same, to this account from anywhere. */
  accountCount: number;
  /** This account has been signed in to from this IP address before. */
  addressKnown: boolean;
}

/** Stores the attempt as failed, and counts the failed ones. `markAttemptSucceeded` corrects it. */
export async function countSignInAttempt(
  trx: TenantTransaction,
  attempt: { attemptId: string; accountBucket: Buffer; addressBucket: Buffer; attemptedAt: string },
): Promise<AttemptCounts> {
  const { rows } = await sql<AttemptCounts>`
    select address_count as "addressCount",
           pair_count as "pairCount",
           account_count as "accountCount",
           address_known as "addressKnown"
    from count_sign_in_attempt(
      ${attempt.attemptId},
      ${attempt.accountBucket},
      ${attempt.addressBucket},
      ${attempt.attemptedAt}
    )`.execute(trx);
  const [counts] = rows;
  if (counts === undefined) throw new Error("count_sign_in_attempt answered nothing");
  return counts;
}

export async function markAttemptSucceeded(trx: TenantTransaction, attemptId: string): Promise<void> {
  await sql`select mark_sign_in_succeeded(${attemptId})`.execute(trx);
}

/** @returns false when another account has the address */
export async function insertAccount(
  trx: TenantTransaction,
  account: {
    accountId: string;
    customerId: string;
    email: string;
    name: string;
    language: Language;
    passwordHash: string | null;
    createdAt: string;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("accounts")
    .values({
      account_id: account.accountId,
      customer_id: account.customerId,
      email: account.email,
      name: account.name,
      language: account.language,
      password_hash: account.passwordHash,
      created_at: account.createdAt,
    })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function insertMembership(
  trx: TenantTransaction,
  membership: {
    accountId: string;
    customerId: string;
    role: RoleColumn;
    entityIds: string[] | null;
    seesWages: boolean;
    createdAt: string;
  },
): Promise<void> {
  await trx
    .insertInto("memberships")
    .values({
      account_id: membership.accountId,
      customer_id: membership.customerId,
      role: membership.role,
      entity_ids: membership.entityIds,
      sees_wages: membership.seesWages,
      created_at: membership.createdAt,
    })
    .execute();
}

/** Gives the account of an employee their new address. An account that also has a membership keeps its own. */
export async function followEmployeeEmail(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
  email: string,
): Promise<void> {
  await sql`
    update accounts set email = ${email}
    where account_id = ${accountId}
      and customer_id = ${customerId}
      and not exists (select from memberships m where m.account_id = ${accountId})`.execute(trx);
}
