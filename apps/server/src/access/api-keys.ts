import { normaliseEmail } from "../domain/values/email.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction, tenantTransaction } from "../postgres/transaction.ts";
import { findApiKey, insertApiKey, insertOperator } from "./api-keys.sql.ts";
import type { Principal } from "./principal.ts";
import { hashToken, newToken } from "./token.ts";

const prefix = "pfk_";

/** The principal of an `Authorization: Bearer` key; null when the key is unknown or revoked. */
export async function readApiKey(db: Database, key: string): Promise<Principal | null> {
  if (!key.startsWith(prefix)) return null;
  const found = await strangerTransaction(db, (trx) => findApiKey(trx, hashToken("api-key", key)));
  if (found === null) return null;
  const { keyId, customerId, role, entityIds, seesWages } = found;
  return {
    kind: "api_key",
    accountId: null,
    keyId,
    role,
    customerId,
    entityIds: entityIds ?? "all",
    seesWages,
  };
}

export interface NewApiKey {
  customerId: string;
  role: "admin" | "reader";
  /** null: every entity. */
  entityIds: string[] | null;
  /** For readers; a key of an admin always sees wages. */
  wages: boolean;
}

/** Creates a customer's key. @returns the key itself, which is shown once and never stored */
export async function createApiKey(db: Database, key: NewApiKey, now: Date): Promise<string> {
  const text = prefix + newToken();
  await tenantTransaction(db, { customerId: key.customerId, entityIds: "all" }, "app", (trx) =>
    insertApiKey(trx, {
      keyId: newId(now.getTime()),
      keyHash: hashToken("api-key", text),
      customerId: key.customerId,
      role: key.role,
      entityIds: key.entityIds,
      seesWages: key.role === "admin" || key.wages,
      createdAt: now.toISOString(),
    }),
  );
  return text;
}

export type OperatorCreated =
  | { kind: "created"; accountId: string; apiKey: string }
  | { kind: "email_taken" };

/** Creates a success manager or a support agent, or gives an existing one a further key. */
export async function createOperator(
  db: Database,
  operator: { email: string; name: string; role: "success_manager" | "support" },
  now: Date,
): Promise<OperatorCreated> {
  const apiKey = prefix + newToken();
  const accountId = await strangerTransaction(db, (trx) =>
    insertOperator(trx, {
      accountId: newId(now.getTime()),
      email: normaliseEmail(operator.email),
      name: operator.name,
      language: "en",
      role: operator.role,
      keyId: newId(now.getTime()),
      keyHash: hashToken("api-key", apiKey),
      createdAt: now.toISOString(),
    }),
  );
  return accountId === null ? { kind: "email_taken" } : { kind: "created", accountId, apiKey };
}
