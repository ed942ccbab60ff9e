import { sql } from "kysely";
import type { IdentityAlarm } from "../domain/guards/hold-types.ts";
import type { IdentitySwap } from "../domain/guards/identity-alarms.ts";
import type { RunKey } from "../domain/records/keys.ts";
import { planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { PersonRun } from "../runs/runs.sql.ts";

export interface IdentityMoves {
  /** Linked people who were listed in the last accepted run. */
  linked: number;
  /** Linked people of the listing whose name or e-mail changed. */
  renamed: string[];
  moves: IdentitySwap[];
}

/** Which names, e-mails and numbers the staged listing would change. In an orderly listing that is hardly any row. */
export async function findIdentityMoves(trx: TenantTransaction, run: RunKey): Promise<IdentityMoves> {
  await planForWholeListing(trx);
  const { rows } = await sql<{ linked: number; renamed: string[]; moves: IdentitySwap[] }>`
    with changed as materialized (
      select s.worker_id, s.email, e.email as had_email, s.employee_number, e.employee_number as had_number,
             (s.email is not null and s.email <> lower(e.email))
               or coalesce(s.first_name, e.first_name) <> e.first_name
               or coalesce(s.last_name, e.last_name) <> e.last_name as renamed
      from staged_workers s
      join links l on l.customer_id = s.customer_id and l.entity_id = s.entity_id and l.worker_id = s.worker_id
      join employees e on e.customer_id = l.customer_id and e.employee_id = l.employee_id
      where s.customer_id = ${run.customerId} and s.run_id = ${run.runId}
        and (s.email is distinct from e.email or s.employee_number is distinct from e.employee_number
             or s.first_name is distinct from e.first_name or s.last_name is distinct from e.last_name)),
    moves as (
      select c.worker_id, 'email' as field, o.worker_id as holder, o.had_number as number
      from changed c
      join changed o on o.had_email = c.email and o.worker_id <> c.worker_id and o.email <> o.had_email
      where c.email <> c.had_email
      union all
      select c.worker_id, 'employeeNumber', o.worker_id, o.had_number
      from changed c
      join changed o on o.had_number = c.employee_number and o.employee_number = c.had_number
        and o.worker_id <> c.worker_id
      where c.employee_number <> c.had_number)
    select
      (select count(*)::int from links
       where customer_id = ${run.customerId} and entity_id = ${run.entityId} and absent_since is null) as linked,
      coalesce((select array_agg(worker_id order by worker_id) from changed where renamed), '{}') as renamed,
      coalesce(
        (select json_agg(json_build_object('workerId', worker_id, 'field', field, 'holderWorkerId', holder,
                                           'holderEmployeeNumber', number) order by worker_id, field)
         from moves), '[]') as moves`.execute(trx);
  return rows[0] ?? { linked: 0, renamed: [], moves: [] };
}

/** The identity alarm that holds a worker: open, rejected, or accepted by the very hold that this run lets through. */
export async function findKnownAlarm(
  trx: TenantTransaction,
  { customerId, entityId, workerId, acceptedHoldId }: PersonRun,
): Promise<IdentityAlarm | null> {
  const { rows } = await sql<{ reasons: IdentityAlarm[] }>`
    select reasons
    from holds
    where customer_id = ${customerId} and entity_id = ${entityId} and worker_id = ${workerId} and kind = 'identity_swap'
      and (status in ('open', 'rejected') or (status = 'accepted' and hold_id = ${acceptedHoldId}::uuid))
    order by created_at desc, hold_id desc
    limit 1`.execute(trx);
  return rows[0]?.reasons[0] ?? null;
}

/** A worker who shares an e-mail with another worker, according to the last listing. */
export interface KnownDuplicate {
  workerId: string;
  email: string;
  employeeNumber: string;
  /** Employee numbers of the workers who share it, separated by ", ". */
  otherEmployeeNumbers: string;
  /** The worker linked to the employee who has the e-mail, if any. */
  holderWorkerId: string | null;
}

/**
 * Duplicates that earlier listings found among the e-mails that this run stages. A run about one person must not write an
 * e-mail that another worker is known to have too.
 */
export async function findKnownDuplicates(trx: TenantTransaction, run: RunKey): Promise<KnownDuplicate[]> {
  const { rows } = await sql<KnownDuplicate>`
    select i.worker_id as "workerId", s.email, coalesce(i.params->>'employeeNumber', '') as "employeeNumber",
           coalesce(i.params->>'otherEmployeeNumbers', '') as "otherEmployeeNumbers", l.worker_id as "holderWorkerId"
    from staged_workers s
    join issues i on i.customer_id = s.customer_id and i.entity_id = s.entity_id and i.code = 'EMAIL_DUPLICATE_IN_LIANTIS'
      and i.status <> 'closed' and i.params->>'email' = s.email
    left join employees e on e.customer_id = s.customer_id and e.email = s.email
    left join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    where s.customer_id = ${run.customerId} and s.run_id = ${run.runId} and s.email is not null
    order by i.worker_id`.execute(trx);
  return rows;
}
