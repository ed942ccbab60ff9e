import { sql } from "kysely";
import { textArray } from "../postgres/column-arrays.ts";
import { anyCustomer, planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface RunKey {
  customerId: string;
  runId: string;
  entityId: string;
}

/**
 * Keeps, with the link, what Liantis says of the end of somebody's employment: a day comes on which it has passed, and the
 * person is settled then. Of whoever nothing usable was sent (`undefined`) what is kept stays. To be called with the writes of a
 * batch, which is what settles people.
 */
export async function rememberEmploymentEnds(
  trx: TenantTransaction,
  run: Pick<RunKey, "customerId" | "entityId">,
  people: { workerId: string; employmentEndDate: string | null | undefined }[],
): Promise<void> {
  const { customerId, entityId } = run;
  const known = people.flatMap(({ workerId, employmentEndDate: ends }) =>
    ends === undefined ? [] : [{ workerId, ends }],
  );
  if (known.length === 0) return;
  await sql`
    update links l set employment_end = i.ends
    from unnest(${textArray(known.map(({ workerId }) => workerId))}::text[], ${textArray(known.map(({ ends }) => ends))}::date[])
      as i(worker_id, ends)
    where l.customer_id = ${anyCustomer(customerId)} and l.entity_id = ${entityId} and l.worker_id = i.worker_id
      and l.employment_end is distinct from i.ends`.execute(trx);
}

export interface Leaver {
  workerId: string;
  employeeId: string;
  employeeNumber: string | null;
  /** What says that they left: the earliest sign. */
  reason: "absent" | "employment_end" | "no_contract";
  /** The earliest date that is known. */
  date: string;
}

/** SQL: whether somebody is synchronised at all; whoever was released or never chosen is no business of the integration. */
const inScope = sql`(c.mode is distinct from 'selective' or not exists (
  select from choices h where h.customer_id = l.customer_id and h.entity_id = l.entity_id and h.worker_id = l.worker_id and h.choice <> 'selected'))`;

/**
 * Linked people who seem to have left: no longer listed, their employment has ended, or nothing is left of their contracts
 * but ended and withdrawn ones. Deactivated people have been dealt with. @param today calendar date in Europe/Brussels
 */
export async function findLeavers(trx: TenantTransaction, run: RunKey, today: string): Promise<Leaver[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<Leaver>`
    with suspects as (
      select l.worker_id, e.employee_id, e.employee_number,
             (l.absent_since at time zone 'Europe/Brussels')::date as absent_on,
             case when l.employment_end <= ${today}::date then l.employment_end end as ended_on
      from links l
      join employees e on e.customer_id = l.customer_id and e.employee_id = l.employee_id
      join connections c on c.customer_id = l.customer_id and c.entity_id = l.entity_id
      where l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId} and e.deactivated_at is null
        and (l.absent_since is not null or l.employment_end <= ${today}::date or e.current_contract_id is null)
        and ${inScope}),
    contracts as (
      select s.employee_id,
             bool_or(not w.withdrawn and (w.end_date is null or w.end_date >= ${today}::date)) as goes_on,
             max(case when w.withdrawn then least(w.end_date, (w.updated_at at time zone 'Europe/Brussels')::date) else w.end_date end) as over_on
      from suspects s
      join wage_contracts w on w.customer_id = ${run.customerId} and w.employee_id = s.employee_id
      group by 1),
    signs as (
      select s.*, case when not k.goes_on then k.over_on end as no_contract_since
      from suspects s left join contracts k on k.employee_id = s.employee_id)
    select worker_id as "workerId", employee_id as "employeeId", employee_number as "employeeNumber",
           least(absent_on, ended_on, no_contract_since) as date,
           case least(absent_on, ended_on, no_contract_since) when ended_on then 'employment_end' when no_contract_since then 'no_contract'
                else 'absent' end as reason
    from signs where coalesce(absent_on, ended_on, no_contract_since) is not null
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

/** Listed people whose current contract ends soon, and who have none that goes on after it. @param until the last day that is soon */
export async function findEndingContracts(
  trx: TenantTransaction,
  run: RunKey,
  { today, until }: { today: string; until: string },
): Promise<EndingContract[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<EndingContract>`
    select l.worker_id as "workerId", e.employee_id as "employeeId", e.employee_number as "employeeNumber",
           w.contract_id as "contractId", w.end_date as "endDate"
    from wage_contracts w
    join employees e on e.customer_id = w.customer_id and e.employee_id = w.employee_id and e.current_contract_id = w.contract_id
    join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    join connections c on c.customer_id = l.customer_id and c.entity_id = l.entity_id
    where w.customer_id = ${run.customerId} and w.entity_id = ${run.entityId} and not w.withdrawn
      and w.end_date >= ${today}::date and w.end_date <= ${until}::date
      and e.deactivated_at is null and l.entity_id = ${run.entityId} and l.absent_since is null
      and (l.employment_end is null or l.employment_end > ${today}::date) and ${inScope}
      and not exists (
        select from wage_contracts n where n.customer_id = w.customer_id and n.employee_id = w.employee_id and n.contract_id <> w.contract_id
          and not n.withdrawn and n.start_date is not null and (n.end_date is null or n.end_date > w.end_date))
    order by l.worker_id`.execute(trx);
  return rows;
}

/** How many newcomers wait for a choice, and since when the latest of them. */
export async function waitingNewcomers(
  trx: TenantTransaction,
  { customerId, entityId }: { customerId: string; entityId: string },
): Promise<{ count: number; latestAt: string | null }> {
  const { rows } = await sql<{ count: number; latestAt: string | null }>`
    select count(*)::int as count, max(h.first_seen_at) as "latestAt" from choices h
    join connections c on c.customer_id = h.customer_id and c.entity_id = h.entity_id and c.mode = 'selective'
    where h.customer_id = ${customerId} and h.entity_id = ${entityId} and h.choice = 'waiting'`.execute(trx);
  return rows[0] ?? { count: 0, latestAt: null };
}
