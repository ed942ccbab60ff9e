import { sql } from "kysely";
import type { RunKey } from "../domain/records/keys.ts";
import { listedWorkers } from "../people/links/linked-people.sql.ts";
import { planForWholeListing } from "../postgres/planner-hints.ts";
import type { HoldPeople } from "../postgres/rows/issues-and-holds.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** So many people of a group are stored with the hold; the total counts all of them. */
const holdPeopleMax = 1000;

/**
 * The people who are newly absent, and those of whom a field emptied. To be called while the listing is staged. A record
 * without a readable id may belong to any absent person; they are all named.
 * @param emptied name of a field → its bit among the watched ones
 */
export async function findPeopleOfHold(
  trx: TenantTransaction,
  run: RunKey,
  emptied: ReadonlyMap<string, number>,
): Promise<HoldPeople[]> {
  await planForWholeListing(trx);
  const absent = sql`
    select l.worker_id, l.employee_id
    from links l
    where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId} and l.absent_since is null
      and not exists (select from (${listedWorkers(run)}) p where p.worker_id = l.worker_id)`;
  const groups = [await namePeople(trx, "absent", absent)];
  for (const [field, bit] of emptied) {
    const mask = 1 << bit;
    const blank = sql`
      select l.worker_id, l.employee_id
      from links l
      join staged_workers s on s.customer_id = ${run.customerId} and s.run_id = ${run.runId}
        and s.worker_id = l.worker_id
      where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId}
        and l.filled & ${mask}::int <> 0 and s.filled & ${mask}::int = 0`;
    groups.push(await namePeople(trx, field, blank));
  }
  return groups.filter(({ total }) => total > 0);
}

async function namePeople(
  trx: TenantTransaction,
  about: string,
  matching: ReturnType<typeof sql>,
): Promise<HoldPeople> {
  const { rows } = await sql<Pick<HoldPeople, "total" | "people">>`
    with matching as materialized (${matching})
    select
      (select count(*)::int from matching) as total,
      (select coalesce(json_agg(json_build_object('workerId', m.worker_id, 'employeeId', m.employee_id)), '[]')
       from (select * from matching order by worker_id limit ${holdPeopleMax}) m) as people`.execute(trx);
  return { about, total: rows[0]?.total ?? 0, people: rows[0]?.people ?? [] };
}

/** Stores linked people who are not listed in a preview, whether or not they were absent before. */
export async function insertAbsentOperations(
  trx: TenantTransaction,
  run: RunKey,
  planHash: Buffer,
): Promise<void> {
  await planForWholeListing(trx);
  await sql`
    insert into preview_operations (customer_id, preview_id, worker_id, entity_id, bucket, employee_id, plan_hash)
    select ${run.customerId}::uuid, ${run.runId}::uuid, l.worker_id, ${run.entityId}::uuid, 'absent', l.employee_id,
           ${planHash}::bytea
    from links l
    where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId}
      and not exists (select from (${listedWorkers(run)}) p where p.worker_id = l.worker_id)`.execute(trx);
}
