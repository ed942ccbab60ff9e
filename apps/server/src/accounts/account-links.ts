import type { AccountLink, AccountLinkPurpose } from "@payflip/contract/accounts/account-links.ts";
import { hashPassword, reservePasswordPlace } from "../access/password.ts";
import { hashToken, newToken } from "../access/token.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { Database } from "../postgres/database.ts";
import { strangerTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { findAccountLink, replaceAccountLink, useAccountLink } from "./account-links.sql.ts";
import { passwordFault } from "./password-policy.ts";

const validMs = 7 * 24 * 60 * 60 * 1000;
/** When every place for a password is taken, the first of them is free again after this time. */
const fullQueueSeconds = 10;

/**
 * Makes a one-time link for an account; an older one of the same purpose ends.
 *
 * @param account.customerId the transaction's tenant: the account's customer, or the id of an account of the platform
 * @returns the token for the mail; only its hash is stored
 */
export async function createAccountLink(
  trx: TenantTransaction,
  account: { customerId: string; accountId: string; email: string; purpose: AccountLinkPurpose },
  now: Date,
): Promise<string> {
  const token = newToken();
  await replaceAccountLink(trx, {
    ...account,
    tokenHash: hashToken("account-link", token),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + validMs).toISOString(),
  });
  return token;
}

/** @throws Problem ACCOUNT_LINK_ENDED when the link was used, replaced or has expired */
export async function readAccountLink(db: Database, token: string, now: Date): Promise<AccountLink> {
  const link = await strangerTransaction(db, (trx) =>
    findAccountLink(trx, hashToken("account-link", token), now.toISOString()),
  );
  if (link === null) throw new Problem("ACCOUNT_LINK_ENDED");
  return { ...link, name: link.name ?? link.email };
}

/**
 * Sets the password of the link's account, or confirms its new address.
 *
 * @throws Problem ACCOUNT_LINK_ENDED, PASSWORD_TOO_WEAK, or RATE_LIMITED while too many passwords are being hashed
 */
export async function followAccountLink(
  db: Database,
  { token, password }: { token: string; password: string | null },
  now: Date,
): Promise<{ email: string }> {
  const { purpose, email } = await readAccountLink(db, token, now);
  const passwordHash = purpose === "confirm_address" ? null : await checkedHash(password ?? "", email);
  const used = await strangerTransaction(db, (trx) =>
    useAccountLink(trx, hashToken("account-link", token), { passwordHash, usedAt: now.toISOString() }),
  );
  if (used === null) throw new Problem("ACCOUNT_LINK_ENDED");
  return { email: used };
}

async function checkedHash(password: string, email: string): Promise<string> {
  const reason = passwordFault(password, email);
  if (reason !== null) throw new Problem("PASSWORD_TOO_WEAK", { params: { reason } });
  const leave = reservePasswordPlace();
  if (leave === null) throw new Problem("RATE_LIMITED", { retryAfterSeconds: fullQueueSeconds });
  try {
    return await hashPassword(password);
  } finally {
    leave();
  }
}
