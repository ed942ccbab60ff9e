import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface ScheduledConnection extends EntityKey {
  activatedAt: string | null;
  lastScheduledDate: string | null;
  /** When the connection was last changed, by a person or by a pause. */
  updatedAt: string;
}

/** The active connections of all customers; to be called in a platform transaction. */
export async function listActiveConnections(trx: TenantTransaction): Promise<ScheduledConnection[]> {
  const rows = await trx
    .selectFrom("connections")
    .select(["customer_id", "entity_id", "activated_at", "last_scheduled_date", "updated_at"])
    .where("state", "=", "active")
    .orderBy("customer_id")
    .orderBy("entity_id")
    .execute();
  return rows.map((row) => ({
    customerId: row.customer_id,
    entityId: row.entity_id,
    activatedAt: row.activated_at,
    lastScheduledDate: row.last_scheduled_date,
    updatedAt: row.updated_at,
  }));
}

/** @param date Brussels date of the night */
export async function markScheduled(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  date: string,
): Promise<void> {
  await trx
    .updateTable("connections")
    .set({ last_scheduled_date: date })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

export interface FailingSeries {
  failures: number;
  since: string;
  lastAt: string;
  /** True if our own partner credential was refused; that never counts against the customer. */
  ours: boolean;
}

/**
 * The latest runs that failed in a row because of trouble at the provider (unreachable, or a listing that contradicts itself)
 * or with our access to it. Null when a run is open, or the last one did not fail so.
 */
export async function findFailingSeries(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<FailingSeries | null> {
  const { rows } = await sql<{
    failures: number;
    since: string | null;
    lastAt: string | null;
    ours: boolean | null;
    open: boolean;
  }>`
    with recent as (
      select status, error_code, finished_at, created_at
      from runs
      where customer_id = ${customerId} and entity_id = ${entityId} and kind = 'full_listing'),
    good as (
      select max(created_at) as created_at
      from recent
      where status = 'finished'
        and coalesce(error_code, '') not in ('LIANTIS_UNAVAILABLE', 'LISTING_INCOMPLETE', 'PARTNER_AUTH_FAILED')),
    failed as (
      select *
      from recent
      where status = 'finished' and created_at > coalesce((select created_at from good), '-infinity'))
    select count(*)::int as failures, min(finished_at) as since, max(finished_at) as "lastAt",
           bool_or(error_code = 'PARTNER_AUTH_FAILED') as ours,
           exists (select from recent where status in ('queued', 'running')) as open
    from failed`.execute(trx);
  const [row] = rows;
  if (!row || row.open || row.failures === 0 || row.since === null || row.lastAt === null) return null;
  return { failures: row.failures, since: row.since, lastAt: row.lastAt, ours: row.ours ?? false };
}
