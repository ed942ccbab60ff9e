import { createHash } from "node:crypto";
import { normaliseEmail } from "../domain/values/email.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import { countSignInAttempt, findSignInAccount, markAttemptSucceeded } from "./accounts.sql.ts";
import { addressBucket } from "./address-bucket.ts";
import { reservePasswordPlace, verifyPassword } from "./password.ts";

/** Failed attempts within 15 minutes. */
export const signInLimits = {
  /** From one IP address, to any account. */
  addressMax: 50,
  /** From one IP address, to one account. */
  pairMax: 10,
  /** From everywhere, to one account. Binds only addresses that never signed in to it: an attacker cannot lock the owner out. */
  accountMax: 100,
};
const windowSeconds = 15 * 60;
/** When every place for a password is taken, the first of them is free again after this time. */
const fullQueueSeconds = 10;

export type SignInOutcome =
  | { kind: "signed_in"; accountId: string }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Signs in with a password. An unknown e-mail, a wrong password and an account without a password get the same answer, after the
 * same time.
 * @param address the caller's IP address
 */
export async function signInWithPassword(
  db: Database,
  attempt: { email: string; password: string; address: string },
  now: Date,
): Promise<SignInOutcome> {
  const leave = reservePasswordPlace();
  // Not counted as an attempt: the password was not tried.
  if (leave === null) return { kind: "too_many", retryAfterSeconds: fullQueueSeconds };
  try {
    return await tryPassword(db, attempt, now);
  } finally {
    leave();
  }
}

async function tryPassword(
  db: Database,
  attempt: { email: string; password: string; address: string },
  now: Date,
): Promise<SignInOutcome> {
  const email = normaliseEmail(attempt.email);
  const attemptId = newId(now.getTime());
  const { counts, account } = await strangerTransaction(db, async (trx) => ({
    counts: await countSignInAttempt(trx, {
      attemptId,
      accountBucket: createHash("sha256").update(email).digest(),
      addressBucket: createHash("sha256").update(addressBucket(attempt.address)).digest(),
      attemptedAt: now.toISOString(),
    }),
    account: await findSignInAccount(trx, email),
  }));
  const tooMany =
    counts.addressCount > signInLimits.addressMax ||
    counts.pairCount > signInLimits.pairMax ||
    (counts.accountCount > signInLimits.accountMax && !counts.addressKnown);
  if (tooMany) return { kind: "too_many", retryAfterSeconds: windowSeconds };
  const matches = await verifyPassword(attempt.password, account?.passwordHash ?? null);
  if (!matches || account === null) return { kind: "refused" };
  await strangerTransaction(db, (trx) => markAttemptSucceeded(trx, attemptId));
  return { kind: "signed_in", accountId: account.accountId };
}
