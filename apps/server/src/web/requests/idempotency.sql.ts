import { sql } from "kysely";
import type { TenantTransaction } from "../../postgres/transaction.ts";

export interface IdempotencyPlace {
  customerId: string;
  principal: string;
  key: string;
}

export interface IdempotencyRecord {
  requestHash: Buffer;
  status: number | null;
  /** Sealed text of the answer. */
  response: string | null;
  /** The request committed a write. */
  acted: boolean;
  claimedAt: string;
}

/**
 * Claims a key for a request. A key is free when it expired, or when its process died before the request wrote anything.
 * @returns null when the key is claimed now, else the record of the earlier request
 */
export async function claimIdempotencyKey(
  trx: TenantTransaction,
  place: IdempotencyPlace,
  claim: { requestHash: Buffer; now: string; freeBefore: string; abandonedBefore: string },
): Promise<IdempotencyRecord | null> {
  const { rows: claimed } = await sql`
    insert into idempotency_keys as k (customer_id, principal, key, request_hash, created_at)
    values (${place.customerId}, ${place.principal}, ${place.key}, ${claim.requestHash}, ${claim.now}::timestamptz)
    on conflict (customer_id, principal, key) do update
      set request_hash = excluded.request_hash, status = null, response = null, acted_at = null,
          created_at = excluded.created_at
      where k.created_at < ${claim.freeBefore}::timestamptz
        or (k.status is null and k.acted_at is null and k.created_at < ${claim.abandonedBefore}::timestamptz)
    returning key`.execute(trx);
  if (claimed.length === 1) return null;
  const row = await trx
    .selectFrom("idempotency_keys")
    .select(["request_hash", "status", "response", "acted_at", "created_at"])
    .where("customer_id", "=", place.customerId)
    .where("principal", "=", place.principal)
    .where("key", "=", place.key)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    requestHash: row.request_hash,
    status: row.status,
    response: sealedText(row.response),
    acted: row.acted_at !== null,
    claimedAt: row.created_at,
  };
}

export async function storeIdempotentAnswer(
  trx: TenantTransaction,
  place: IdempotencyPlace,
  answer: { status: number; response: string },
): Promise<void> {
  await updateKey(trx, place)
    .set({ status: answer.status, response: JSON.stringify(answer.response) })
    .execute();
}

/** Releases the key of a request that was refused. `unlessActed`: only if it wrote nothing. */
export async function releaseIdempotencyKey(
  trx: TenantTransaction,
  place: IdempotencyPlace,
  { unlessActed }: { unlessActed: boolean },
): Promise<void> {
  await trx
    .deleteFrom("idempotency_keys")
    .where("customer_id", "=", place.customerId)
    .where("principal", "=", place.principal)
    .where("key", "=", place.key)
    .$if(unlessActed, (query) => query.where("acted_at", "is", null))
    .execute();
}

/**
 * Marks the request as having written, in the transaction of the write: both are committed, or neither. A transaction that only
 * read marks nothing.
 */
export async function markRequestActed(
  trx: TenantTransaction,
  { customerId, principal, key }: IdempotencyPlace,
  now: string,
): Promise<void> {
  await sql`
    select mark_request_acted(${customerId}, ${principal}, ${key}, ${now}::timestamptz)
    where pg_current_xact_id_if_assigned() is not null`.execute(trx);
}

function updateKey(trx: TenantTransaction, place: IdempotencyPlace) {
  return trx
    .updateTable("idempotency_keys")
    .where("customer_id", "=", place.customerId)
    .where("principal", "=", place.principal)
    .where("key", "=", place.key);
}

function sealedText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
