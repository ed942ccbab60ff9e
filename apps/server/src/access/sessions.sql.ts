import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A session that has not ended, with its account. Asked through definer functions: no customer is known yet. */
export interface SessionRecord {
  accountId: string;
  email: string;
  name: string | null;
  language: Language;
  customerId: string | null;
  createdAt: string;
  lastSeenAt: string;
  memberships: Membership[];
}

export interface Membership {
  role: RoleColumn;
  customerId: string | null;
  /** null: every entity. */
  entityIds: string[] | null;
  seesWages: boolean;
}

export async function insertSession(
  trx: TenantTransaction,
  session: { tokenHash: Buffer; accountId: string; at: string; expiresAt: string },
): Promise<void> {
  await sql`select start_session(${session.tokenHash}, ${session.accountId}, ${session.at}, ${session.expiresAt})`.execute(
    trx,
  );
}

export async function findSession(
  trx: TenantTransaction,
  tokenHash: Buffer,
  at: string,
): Promise<SessionRecord | null> {
  const { rows } = await sql<SessionRecord>`
    select account_id as "accountId", email, name, language, customer_id as "customerId", created_at as "createdAt",
           last_seen_at as "lastSeenAt", memberships
    from find_session(${tokenHash}, ${at})`.execute(trx);
  return rows[0] ?? null;
}

/** Moves the end of a session that is being used. */
export async function touchSession(
  trx: TenantTransaction,
  tokenHash: Buffer,
  at: string,
  expiresAt: string,
): Promise<void> {
  await sql`select touch_session(${tokenHash}, ${at}, ${expiresAt})`.execute(trx);
}

export async function deleteSession(trx: TenantTransaction, tokenHash: Buffer): Promise<void> {
  await sql`select end_session(${tokenHash})`.execute(trx);
}

/** The language of the account whose session this is. */
export async function changeOwnLanguage(
  trx: TenantTransaction,
  tokenHash: Buffer,
  language: Language,
): Promise<void> {
  await sql`select change_own_language(${tokenHash}, ${language})`.execute(trx);
}

/** Ends what is over: sessions, old sign-in attempts, idempotency keys of more than 24 hours. For housekeeping. */
export async function pruneAccess(trx: TenantTransaction, at: string): Promise<void> {
  await sql`select prune_access(${at})`.execute(trx);
}
