import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { countSignInAttempt, findSignInAccount } from "../access/accounts.sql.ts";
import { addressBucket } from "../access/address-bucket.ts";
import { normaliseEmail } from "../domain/values/email.ts";
import type { MailQueue } from "../notify/queue-mail.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { mailAccountLink } from "./account-mails.ts";

/** Requests within 15 minutes; those beyond send no mail. */
export const resetLimits = {
  /** For one account, from everywhere. */
  accountMax: 3,
  /** From one IP address, for any account. */
  addressMax: 20,
};
/** An answer takes a whole multiple of this, so that its time does not tell whether a mail was written. */
const answerStepMs = 400;

/**
 * Mails a link to the owner of a forgotten password, if an account has the address. It takes the same time if none has.
 * @param request.address the caller's IP address
 */
export async function requestPasswordReset(
  deps: MailQueue & { db: Database },
  request: { email: string; address: string },
): Promise<void> {
  const startMs = performance.now();
  try {
    await mailReset(deps, request);
  } finally {
    await pause(answerStepMs - ((performance.now() - startMs) % answerStepMs));
  }
}

async function mailReset(
  deps: MailQueue & { db: Database },
  request: { email: string; address: string },
): Promise<void> {
  const { db } = deps;
  const now = deps.now();
  const typed = normaliseEmail(request.email);
  const { counts, account } = await strangerTransaction(db, async (trx) => ({
    // Counted beside the attempts to sign in, under names that no attempt has.
    counts: await countSignInAttempt(trx, {
      attemptId: newId(now.getTime()),
      accountBucket: bucket(`password-reset:${typed}`),
      addressBucket: bucket(`password-reset:${addressBucket(request.address)}`),
      attemptedAt: now.toISOString(),
    }),
    account: await findSignInAccount(trx, typed),
  }));
  const isTooMany =
    counts.accountCount > resetLimits.accountMax || counts.addressCount > resetLimits.addressMax;
  const hasSignIn = account !== null && (account.hasRole || account.passwordHash !== null);
  if (isTooMany || !hasSignIn) return;
  const { accountId, email, language } = account;
  const customerId = account.customerId ?? accountId;
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    mailAccountLink(trx, deps, { customerId, accountId, email, language, purpose: "reset" }),
  );
}

function bucket(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
