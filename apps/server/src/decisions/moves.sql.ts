import type { CaseRecord } from "@payflip/contract/cases.ts";
import { sql } from "kysely";
import type { RunAt, RunKey } from "../domain/records/keys.ts";
import { recordOfText } from "../domain/records/record-text.ts";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { newId } from "../postgres/ids.ts";
import { planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A worker of this listing without a link, who has the e-mail of an employee of another entity of the customer. */
export interface PossibleMove {
  workerId: string;
  record: WorkerRecord;
  entityName: string;
  employeeId: string;
  oldRecord: CaseRecord;
}

const moveCode = "EMAIL_ALREADY_IN_USE_OTHER_ENTITY";

/**
 * Finds people who seem to come from another entity. To be called while the listing is staged. Left out are declined pairs, and
 * the old record of a person who was moved, while Liantis still lists it.
 */
export async function findPossibleMoves(trx: TenantTransaction, run: RunKey): Promise<PossibleMove[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<Omit<PossibleMove, "record"> & { record: string }>`
    select i.worker_id as "workerId",
           s.record,
           own.name as "entityName",
           e.employee_id as "employeeId",
           json_build_object(
             'entityId', e.entity_id,
             'entityName', f.name,
             'firstName', e.first_name,
             'lastName', e.last_name,
             'email', e.email,
             'employeeNumber', e.employee_number,
             'startDate', e.start_date
           ) as "oldRecord"
    from issues i
    join staged_workers s
      on s.customer_id = i.customer_id
      and s.run_id = ${run.runId}
      and s.worker_id = i.worker_id
    join employees e on e.customer_id = i.customer_id and e.email = s.email and e.entity_id <> i.entity_id
    join entities f on f.customer_id = e.customer_id and f.entity_id = e.entity_id
    join entities own on own.customer_id = i.customer_id and own.entity_id = i.entity_id
    where i.customer_id = ${run.customerId}
      and i.entity_id = ${run.entityId}
      and i.code = ${moveCode}
      and i.last_run_id = ${run.runId}
      and i.status <> 'closed'
      and not exists (
        select from links l
        where l.customer_id = i.customer_id and l.entity_id = i.entity_id and l.worker_id = i.worker_id)
      and not exists (
        select from cases c
        where c.customer_id = i.customer_id
          and c.employee_id = e.employee_id
          and (
            c.status = 'declined' and c.entity_id = i.entity_id and c.worker_id = i.worker_id
            or c.status = 'confirmed' and c.from_entity_id = i.entity_id and c.from_worker_id = i.worker_id
          ))
    order by i.worker_id`.execute(trx);
  return rows.map((row) => ({ ...row, record: recordOfText(row.record) }));
}

export interface MoveFact {
  workerId: string;
  employeeId: string;
  oldRecord: CaseRecord;
  newRecord: CaseRecord;
}

export interface OpenMove {
  caseId: string;
  workerId: string;
  employeeNumber: string | null;
}

/**
 * Opens cases, updates open ones whose records changed, and closes those without a fact.
 * @returns the open ones
 */
export async function raiseMoves(trx: TenantTransaction, run: RunAt, facts: MoveFact[]): Promise<OpenMove[]> {
  await closeUnseenMoves(trx, run, facts);
  if (facts.length > 0) {
    await sql`
      insert into cases as c (
        customer_id, entity_id, case_id, from_entity_id, kind, worker_id, employee_id, records, status,
        opened_at, last_seen_at, last_run_id)
      select ${run.customerId}::uuid, ${run.entityId}::uuid, f.case_id, f.from_entity_id, 'entity_move', f.worker_id,
             f.employee_id, f.records, 'open', ${run.now}::timestamptz, ${run.now}::timestamptz, ${run.runId}::uuid
      from unnest(
        ${facts.map(() => newId())}::uuid[],
        ${facts.map((fact) => fact.oldRecord.entityId)}::uuid[],
        ${facts.map((fact) => fact.workerId)}::text[],
        ${facts.map((fact) => fact.employeeId)}::uuid[],
        ${facts.map(recordsText)}::jsonb[]
      ) as f(case_id, from_entity_id, worker_id, employee_id, records)
      on conflict (customer_id, entity_id, kind, worker_id) where status = 'open' do update set
        records = excluded.records,
        last_seen_at = excluded.last_seen_at,
        last_run_id = excluded.last_run_id
      where c.records <> excluded.records`.execute(trx);
  }
  const { rows } = await sql<OpenMove>`
    select case_id as "caseId", worker_id as "workerId", records #>> '{new,employeeNumber}' as "employeeNumber"
    from cases
    where customer_id = ${run.customerId} and entity_id = ${run.entityId} and status = 'open'`.execute(trx);
  return rows;
}

/** The records of a case as the column holds them. */
function recordsText({ oldRecord, newRecord }: MoveFact): string {
  return JSON.stringify({ old: oldRecord, new: newRecord });
}

async function closeUnseenMoves(trx: TenantTransaction, run: RunAt, facts: MoveFact[]): Promise<void> {
  await sql`
    update cases c set status = 'closed', last_seen_at = ${run.now}::timestamptz
    where c.customer_id = ${run.customerId}
      and c.entity_id = ${run.entityId}
      and c.status = 'open'
      and not exists (
        select from unnest(
          ${facts.map((fact) => fact.workerId)}::text[],
          ${facts.map((fact) => fact.employeeId)}::uuid[]
        ) as f(worker_id, employee_id)
        where f.worker_id = c.worker_id and f.employee_id = c.employee_id)`.execute(trx);
}

/** Clears the old worker of confirmed moves once Liantis no longer lists them: a return would be a new move. */
export async function clearOldWorkers(trx: TenantTransaction, run: RunKey): Promise<void> {
  await sql`
    update cases c set from_worker_id = null
    where c.customer_id = ${run.customerId}
      and c.from_entity_id = ${run.entityId}
      and c.status = 'confirmed'
      and c.from_worker_id is not null
      and not exists (
        select from issues i
        where i.customer_id = c.customer_id
          and i.entity_id = c.from_entity_id
          and i.worker_id = c.from_worker_id
          and i.code = ${moveCode}
          and i.last_run_id = ${run.runId})`.execute(trx);
}
