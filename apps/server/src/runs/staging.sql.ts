import { type RawBuilder, sql } from "kysely";
import type { RunKey } from "../domain/records/keys.ts";
import { recordText } from "../domain/records/record-text.ts";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { bytesArray, jsonArray, plainArray, textArray } from "../postgres/column-arrays.ts";
import { hiddenFromPlanner, planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** One worker of a page as it is staged. */
export interface StagedWorker {
  record: WorkerRecord;
  contentHash: Buffer;
  /** Bit set of the fields that are filled. */
  filled: number;
  metTwice: boolean;
}

export interface StagedPage {
  page: number;
  workers: StagedWorker[];
  unreadableWorkerIds: string[];
  unreadableNameless: number;
  /** Listed and not chosen: only the id is kept. */
  unchosenWorkerIds: string[];
}

/**
 * Stages one page of a listing. Of settled people (linked, nothing open, the same content as last time) only the id is kept; in
 * an unchanged night that is nearly everybody.
 */
export async function stagePage(trx: TenantTransaction, run: RunKey, page: StagedPage): Promise<void> {
  const settled = await insertPage(trx, run, page);
  const toPlan = page.workers.filter((_, index) => !settled.has(index));
  if (toPlan.length > 0) await insertStaged(trx, run, toPlan);
}

/**
 * Inserts the page. A worker who was staged earlier in the listing is never settled: the record that is read last counts. The
 * look-up goes worker by worker through the primary key; a join would read every link of the connection for each page, and the
 * time of a listing would grow with its square.
 * @returns the positions in the page of settled workers
 */
async function insertPage(
  trx: TenantTransaction,
  run: RunKey,
  { page, workers, unreadableWorkerIds, unreadableNameless, unchosenWorkerIds }: StagedPage,
): Promise<Set<number>> {
  const { rows } = await sql<{ position: number }>`
    with settled as materialized (
      select (i.position - 1)::int as position, i.worker_id
      from unnest(
        ${textArray(workers.map(({ record }) => record.workerId))}::text[],
        ${bytesArray(workers.map((worker) => worker.contentHash))}::bytea[])
        with ordinality as i(worker_id, content_hash, position)
      cross join lateral (
        select l.content_hash
        from links l
        where l.customer_id = ${hiddenFromPlanner(run.customerId)} and l.entity_id = ${run.entityId}
          and l.worker_id = i.worker_id
          and l.settled and l.absent_since is null
          and not exists (
            select from staged_workers s
            where s.customer_id = ${run.customerId} and s.run_id = ${run.runId} and s.worker_id = i.worker_id)
        offset 0
      ) l
      where l.content_hash = i.content_hash),
    written as (
      insert into staged_pages (customer_id, run_id, entity_id, page, settled_worker_ids, unreadable_worker_ids,
                                unreadable_nameless, unchosen_worker_ids)
      values (${run.customerId}, ${run.runId}, ${run.entityId}, ${page}, array(select worker_id from settled),
              ${textArray(unreadableWorkerIds)}::text[], ${unreadableNameless}, ${textArray(unchosenWorkerIds)}::text[]))
    select position from settled`.execute(trx);
  return new Set(rows.map((row) => row.position));
}

/** The values that facts across people are gathered from have columns; everything else is read from the record. */
async function insertStaged(trx: TenantTransaction, run: RunKey, workers: StagedWorker[]): Promise<void> {
  const records = workers.map(({ record }) => record);
  await sql`
    insert into staged_workers as s
      (customer_id, run_id, entity_id, worker_id, content_hash, filled, met_twice,
       first_name, last_name, email, employee_number, record)
    select ${run.customerId}::uuid, ${run.runId}::uuid, ${run.entityId}::uuid, i.*
    from unnest(
      ${textArray(records.map((record) => record.workerId))}::text[],
      ${bytesArray(workers.map((worker) => worker.contentHash))}::bytea[],
      ${plainArray(workers.map((worker) => worker.filled))}::int[],
      ${plainArray(workers.map((worker) => worker.metTwice))}::boolean[],
      ${textArray(records.map((record) => record.firstName))}::text[],
      ${textArray(records.map((record) => record.lastName))}::text[],
      ${textArray(records.map((record) => record.email))}::text[],
      ${textArray(records.map((record) => record.employeeNumber))}::text[],
      ${jsonArray(records.map(recordText))}::text[]
    ) as i(worker_id, content_hash, filled, met_twice, first_name, last_name, email, employee_number, record)
    on conflict (customer_id, run_id, worker_id) do update set
      met_twice = s.met_twice or s.content_hash is distinct from excluded.content_hash,
      content_hash = excluded.content_hash, filled = excluded.filled,
      first_name = excluded.first_name, last_name = excluded.last_name,
      email = excluded.email, employee_number = excluded.employee_number, record = excluded.record`.execute(
    trx,
  );
}

/** A listing of the same connection that staged this worker and did not apply them yet continues with the record read now. */
export async function renewStagedElsewhere(
  trx: TenantTransaction,
  run: RunKey,
  { record, contentHash, filled }: StagedWorker,
): Promise<void> {
  await sql`
    update staged_workers s set
      content_hash = ${contentHash}, filled = ${filled},
      first_name = ${record.firstName}, last_name = ${record.lastName},
      email = ${record.email}, employee_number = ${record.employeeNumber}, record = ${recordText(record)}
    from runs r
    where r.customer_id = ${run.customerId} and r.entity_id = ${run.entityId} and r.status = 'running'
      and r.kind in ('full_listing', 'preview')
      and s.customer_id = r.customer_id and s.run_id = r.run_id and s.worker_id = ${record.workerId}`.execute(
    trx,
  );
}

/** Removes what a run staged: before a listing is read again, and when the run has ended. */
export async function dropStaged(trx: TenantTransaction, run: RunKey): Promise<void> {
  await trx
    .deleteFrom("staged_pages")
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .execute();
  await trx
    .deleteFrom("staged_workers")
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .execute();
}

export interface UnreadableListed {
  /** Unreadable people whose id is known. */
  unreadableWorkerIds: string[];
  unreadableNameless: number;
}

export interface ListingTally extends UnreadableListed {
  /** Different listed people: readable, unreadable with or without an id, and those who are not chosen. */
  distinct: number;
  settled: number;
  unchosen: number;
}

/** Counts the staged listing, each person once. */
export async function tallyListing(trx: TenantTransaction, run: RunKey): Promise<ListingTally> {
  await planForWholeListing(trx);
  const { rows } = await sql<ListingTally>`
    with ${listed(run)},
    only_settled as (
      select worker_id from settled s
      where not exists (select from staged where staged.worker_id = s.worker_id)),
    unchosen as (select distinct unnest(unchosen_worker_ids) as worker_id from pages)
    select (select count(*)::int from staged) + (select count(*)::int from only_settled)
             + (select count(*)::int from unreadable) + (select count(*)::int from unchosen)
             + coalesce((select sum(unreadable_nameless)::int from pages), 0) as distinct,
           (select count(*)::int from unchosen) as unchosen,
           (select count(*)::int from only_settled) as settled,
           ${unreadableOnes}`.execute(trx);
  const [tally] = rows;
  if (!tally) throw new Error("a tally has one row");
  return tally;
}

/** The unreadable part of the tally, which costs nothing when every record could be read. */
export async function findUnreadable(trx: TenantTransaction, run: RunKey): Promise<UnreadableListed> {
  await planForWholeListing(trx);
  const { rows } = await sql<UnreadableListed>`with ${listed(run)} select ${unreadableOnes}`.execute(trx);
  const [unreadable] = rows;
  if (!unreadable) throw new Error("the unreadable people are one row");
  return unreadable;
}

/** SQL: the pages of a listing, and the workers on them. */
function listed({ customerId, runId }: RunKey): RawBuilder<unknown> {
  return sql`
    pages as (select * from staged_pages where customer_id = ${customerId} and run_id = ${runId}),
    staged as (select worker_id from staged_workers where customer_id = ${customerId} and run_id = ${runId}),
    settled as (select distinct unnest(settled_worker_ids) as worker_id from pages),
    unreadable as (
      select distinct u.worker_id from pages, unnest(unreadable_worker_ids) as u(worker_id)
      where not exists (select from staged where staged.worker_id = u.worker_id)
        and not exists (select from settled where settled.worker_id = u.worker_id))`;
}

const unreadableOnes = sql`
  coalesce((select array_agg(worker_id order by worker_id) from unreadable), '{}') as "unreadableWorkerIds",
  coalesce((select sum(unreadable_nameless)::int from pages), 0) as "unreadableNameless"`;

/** Workers of this listing that share an e-mail or an employee number with another worker of it or with a linked person. */
export interface SharedValues {
  /** e-mail → the workers that have it, with their employee numbers ("" for none); only e-mails of more than one worker. */
  byEmail: Map<string, { workerId: string; employeeNumber: string }[]>;
  /**
   * Workers whose employee number belongs to another linked person of the entity or to an earlier worker of the listing. The
   * worker whose employee has the number already comes first. Whether a worker is linked does not count: otherwise the next
   * listing would decide differently.
   */
  numberTaken: Set<string>;
}

/** Read once per run. Only the exceptions are in memory, however long the listing is. */
export async function findSharedValues(trx: TenantTransaction, run: RunKey): Promise<SharedValues> {
  await planForWholeListing(trx);
  const emails = await sql<{ email: string; workerIds: string[]; numbers: string[] }>`
    select email, array_agg(worker_id order by worker_id) as "workerIds",
           array_agg(coalesce(employee_number, '') order by worker_id) as numbers
    from staged_workers
    where customer_id = ${run.customerId} and run_id = ${run.runId} and email is not null
    group by email
    having count(*) > 1`.execute(trx);
  const numbers = await sql<{ workerId: string }>`
    with staged as (
      select s.worker_id, s.employee_number,
             row_number() over (
               partition by s.employee_number
               order by coalesce(e.employee_number = s.employee_number, false) desc, s.worker_id) as place
      from staged_workers s
      left join links l on l.customer_id = s.customer_id and l.entity_id = s.entity_id and l.worker_id = s.worker_id
      left join employees e on e.customer_id = l.customer_id and e.employee_id = l.employee_id
      where s.customer_id = ${run.customerId} and s.run_id = ${run.runId} and s.employee_number is not null)
    select worker_id as "workerId" from staged where place > 1
    union
    select s.worker_id
    from staged s
    join employees e on e.customer_id = ${run.customerId} and e.entity_id = ${run.entityId}
      and e.employee_number = s.employee_number
    join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    where l.worker_id <> s.worker_id
      and not exists (
        select from staged_workers o
        where o.customer_id = ${run.customerId} and o.run_id = ${run.runId} and o.worker_id = l.worker_id
          and o.employee_number is distinct from s.employee_number)`.execute(trx);
  const byEmail = new Map(
    emails.rows.map((row) => [
      row.email,
      row.workerIds.map((workerId, index) => ({ workerId, employeeNumber: row.numbers[index] ?? "" })),
    ]),
  );
  return { byEmail, numberTaken: new Set(numbers.rows.map((row) => row.workerId)) };
}
