import { createHash } from "node:crypto";
import { countSignInAttempt, findSignInAccount, markAttemptSucceeded } from "./accounts.sql.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import { normaliseEmail } from "../domain/values/email.ts";
import { addressBucket } from "./address-bucket.ts";
import { verifyPassword } from "./password.ts";

/** Failed attempts within 15 minutes. */
export const signInLimits = {
  /** From one address, whatever the account. */
  ofAddress: 50,
  /** Of one account from one address. */
  ofPair: 10,
  /** Of one account from everywhere: binds only addresses that never signed in to it, so nobody can lock the owner out. */
  ofAccount: 100,
};
const windowSeconds = 15 * 60;

export type SignInOutcome =
  | { kind: "signed_in"; accountId: string }
  | { kind: "refused" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Signs in with a password. An unknown address, a wrong password and an account without a password look and cost the same.
 * @param address the caller's IP address
 */
export async function signInWithPassword(
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
      at: now.toISOString(),
    }),
    account: await findSignInAccount(trx, email),
  }));
  const tooMany =
    counts.ofAddress > signInLimits.ofAddress ||
    counts.ofPair > signInLimits.ofPair ||
    (counts.ofAccount > signInLimits.ofAccount && !counts.addressKnown);
  if (tooMany) return { kind: "too_many", retryAfterSeconds: windowSeconds };
  const right = await verifyPassword(attempt.password, account?.passwordHash ?? null);
  if (!right || account === null) return { kind: "refused" };
  await strangerTransaction(db, (trx) => markAttemptSucceeded(trx, attemptId));
  return { kind: "signed_in", accountId: account.accountId };
}
