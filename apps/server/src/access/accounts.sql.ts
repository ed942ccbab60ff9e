import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface SignInAccount {
  accountId: string;
  passwordHash: string | null;
}

/** The account that signs in with this address, whoever's it is. */
export async function findSignInAccount(
  trx: TenantTransaction,
  email: string,
): Promise<SignInAccount | null> {
  const { rows } = await sql<SignInAccount>`
    select account_id as "accountId", password_hash as "passwordHash" from find_sign_in_account(${email})`.execute(
    trx,
  );
  return rows[0] ?? null;
}

export interface AttemptCounts {
  /** Failed attempts of the last 15 minutes, this one included. */
  ofAddress: number;
  ofPair: number;
  ofAccount: number;
  /** Somebody signed in to this account from this address before. */
  addressKnown: boolean;
}

/** Writes an attempt down as failed and counts; `markAttemptSucceeded` takes it back. */
export async function countSignInAttempt(
  trx: TenantTransaction,
  attempt: { attemptId: string; accountBucket: Buffer; addressBucket: Buffer; at: string },
): Promise<AttemptCounts> {
  const { rows } = await sql<AttemptCounts>`
    select address_count as "ofAddress", pair_count as "ofPair", account_count as "ofAccount", address_known as "addressKnown"
    from count_sign_in_attempt(${attempt.attemptId}, ${attempt.accountBucket}, ${attempt.addressBucket}, ${attempt.at})`.execute(
    trx,
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error("count_sign_in_attempt answered nothing");
  return counts;
}

export async function markAttemptSucceeded(trx: TenantTransaction, attemptId: string): Promise<void> {
  await sql`select mark_sign_in_succeeded(${attemptId})`.execute(trx);
}

/** @returns false when the address came into use meanwhile */
export async function insertAccount(
  trx: TenantTransaction,
  account: {
    accountId: string;
    customerId: string;
    email: string;
    name: string;
    language: Language;
    passwordHash: string | null;
    at: string;
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
      created_at: account.at,
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
    at: string;
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
      created_at: membership.at,
    })
    .execute();
}

/** The sign-in address follows that of an employee who was not invited yet; an account with any other role keeps its own. */
export async function followEmployeeEmail(
  trx: TenantTransaction,
  customerId: string,
  accountId: string,
  email: string,
): Promise<void> {
  await sql`
    update accounts set email = ${email}
    where account_id = ${accountId} and customer_id = ${customerId}
      and not exists (select from memberships m where m.account_id = ${accountId})`.execute(trx);
}
