import type { Language } from "@payflip/contract/page.ts";
import { newKeyText } from "../access/api-keys.ts";
import { normaliseEmail } from "../domain/values/email.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import { deleteOperator, insertOperator, type OperatorRole, replaceOperatorKey } from "./operators.sql.ts";

export type OperatorCreated =
  | { kind: "created" | "key_replaced"; accountId: string; apiKey: string }
  | { kind: "exists"; accountId: string }
  | { kind: "email_taken" };

/**
 * Creates a success manager or a support agent with a key. An operator who exists keeps the key, unless `replacesKey` asks for a
 * new one: the old one is then revoked.
 */
export async function createOperator(
  db: Database,
  operator: {
    email: string;
    name: string;
    role: OperatorRole;
    language?: Language;
    replacesKey?: boolean;
  },
  now: Date,
): Promise<OperatorCreated> {
  const { role, name, language = "en" } = operator;
  const createdAt = now.toISOString();
  return await strangerTransaction(db, async (trx): Promise<OperatorCreated> => {
    const found = await insertOperator(trx, {
      accountId: newId(now.getTime()),
      email: normaliseEmail(operator.email),
      name,
      language,
      role,
      createdAt,
    });
    if (found === null) return { kind: "email_taken" };
    const { accountId, hasRoleAlready } = found;
    if (hasRoleAlready && operator.replacesKey !== true) return { kind: "exists", accountId };
    const { text, keyHash, shown } = newKeyText();
    const keyId = newId(now.getTime());
    await replaceOperatorKey(trx, { keyId, keyHash, prefix: shown, accountId, role, createdAt });
    return { kind: hasRoleAlready ? "key_replaced" : "created", accountId, apiKey: text };
  });
}

/** Removes an operator: the account with its sessions and links; the keys are revoked. @returns false when there is none */
export async function removeOperator(db: Database, email: string, now: Date): Promise<boolean> {
  const removed = await strangerTransaction(db, (trx) =>
    deleteOperator(trx, normaliseEmail(email), now.toISOString()),
  );
  return removed !== null;
}
