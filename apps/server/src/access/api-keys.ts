import type { ApiKey } from "@payflip/contract/accounts/api-keys.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { brusselsDate } from "../domain/values/calendar-date.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import type { Database } from "../postgres/database.ts";
import { newId } from "../postgres/ids.ts";
import { strangerTransaction, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import {
  findApiKey,
  insertApiKey,
  type ListedApiKey,
  listApiKeys,
  revokeApiKey as revokeApiKeyRow,
} from "./api-keys.sql.ts";
import { entityIdsOf, type Principal, type TenantScope } from "./principal.ts";
import { hashToken, newToken } from "./token.ts";

const prefix = "pfk_";
/** Of a key's text, kept to recognise it by: 48 of its 256 bits. */
const shownLength = prefix.length + 8;

/** The principal of an `Authorization: Bearer` key; null when the key is unknown, revoked or expired. */
export async function readApiKey(db: Database, key: string, now: Date): Promise<Principal | null> {
  if (!key.startsWith(prefix)) return null;
  const today = brusselsDate(now.getTime());
  const found = await strangerTransaction(db, (trx) => findApiKey(trx, hashToken("api-key", key), today));
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

export interface CustomerApiKey {
  customerId: string;
  role: ApiKey["role"];
  /** null: every entity. */
  entityIds: string[] | null;
  /** For readers; a key of an admin always sees wages. */
  wages: boolean;
  /** What the key is for. */
  name?: string;
  /** The last day on which it is accepted. */
  expiresOn?: string | null;
}

interface KeyActor {
  actorKind: "account" | "api_key" | "command_line";
  actorId: string;
}

/** A new key's text, and what is stored of it. */
export function newKeyText(): { text: string; keyHash: Buffer; shown: string } {
  const text = prefix + newToken();
  return { text, keyHash: hashToken("api-key", text), shown: text.slice(0, shownLength) };
}

/** Creates a customer's key by the command line. @returns the key itself, which is shown once and never stored */
export async function createApiKey(db: Database, key: CustomerApiKey, now: Date): Promise<string> {
  const { customerId } = key;
  const actor = { actorKind: "command_line" as const, actorId: customerId };
  return await tenantTransaction(
    db,
    { customerId, entityIds: "all" },
    "app",
    async (trx) => (await issueApiKey(trx, key, actor, now)).text,
  );
}

/** Creates a customer's key in the transaction of that customer. `text` is shown once and never stored. */
async function issueApiKey(
  trx: TenantTransaction,
  key: CustomerApiKey,
  actor: KeyActor,
  now: Date,
): Promise<{ keyId: string; text: string }> {
  const { text, keyHash, shown } = newKeyText();
  const keyId = newId(now.getTime());
  await insertApiKey(trx, {
    keyId,
    keyHash,
    name: key.name ?? `${key.role} ${shown}`,
    prefix: shown,
    customerId: key.customerId,
    role: key.role,
    entityIds: key.entityIds,
    seesWages: key.role === "admin" || key.wages,
    createdBy: `${actor.actorKind}:${actor.actorId}`,
    createdAt: now.toISOString(),
    expiresOn: key.expiresOn ?? null,
  });
  await auditKey(trx, { customerId: key.customerId, keyId, action: "api_key.created", actor, now });
  return { keyId, text };
}

/** Creates a key with no more rights than the principal has. @throws Problem FORBIDDEN for more of them */
export async function createOwnApiKey(
  db: Database,
  { scope, principal, actor }: { scope: TenantScope; principal: Principal; actor: KeyActor },
  key: Omit<CustomerApiKey, "customerId">,
  now: Date,
): Promise<{ created: ListedApiKey; text: string }> {
  const entityIds = key.entityIds ?? entityIdsOf(principal);
  return await tenantTransaction(db, scope, "app", async (trx) => {
    const seesWages = key.role === "admin" || key.wages;
    if (seesWages && !principal.seesWages) throw new Problem("FORBIDDEN");
    const { customerId } = scope;
    const { keyId, text } = await issueApiKey(trx, { ...key, customerId, entityIds }, actor, now);
    const [created] = (await listApiKeys(trx, scope, { limit: 1, after: null, keyId })).keys;
    if (created === undefined) throw new Error("a key that was just made cannot be read");
    return { created, text };
  });
}

/** Revokes a customer's key; one that is revoked already stays as it is. @returns false when the scope has no such key */
export async function revokeApiKey(
  db: Database,
  scope: TenantScope,
  { keyId, actor }: { keyId: string; actor: KeyActor },
  now: Date,
): Promise<boolean> {
  return await tenantTransaction(db, scope, "app", async (trx) => {
    const [key] = (await listApiKeys(trx, scope, { limit: 1, after: null, keyId })).keys;
    if (key === undefined) return false;
    if (key.revokedAt !== null) return true;
    await revokeApiKeyRow(trx, scope.customerId, keyId, now.toISOString());
    const { customerId } = scope;
    await auditKey(trx, { customerId, keyId, action: "api_key.revoked", actor, now });
    return true;
  });
}

async function auditKey(
  trx: TenantTransaction,
  deed: { customerId: string; keyId: string; action: string; actor: KeyActor; now: Date },
): Promise<void> {
  const { customerId, keyId, action, actor, now } = deed;
  await recordAudit(trx, {
    ...actor,
    customerId,
    entityId: null,
    action,
    subject: keyId,
    doneAt: now.toISOString(),
  });
}
