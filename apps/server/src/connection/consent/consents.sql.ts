import type { Language } from "@payflip/contract/page.ts";
import { sql } from "kysely";
import { recordOfRow, rowOfRecord } from "../../postgres/field-columns.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/** Who gave the consent, when, and for what. Append-only: the newest one counts. */
export interface StoredReceipt {
  customerId: string;
  receiptId: string;
  entityId: string;
  enterpriseNumber: string;
  consentId: string;
  signerSubject: string;
  signerName: string | null;
  signerEmail: string | null;
  signerRole: string;
  addresseeEmail: string | null;
  /** Null when no addressee was asked for the consent. */
  signerIsAddressee: boolean | null;
  dataCategories: string[];
  textVersion: string;
  grantedAt: string;
  recordedAt: string;
}

export async function insertConsentReceipt(trx: TenantTransaction, receipt: StoredReceipt): Promise<void> {
  await trx.insertInto("consent_receipts").values(rowOfRecord(receipt)).execute();
}

export async function findLatestReceipt(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<StoredReceipt | undefined> {
  const row = await trx
    .selectFrom("consent_receipts")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .orderBy("recorded_at", "desc")
    .orderBy("receipt_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && recordOfRow(row);
}

/** The state of a consent journey: made when the browser is sent to Liantis, used once. */
export interface ConsentState {
  customerId: string;
  stateId: string;
  entityId: string;
  stateHash: Buffer;
  /** Hash of the session's token, or of the transaction cookie of a connect link. */
  bindingHash: Buffer;
  enterpriseNumber: string;
  nonce: string;
  codeVerifierSealed: string;
  /** The connect link it was made from; null for a browser session. */
  connectTokenId: string | null;
  accountId: string | null;
  expiresAt: string;
  usedAt: string | null;
}

/** Inserts a state and deletes the entity's states that expired more than a day ago. */
export async function insertConsentState(
  trx: TenantTransaction,
  state: Omit<ConsentState, "usedAt">,
  now: string,
): Promise<void> {
  await trx
    .deleteFrom("consent_states")
    .where("customer_id", "=", state.customerId)
    .where("entity_id", "=", state.entityId)
    .where("expires_at", "<", new Date(Date.parse(now) - keepExpiredMs).toISOString())
    .execute();
  await trx
    .insertInto("consent_states")
    .values({ ...rowOfRecord(state), created_at: now, used_at: null })
    .execute();
}

/** The customer and entity of a state, through a definer function: the customer is not known yet. */
export async function findStateTenant(
  trx: TenantTransaction,
  stateHash: Buffer,
): Promise<RowTenant | undefined> {
  const { rows } = await sql<RowTenant>`
    select customer_id as "customerId", entity_id as "entityId", state_id as "rowId"
    from find_consent_state_tenant(${stateHash})`.execute(trx);
  return rows[0];
}

export interface RowTenant {
  customerId: string;
  entityId: string;
  rowId: string;
}

export async function findConsentState(
  trx: TenantTransaction,
  customerId: string,
  stateId: string,
): Promise<ConsentState | undefined> {
  const row = await trx
    .selectFrom("consent_states")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("state_id", "=", stateId)
    .executeTakeFirst();
  return row && recordOfRow(row);
}

/** Uses the state up: once, before it expires, in the browser that started the journey. @returns whether this call used it */
export async function useConsentState(
  trx: TenantTransaction,
  customerId: string,
  stateId: string,
  { bindingHash, now }: { bindingHash: Buffer; now: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("consent_states")
    .set({ used_at: now })
    .where("customer_id", "=", customerId)
    .where("state_id", "=", stateId)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .where("binding_hash", "=", bindingHash)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A link to the consent step, for a person without an account. */
export interface ConnectToken {
  customerId: string;
  tokenId: string;
  entityId: string;
  tokenHash: Buffer;
  enterpriseNumber: string;
  /** The addressee of a consent request; null for a link that an API key asked for. */
  addresseeEmail: string | null;
  language: Language;
  createdAt: string;
  expiresAt: string;
  endedAt: string | null;
}

export async function insertConnectToken(
  trx: TenantTransaction,
  token: Omit<ConnectToken, "endedAt">,
): Promise<void> {
  await trx
    .insertInto("connect_tokens")
    .values({ ...rowOfRecord(token), ended_at: null })
    .execute();
}

/** The customer and entity of a connect link, through a definer function: the customer is not known yet. */
export async function findTokenTenant(
  trx: TenantTransaction,
  tokenHash: Buffer,
): Promise<RowTenant | undefined> {
  const { rows } = await sql<RowTenant>`
    select customer_id as "customerId", entity_id as "entityId", token_id as "rowId"
    from find_connect_token_tenant(${tokenHash})`.execute(trx);
  return rows[0];
}

export async function findConnectToken(
  trx: TenantTransaction,
  customerId: string,
  tokenId: string,
): Promise<ConnectToken | undefined> {
  const row = await trx
    .selectFrom("connect_tokens")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("token_id", "=", tokenId)
    .executeTakeFirst();
  return row && recordOfRow(row);
}

/** The newest consent request that is neither ended nor expired. The screen shows it as "sent to … on …". */
export async function findOpenConsentRequest(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  now: string,
): Promise<ConnectToken | undefined> {
  const row = await trx
    .selectFrom("connect_tokens")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("addressee_email", "is not", null)
    .where("ended_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && recordOfRow(row);
}

/** Ends the entity's connect links, or only those of consent requests (`addressed`). */
export async function endConnectTokens(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { now, only }: { now: string; only: "all" | "addressed" },
): Promise<void> {
  await trx
    .updateTable("connect_tokens")
    .set({ ended_at: now })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("ended_at", "is", null)
    .$if(only === "addressed", (query) => query.where("addressee_email", "is not", null))
    .execute();
}

/** An expired state is kept for a day, so that a late redirect gets the right refusal. */
const keepExpiredMs = 86_400_000;
