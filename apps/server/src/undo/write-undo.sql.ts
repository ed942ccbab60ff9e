import { sql } from "kysely";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { PlannedField } from "../domain/guards/hold-types.ts";
import { jsonArray, plainArray, textArray } from "../postgres/column-arrays.ts";
import type { RunAt } from "../domain/records/keys.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** Inserts the run that an undo is; it has ended already. */
export async function insertUndoRun(
  trx: TenantTransaction,
  { customerId, entityId, runId, now }: RunAt,
  run: { requestedBy: string; counts: RunCounts; needsAttention: boolean; changes: number },
): Promise<void> {
  const { counts } = run;
  await sql`
    insert into runs (customer_id, run_id, entity_id, kind, trigger, status, verdict, phase, attempt, listing_ended, done,
                      declared_total, change_seq, counts, requested_by, created_at, started_at, finished_at, phase_started_at)
    values (${customerId}, ${runId}, ${entityId}, 'undo', 'revert', 'finished',
            ${run.needsAttention ? "needs_attention" : "in_order"}, 'report', 1, true, ${counts.fetched},
            ${counts.fetched}, ${run.changes}, ${JSON.stringify(counts)}, ${run.requestedBy}, ${now}, ${now}, ${now},
            ${now})`.execute(trx);
}

/** Marks which fields of a run's changes were undone. */
export async function markUndone(
  trx: TenantTransaction,
  { customerId, now }: RunAt,
  undoneRunId: string,
  undone: { seq: number; fields: string[] }[],
): Promise<void> {
  if (undone.length === 0) return;
  await sql`
    update changes c set
      undone_fields = case when c.undone_at is null then i.fields else c.undone_fields || i.fields end,
      undone_at = ${now}::timestamptz
    from (
      select seq, array(select json_array_elements_text(f::json)) as fields
      from unnest(
        ${plainArray(undone.map((one) => one.seq))}::int[],
        ${jsonArray(undone.map((one) => JSON.stringify(one.fields)))}::text[]) as u(seq, f)) i
    where c.customer_id = ${customerId} and c.run_id = ${undoneRunId}::uuid and c.seq = i.seq`.execute(trx);
}

/** Takes their e-mail from people who get another one, so that they can swap e-mails within the transaction. */
export async function parkEmails(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<void> {
  if (employeeIds.length === 0) return;
  const ids = textArray(employeeIds);
  await sql`
    update accounts a set email = a.account_id::text || '@parked.invalid'
    from employees e
    where e.customer_id = ${customerId} and e.employee_id = any (${ids}::uuid[]) and a.customer_id = ${customerId}
      and a.account_id = e.account_id and a.email = e.email and e.invited_at is null and a.password_hash is null
      and not exists (select from memberships m where m.account_id = a.account_id)`.execute(trx);
  await sql`
    update employees set email = employee_id::text || '@parked.invalid'
    where customer_id = ${customerId} and employee_id = any (${ids}::uuid[])`.execute(trx);
}

export async function deleteContracts(
  trx: TenantTransaction,
  customerId: string,
  contracts: { employeeId: string; contractId: string }[],
): Promise<void> {
  if (contracts.length === 0) return;
  await sql`
    delete from wage_contracts c
    using unnest(
      ${textArray(contracts.map((one) => one.employeeId))}::uuid[],
      ${textArray(contracts.map((one) => one.contractId))}::text[]) as i(employee_id, contract_id)
    where c.customer_id = ${customerId} and c.employee_id = i.employee_id
      and c.contract_id = i.contract_id`.execute(trx);
}

export async function deleteLinks(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<void> {
  if (employeeIds.length === 0) return;
  await sql`
    delete from links
    where customer_id = ${customerId} and employee_id = any (${textArray(employeeIds)}::uuid[])`.execute(trx);
}

/**
 * Removes people whom a run created, with the accounts that were made for them and cannot be signed in with. Issues, holds and
 * tasks about them keep the worker alone.
 */
export async function removePeople(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<void> {
  if (employeeIds.length === 0) return;
  const ids = textArray(employeeIds);
  const { rows: accounts } = await sql<{ accountId: string }>`
    select a.account_id as "accountId"
    from employees e
    join accounts a on a.account_id = e.account_id
    where e.customer_id = ${customerId} and e.employee_id = any (${ids}::uuid[])
      and a.created_at = e.created_at`.execute(trx);
  for (const table of ["issues", "holds", "tasks"]) {
    await sql`
      update ${sql.table(table)} set employee_id = null
      where customer_id = ${customerId} and employee_id = any (${ids}::uuid[])`.execute(trx);
  }
  await sql`
    delete from employees
    where customer_id = ${customerId} and employee_id = any (${ids}::uuid[])`.execute(trx);
  const made = textArray(accounts.map((row) => row.accountId));
  await sql`select delete_unused_accounts(${customerId}, ${made}::uuid[])`.execute(trx);
}

/** Which of these workers are linked. */
export async function findLinkedAmong(
  trx: TenantTransaction,
  { customerId, entityId }: RunAt,
  workerIds: string[],
): Promise<Set<string>> {
  if (workerIds.length === 0) return new Set();
  const { rows } = await sql<{ workerId: string }>`
    select worker_id as "workerId"
    from links
    where customer_id = ${customerId} and entity_id = ${entityId}
      and worker_id = any (${textArray(workerIds)}::text[])`.execute(trx);
  return new Set(rows.map((row) => row.workerId));
}

export interface UndoneHold {
  workerId: string;
  /** Null: the employee was removed. */
  employeeId: string | null;
  fingerprint: string;
  /** What the next run would write again. */
  fields: PlannedField[];
}

/**
 * Holds people as they are now until an admin accepts what Liantis sends. A later undo replaces the hold of an earlier one, and
 * earlier acceptances about these people end.
 */
export async function holdUndone(
  trx: TenantTransaction,
  { customerId, entityId, runId, now }: RunAt,
  holds: UndoneHold[],
): Promise<void> {
  if (holds.length === 0) return;
  const workerIds = textArray(holds.map((hold) => hold.workerId));
  await sql`
    update holds set status = 'superseded'
    where customer_id = ${customerId} and entity_id = ${entityId} and worker_id = any (${workerIds}::text[])
      and case kind when 'reverted' then status in ('open', 'rejected') else status = 'accepted' end`.execute(
    trx,
  );
  await sql`
    insert into holds (customer_id, hold_id, run_id, entity_id, kind, reasons, fingerprint, status, worker_id,
                       employee_id, fields, last_run_id, created_at)
    select ${customerId}::uuid, i.hold_id, ${runId}::uuid, ${entityId}::uuid, 'reverted',
           '[{"code":"REVERTED","params":{}}]', i.fingerprint, 'open', i.worker_id, i.employee_id, i.fields, ${runId}::uuid,
           ${now}::timestamptz
    from unnest(
      ${textArray(holds.map(() => newId()))}::uuid[],
      ${workerIds}::text[],
      ${textArray(holds.map((hold) => hold.employeeId))}::uuid[],
      ${textArray(holds.map((hold) => hold.fingerprint))}::text[],
      ${jsonArray(holds.map((hold) => JSON.stringify(hold.fields)))}::jsonb[])
      as i(hold_id, worker_id, employee_id, fingerprint, fields)`.execute(trx);
}
