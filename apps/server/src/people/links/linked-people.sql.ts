import { sql } from "kysely";
import type { RunKey } from "../../domain/records/keys.ts";
import { planForWholeListing } from "../../postgres/planner-hints.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/** SQL: the ids of all workers of the run's staged listing, in scope or not. */
export const listedWorkers = (run: RunKey) => sql`
  select unnest(unchosen_worker_ids) as worker_id
  from staged_pages
  where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  ${presentInScope(run)}`;

/** SQL: the ids of the workers of the run's staged listing that are in scope. */
const presentInScope = (run: RunKey) => sql`
  select unnest(settled_worker_ids) as worker_id
  from staged_pages
  where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  select unnest(unreadable_worker_ids)
  from staged_pages
  where customer_id = ${run.customerId} and run_id = ${run.runId}
  union all
  select worker_id
  from staged_workers
  where customer_id = ${run.customerId} and run_id = ${run.runId}`;

export interface PresenceFigures {
  /** Linked people who were present in the last accepted run. */
  linked: number;
  /** Those of them who are not in this listing. */
  newlyAbsent: number;
  /** All linked people who are not in this listing. */
  absent: number;
  /** A hash of the newly absent workers: an accepted hold lets exactly these pass. */
  newlyAbsentFingerprint: string;
}

export async function findPresenceFigures(trx: TenantTransaction, run: RunKey): Promise<PresenceFigures> {
  await planForWholeListing(trx);
  const { rows } = await sql<PresenceFigures>`
    with present as (${listedWorkers(run)}),
    missing as (
      select l.worker_id, l.absent_since
      from links l
      where l.customer_id = ${run.customerId}
        and l.entity_id = ${run.entityId}
        and not exists (select from present p where p.worker_id = l.worker_id))
    select
      (select count(*)::int
       from links l
       where l.customer_id = ${run.customerId}
         and l.entity_id = ${run.entityId}
         and l.absent_since is null) as linked,
      (select count(*)::int from missing where absent_since is null) as "newlyAbsent",
      (select count(*)::int from missing) as absent,
      (select coalesce(md5(string_agg(worker_id, chr(10) order by worker_id)), '')
       from missing
       where absent_since is null) as "newlyAbsentFingerprint"`.execute(trx);
  const [figures] = rows;
  if (figures === undefined) throw new Error("a select without from returned no row");
  return figures;
}

export interface FilledCounts {
  /** Linked people of the listing who are in scope. */
  people: number;
  /** By bit of the field: how many people had it filled when they were last applied. */
  before: number[];
  /** By bit of the field: how many people have it filled in this listing. */
  after: number[];
}

/** Compares, for the same linked people, how often each field was filled last time and is now. */
export async function countFilledFields(trx: TenantTransaction, run: RunKey): Promise<FilledCounts> {
  await planForWholeListing(trx);
  // Grouped by the set of filled fields: a usual listing has a handful of groups.
  const { rows } = await sql<{ people: number; before: number; after: number }>`
    select count(*)::int as people, l.filled as before, coalesce(s.filled, l.filled) as after
    from links l
    join (${presentInScope(run)}) p on p.worker_id = l.worker_id
    left join staged_workers s
      on s.customer_id = ${run.customerId}
      and s.run_id = ${run.runId}
      and s.worker_id = l.worker_id
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

/** The bits of the column `filled`, without the sign. */
const bitsOfInteger = 31;

/** Stores since when linked people are not listed, and clears it for those listed again. For a complete, accepted listing. */
export async function markAbsent(trx: TenantTransaction, run: RunKey, now: string): Promise<void> {
  await planForWholeListing(trx);
  await sql`
    update links l set absent_since = ${now}
    where l.customer_id = ${run.customerId}
      and l.entity_id = ${run.entityId}
      and l.absent_since is null
      and not exists (select from (${listedWorkers(run)}) p where p.worker_id = l.worker_id)`.execute(trx);
  // Unreadable and held people were not written by the run, and are cleared here.
  await sql`
    update links l set absent_since = null
    where l.customer_id = ${run.customerId}
      and l.entity_id = ${run.entityId}
      and l.absent_since is not null
      and exists (select from (${listedWorkers(run)}) p where p.worker_id = l.worker_id)`.execute(trx);
}

/** worker → their linked employee; workers without a link are left out. */
export async function findLinkedEmployeeIds(
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
