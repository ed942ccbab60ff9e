import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { RoleColumn } from "../postgres/rows/accounts.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A session that has not ended, with its account. Read through definer functions: the customer is not known yet. */
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
  session: { tokenHash: Buffer; accountId: string; startedAt: string; expiresAt: string },
): Promise<void> {
  await sql`
    select start_session(
      ${session.tokenHash}, ${session.accountId}, ${session.startedAt}, ${session.expiresAt}
    )`.execute(trx);
}

export async function findSession(
  trx: TenantTransaction,
  tokenHash: Buffer,
  now: string,
): Promise<SessionRecord | null> {
  const { rows } = await sql<SessionRecord>`
    select account_id as "accountId",
           email,
           name,
           language,
           customer_id as "customerId",
           created_at as "createdAt",
           last_seen_at as "lastSeenAt",
           memberships
    from find_session(${tokenHash}, ${now})`.execute(trx);
  return rows[0] ?? null;
}

/** Extends a session that is in use. */
export async function touchSession(
  trx: TenantTransaction,
  tokenHash: Buffer,
  usedAt: string,
  expiresAt: string,
): Promise<void> {
  await sql`select touch_session(${tokenHash}, ${usedAt}, ${expiresAt})`.execute(trx);
}

export async function deleteSession(trx: TenantTransaction, tokenHash: Buffer): Promise<void> {
  await sql`select end_session(${tokenHash})`.execute(trx);
}

/** Changes the language of the session's account. */
export async function changeOwnLanguage(
  trx: TenantTransaction,
  tokenHash: Buffer,
  language: Language,
): Promise<void> {
  await sql`select change_own_language(${tokenHash}, ${language})`.execute(trx);
}

/** Deletes ended sessions, old sign-in attempts and idempotency keys older than 24 hours. For housekeeping. */
export async function pruneAccess(trx: TenantTransaction, now: string): Promise<void> {
  await sql`select prune_access(${now})`.execute(trx);
}
