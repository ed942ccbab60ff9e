import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { hiddenFromPlanner, planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Stores the end of employment that Liantis sends with the link: a settled person is not read again, and the date passes one
 * day. `undefined` (nothing usable was sent) leaves the stored date. To be called in the transaction of a batch's writes.
 */
export async function storeEmploymentEnds(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  people: { workerId: string; employmentEndDate: string | null | undefined }[],
): Promise<void> {
  const known = people.flatMap(({ workerId, employmentEndDate: ends }) =>
    ends === undefined ? [] : [{ workerId, ends }],
  );
  if (known.length === 0) return;
  await sql`
    update links l set employment_end = i.ends
    from unnest(
      ${textArray(known.map(({ workerId }) => workerId))}::text[],
      ${textArray(known.map(({ ends }) => ends))}::date[]
    ) as i(worker_id, ends)
    where l.customer_id = ${hiddenFromPlanner(customerId)}
      and l.entity_id = ${entityId}
      and l.worker_id = i.worker_id
      and l.employment_end is distinct from i.ends`.execute(trx);
}

export interface Leaver {
  workerId: string;
  employeeId: string;
  employeeNumber: string | null;
  /** The earliest sign that they left. */
  reason: "absent" | "employment_end" | "no_contract";
  /** The date of that sign. */
  date: string;
}

/** SQL: whether the person is synchronised: not so in selective mode, when they are released, excluded or waiting. */
const isInScope = sql`
  (
    c.mode is distinct from 'selective'
    or not exists (
      select from choices h
      where h.customer_id = l.customer_id
        and h.entity_id = l.entity_id
        and h.worker_id = l.worker_id
        and h.choice <> 'selected')
  )`;

/**
 * Linked people who seem to have left: no longer listed, their employment has ended, or they have only ended and withdrawn
 * contracts. Deactivated people are left out.
 * @param today calendar date in Europe/Brussels
 */
export async function findLeavers(
  trx: TenantTransaction,
  entity: EntityKey,
  today: string,
): Promise<Leaver[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<Leaver>`
    with suspects as (
      select l.worker_id, e.employee_id, e.employee_number,
             (l.absent_since at time zone 'Europe/Brussels')::date as absent_on,
             case when l.employment_end <= ${today}::date then l.employment_end end as ended_on
      from links l
      join employees e on e.customer_id = l.customer_id and e.employee_id = l.employee_id
      join connections c on c.customer_id = l.customer_id and c.entity_id = l.entity_id
      where l.customer_id = ${entity.customerId}
        and l.entity_id = ${entity.entityId}
        and e.deactivated_at is null
        and (l.absent_since is not null or l.employment_end <= ${today}::date or e.current_contract_id is null)
        and ${isInScope}),
    contracts as (
      select s.employee_id,
             bool_or(not w.withdrawn and (w.end_date is null or w.end_date >= ${today}::date)) as has_valid,
             max(case
               when w.withdrawn then least(w.end_date, (w.updated_at at time zone 'Europe/Brussels')::date)
               else w.end_date end) as over_on
      from suspects s
      join wage_contracts w on w.customer_id = ${entity.customerId} and w.employee_id = s.employee_id
      group by 1),
    signs as (
      select s.*, case when not k.has_valid then k.over_on end as no_contract_since
      from suspects s
      left join contracts k on k.employee_id = s.employee_id)
    select worker_id as "workerId",
           employee_id as "employeeId",
           employee_number as "employeeNumber",
           least(absent_on, ended_on, no_contract_since) as date,
           case least(absent_on, ended_on, no_contract_since)
             when ended_on then 'employment_end'
             when no_contract_since then 'no_contract'
             else 'absent' end as reason
    from signs
    where coalesce(absent_on, ended_on, no_contract_since) is not null
    order by worker_id`.execute(trx);
  return rows;
}

export interface EndingContract {
  workerId: string;
  employeeId: string;
  employeeNumber: string | null;
  contractId: string;
  /** Last day, inclusive. */
  endDate: string;
}

/** Listed people whose current contract ends from `today` to `until` (both inclusive) and who have no contract beyond it. */
export async function findEndingContracts(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  { today, until }: { today: string; until: string },
): Promise<EndingContract[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<EndingContract>`
    select l.worker_id as "workerId",
           e.employee_id as "employeeId",
           e.employee_number as "employeeNumber",
           w.contract_id as "contractId",
           w.end_date as "endDate"
    from wage_contracts w
    join employees e
      on e.customer_id = w.customer_id
      and e.employee_id = w.employee_id
      and e.current_contract_id = w.contract_id
    join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    join connections c on c.customer_id = l.customer_id and c.entity_id = l.entity_id
    where w.customer_id = ${customerId}
      and w.entity_id = ${entityId}
      and not w.withdrawn
      and w.end_date >= ${today}::date
      and w.end_date <= ${until}::date
      and e.deactivated_at is null
      and l.entity_id = ${entityId}
      and l.absent_since is null
      and (l.employment_end is null or l.employment_end > ${today}::date)
      and ${isInScope}
      and not exists (
        select from wage_contracts n
        where n.customer_id = w.customer_id
          and n.employee_id = w.employee_id
          and n.contract_id <> w.contract_id
          and not n.withdrawn
          and n.start_date is not null
          and (n.end_date is null or n.end_date > w.end_date))
    order by l.worker_id`.execute(trx);
  return rows;
}

/** The number of newcomers who wait for a choice, and when the latest of them was first listed. */
export async function countWaitingNewcomers(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
): Promise<{ count: number; latestAt: string | null }> {
  const { rows } = await sql<{ count: number; latestAt: string | null }>`
    select count(*)::int as count, max(h.first_seen_at) as "latestAt"
    from choices h
    join connections c on c.customer_id = h.customer_id and c.entity_id = h.entity_id and c.mode = 'selective'
    where h.customer_id = ${customerId} and h.entity_id = ${entityId} and h.choice = 'waiting'`.execute(trx);
  return rows[0] ?? { count: 0, latestAt: null };
}
