import { sql } from "kysely";
import type { RunKey } from "../../domain/records/keys.ts";
import { planForWholeListing } from "../../postgres/planner-hints.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/** SQL: the ids of everybody whom the staged listing of this run holds, chosen or not. */
export const present = (run: RunKey) => sql`
  select unnest(unchosen_worker_ids) as worker_id from staged_pages where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  ${presentInScope(run)}`;

/** SQL: those of them whose records the run looks at. */
const presentInScope = (run: RunKey) => sql`
  select unnest(settled_worker_ids) as worker_id from staged_pages where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  select unnest(unreadable_worker_ids) from staged_pages where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  select worker_id from staged_workers where customer_id = ${run.customerId} and run_id = ${run.runId}`;

export interface PresenceFigures {
  /** Linked people who were present in the last accepted run. */
  linked: number;
  /** Those of them whom this listing no longer holds. */
  newlyAbsent: number;
  /** All linked people whom this listing does not hold. */
  absent: number;
  /** A hash of who exactly is newly absent: accepting a hold lets just these through. */
  newlyAbsentFingerprint: string;
}

export async function presenceFigures(trx: TenantTransaction, run: RunKey): Promise<PresenceFigures> {
  await planForWholeListing(trx);
  const { rows } = await sql<{ linked: number; newly: number; absent: number; fingerprint: string | null }>`
    with present as (${present(run)}),
    missing as (
      select l.worker_id, l.absent_since from links l
      where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId}
        and not exists (select from present p where p.worker_id = l.worker_id))
    select (select count(*)::int from links l where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId} and l.absent_since is null) as linked,
           (select count(*)::int from missing where absent_since is null) as newly,
           (select count(*)::int from missing) as absent,
           (select md5(string_agg(worker_id, chr(10) order by worker_id)) from missing where absent_since is null) as fingerprint`.execute(
    trx,
  );
  const row = rows[0];
  if (!row) throw new Error("figures have one row");
  return {
    linked: row.linked,
    newlyAbsent: row.newly,
    absent: row.absent,
    newlyAbsentFingerprint: row.fingerprint ?? "",
  };
}

export interface FieldCoverage {
  /** Linked people whom the listing holds and who are in scope. */
  people: number;
  /** By bit of the field: how many had it filled when they were applied last, and how many have it now. */
  before: number[];
  after: number[];
}

/** Compares, over the same linked people, which fields were filled last time and which are now. */
export async function fieldCoverage(trx: TenantTransaction, run: RunKey): Promise<FieldCoverage> {
  await planForWholeListing(trx);
  // People are counted by which fields they have filled: in an orderly listing that is a handful of groups.
  const { rows } = await sql<{ people: number; before: number; after: number }>`
    select count(*)::int as people, l.filled as before, coalesce(s.filled, l.filled) as after
    from links l
    join (${presentInScope(run)}) p on p.worker_id = l.worker_id
    left join staged_workers s on s.customer_id = ${run.customerId} and s.run_id = ${run.runId} and s.worker_id = l.worker_id
    where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId}
    group by 2, 3`.execute(trx);
  const filled = (which: "before" | "after") =>
    Array.from({ length: bitsOfInteger }, (_, bit) =>
      rows.reduce((sum, row) => ((row[which] & (1 << bit)) === 0 ? sum : sum + row.people), 0),
    );
  return {
    people: rows.reduce((sum, row) => sum + row.people, 0),
    before: filled("before"),
    after: filled("after"),
  };
}

/** Of the column `filled`, without the sign. */
const bitsOfInteger = 31;

/** Remembers since when people are no longer listed, and who is listed again. Only ever called for a complete, accepted listing. */
export async function markAbsent(trx: TenantTransaction, run: RunKey, at: string): Promise<void> {
  await planForWholeListing(trx);
  await sql`
    update links l set absent_since = ${at}
    where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId} and l.absent_since is null
      and not exists (select from (${present(run)}) p where p.worker_id = l.worker_id)`.execute(trx);
  // Also whoever could not be read, or is held, and so was not written.
  await sql`
    update links l set absent_since = null
    where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId} and l.absent_since is not null
      and exists (select from (${present(run)}) p where p.worker_id = l.worker_id)`.execute(trx);
}

/** worker → the employee they are linked to; workers without a link are left out. */
export async function linkedEmployeeIds(
  trx: TenantTransaction,
  run: RunKey,
  workerIds: string[],
): Promise<Map<string, string>> {
  if (workerIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom("links")
    .select(["worker_id", "employee_id"])
    .where("customer_id", "=", run.customerId)
    .where("entity_id", "=", run.entityId)
    .where("worker_id", "=", sql<string>`any(${workerIds}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.worker_id, row.employee_id]));
}
