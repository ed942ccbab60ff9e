import { sql } from "kysely";
import type { Database } from "../postgres/database.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface ScheduledConnection {
  customerId: string;
  entityId: string;
  activatedAt: string | null;
  lastScheduledDate: string | null;
  /** When somebody, or a pause, changed the connection last. */
  updatedAt: string;
}

/** Of all customers; asked in a platform transaction. */
export async function activeConnections(trx: TenantTransaction): Promise<ScheduledConnection[]> {
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
  /** Our own credential was refused in it: that is nobody's failing but ours, however long it takes. */
  ours: boolean;
}

/**
 * The runs that failed in a row for trouble at the provider (it could not be reached, or its listing contradicted itself), or with
 * our access to it, since the last one that did not; null when the last one did not fail so.
 */
export async function failingSeries(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<FailingSeries | null> {
  const { rows } = await sql<{
    failures: number;
    since: string | null;
    last_at: string | null;
    ours: boolean | null;
    open: boolean;
  }>`
    with recent as (
      select status, verdict, error_code, finished_at, created_at from runs
      where customer_id = ${customerId} and entity_id = ${entityId} and kind = 'full_listing'),
    good as (
      select max(created_at) as at from recent
      where status = 'finished'
        and coalesce(error_code, '') not in ('LIANTIS_UNAVAILABLE', 'LISTING_INCOMPLETE', 'PARTNER_AUTH_FAILED')),
    failed as (select * from recent where status = 'finished' and created_at > coalesce((select at from good), '-infinity'))
    select count(*)::int as failures, min(finished_at) as since, max(finished_at) as last_at,
           bool_or(error_code = 'PARTNER_AUTH_FAILED') as ours,
           exists (select from recent where status in ('queued', 'running')) as open
    from failed`.execute(trx);
  const row = rows[0];
  if (!row || row.open || row.failures === 0 || row.since === null || row.last_at === null) return null;
  return { failures: row.failures, since: row.since, lastAt: row.last_at, ours: row.ours ?? false };
}

/** How many people the last run of a connection met, which says how long the next one takes; 0 before the first. */
export async function listingSize(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<number> {
  const last = await trx
    .selectFrom("runs")
    .select("counts")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("kind", "in", ["full_listing", "preview"])
    .where("status", "=", "finished")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.counts.fetched ?? 0;
}

/** What the database says of itself, for whoever examines an installation. */
export async function lastScheduleSigns(
  db: Database,
): Promise<{ version: string; now: string; nightlyScheduled: boolean }> {
  const { rows } = await sql<{ version: string; now: string; scheduled: boolean }>`
    select current_setting('server_version') as version, clock_timestamp() as now,
           exists (select from pgboss.schedule where name = 'nightly') as scheduled`.execute(db);
  const row = rows[0];
  if (!row) throw new Error("the database says nothing");
  return { version: row.version, now: row.now, nightlyScheduled: row.scheduled };
}
