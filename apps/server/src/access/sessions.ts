import type { Language } from "@payflip/contract/page.ts";
import type { Database } from "../postgres/database.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import type { Principal } from "./principal.ts";
import {
  changeOwnLanguage,
  deleteSession,
  findSession,
  insertSession,
  type Membership,
  touchSession,
} from "./sessions.sql.ts";
import { hashToken, newToken } from "./token.ts";

/** An unused session ends after 12 hours, every session after 7 days. */
const idleMs = 12 * 60 * 60 * 1000;
const absoluteMs = 7 * 24 * 60 * 60 * 1000;
/** A session is extended at most once a minute, so that most requests write nothing. */
const touchEveryMs = 60 * 1000;

export interface SignedIn {
  principal: Principal;
  account: { id: string; name: string; email: string; language: Language };
  memberships: Membership[];
}

/** @returns the token for the cookie; only its hash is stored */
export async function startSession(db: Database, accountId: string, now: Date): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + idleMs).toISOString();
  await strangerTransaction(db, (trx) =>
    insertSession(trx, {
      tokenHash: hashToken("session", token),
      accountId,
      startedAt: now.toISOString(),
      expiresAt,
    }),
  );
  return token;
}

/** The account of the session, or null when it ended. Extends the session. */
export async function readSession(db: Database, token: string, now: Date): Promise<SignedIn | null> {
  const tokenHash = hashToken("session", token);
  return await strangerTransaction(db, async (trx) => {
    const session = await findSession(trx, tokenHash, now.toISOString());
    if (session === null) return null;
    if (now.getTime() - Date.parse(session.lastSeenAt) >= touchEveryMs) {
      const end = Math.min(now.getTime() + idleMs, Date.parse(session.createdAt) + absoluteMs);
      await touchSession(trx, tokenHash, now.toISOString(), new Date(end).toISOString());
    }
    const { accountId: id, email, language, memberships } = session;
    return {
      principal: principalOfAccount(id, session.customerId, memberships),
      account: { id, email, language, name: session.name ?? email },
      memberships,
    };
  });
}

export async function endSession(db: Database, token: string): Promise<void> {
  await strangerTransaction(db, (trx) => deleteSession(trx, hashToken("session", token)));
}

export async function changeSessionLanguage(db: Database, token: string, language: Language): Promise<void> {
  await strangerTransaction(db, (trx) => changeOwnLanguage(trx, hashToken("session", token), language));
}

const precedence = ["success_manager", "support", "admin", "reader"] as const;

/** An account acts in its widest role. One without a membership is an employee's, and sees nothing here. */
function principalOfAccount(
  accountId: string,
  customerId: string | null,
  memberships: Membership[],
): Principal {
  const membership = precedence
    .map((role) => memberships.find((one) => one.role === role))
    .find((one) => one !== undefined);
  const base = { kind: "account" as const, accountId, keyId: null };
  if (membership === undefined)
    return { ...base, role: "employee", customerId, entityIds: [], seesWages: false };
  return {
    ...base,
    role: membership.role,
    customerId: membership.customerId,
    entityIds: membership.entityIds ?? "all",
    seesWages: membership.seesWages,
  };
}
