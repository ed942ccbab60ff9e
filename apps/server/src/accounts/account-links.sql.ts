import type { AccountLinkPurpose } from "@payflip/contract/accounts/account-links.ts";
import { sql } from "kysely";
import type { Language } from "../domain/records/worker.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** Replaces the link that the account had for the same purpose. */
export async function replaceAccountLink(
  trx: TenantTransaction,
  link: {
    customerId: string;
    tokenHash: Buffer;
    accountId: string;
    purpose: AccountLinkPurpose;
    email: string;
    createdAt: string;
    expiresAt: string;
  },
): Promise<void> {
  await trx
    .deleteFrom("account_links")
    .where("customer_id", "=", link.customerId)
    .where("account_id", "=", link.accountId)
    .where("purpose", "=", link.purpose)
    .execute();
  await trx
    .insertInto("account_links")
    .values({
      customer_id: link.customerId,
      token_hash: link.tokenHash,
      account_id: link.accountId,
      purpose: link.purpose,
      email: link.email,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute();
}

export interface AccountLinkRecord {
  purpose: AccountLinkPurpose;
  email: string;
  name: string | null;
  language: Language;
  expiresAt: string;
}

/** Finds a link that has not ended, through a definer function: the customer is not known yet. */
export async function findAccountLink(
  trx: TenantTransaction,
  tokenHash: Buffer,
  now: string,
): Promise<AccountLinkRecord | null> {
  const { rows } = await sql<AccountLinkRecord>`
    select purpose, email, name, language, expires_at as "expiresAt"
    from find_account_link(${tokenHash}, ${now})`.execute(trx);
  return rows[0] ?? null;
}

/** Uses a link once. @returns the address of the account, or null when the link has ended */
export async function useAccountLink(
  trx: TenantTransaction,
  tokenHash: Buffer,
  { passwordHash, usedAt }: { passwordHash: string | null; usedAt: string },
): Promise<string | null> {
  const { rows } = await sql<{ email: string | null }>`
    select follow_account_link(${tokenHash}, ${passwordHash}, ${usedAt}) as email`.execute(trx);
  return rows[0]?.email ?? null;
}
