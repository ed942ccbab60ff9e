import type { TaskKind } from "@payflip/contract/tasks.ts";
import { sql } from "kysely";
import type { RaisedTaskKind, TaskParams } from "../domain/catalogue/task-catalogue.ts";
import type { RunAt } from "../domain/records/keys.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A decision that an admin has to make, as a run found it. */
export type TaskFact = {
  [Kind in RaisedTaskKind]: TaskOfKind<Kind>;
}[RaisedTaskKind];

interface TaskOfKind<Kind extends RaisedTaskKind> {
  kind: Kind;
  /** "" for a task about the whole entity. */
  workerId: string;
  employeeId: string | null;
  params: TaskParams<Kind>;
  dueOn: string | null;
  /** Identifies what the task is about: a completed task does not open again for the same. */
  about: string;
}

/**
 * Opens tasks, or updates open ones. An unchanged task is not written. A completed task opens again only after its fact was gone
 * in between.
 */
export async function raiseTasks(
  trx: TenantTransaction,
  run: Omit<RunAt, "runId"> & { runId: string | null },
  facts: TaskFact[],
): Promise<void> {
  if (facts.length === 0) return;
  await sql`
    insert into tasks as t (
      customer_id, entity_id, task_id, kind, worker_id, employee_id, params, due_on, about, status,
      first_seen_at, last_seen_at, last_run_id)
    select ${run.customerId}::uuid, ${run.entityId}::uuid, f.task_id, f.kind, f.worker_id, f.employee_id, f.params,
           f.due_on, f.about, 'open', ${run.now}::timestamptz, ${run.now}::timestamptz, ${run.runId}::uuid
    from unnest(
      ${facts.map(() => newId())}::uuid[],
      ${facts.map((fact) => fact.kind)}::text[],
      ${facts.map((fact) => fact.workerId)}::text[],
      ${facts.map((fact) => fact.employeeId)}::uuid[],
      ${facts.map((fact) => JSON.stringify(fact.params))}::jsonb[],
      ${facts.map((fact) => fact.dueOn)}::date[],
      ${facts.map((fact) => fact.about)}::text[]
    ) as f(task_id, kind, worker_id, employee_id, params, due_on, about)
    where not exists (
      select from tasks d
      where d.customer_id = ${run.customerId}
        and d.entity_id = ${run.entityId}
        and d.kind = f.kind
        and d.worker_id = f.worker_id
        and d.about = f.about
        and d.status = 'done'
        and d.over_at is null)
    on conflict (customer_id, entity_id, kind, worker_id) where status = 'open' do update set
      params = excluded.params,
      employee_id = excluded.employee_id,
      due_on = excluded.due_on,
      about = excluded.about,
      last_seen_at = excluded.last_seen_at,
      last_run_id = excluded.last_run_id
    where t.params <> excluded.params
      or t.about <> excluded.about
      or t.due_on is distinct from excluded.due_on
      or t.employee_id is distinct from excluded.employee_id`.execute(trx);
}

/** Closes open tasks of these kinds whose fact is gone, and marks completed ones as over, so that they may open again. */
export async function closeUnseenTasks(
  trx: TenantTransaction,
  run: Omit<RunAt, "runId">,
  { kinds, facts }: { kinds: readonly TaskKind[]; facts: TaskFact[] },
): Promise<void> {
  const seen = sql`
    select from unnest(
      ${facts.map((fact) => fact.kind)}::text[],
      ${facts.map((fact) => fact.workerId)}::text[],
      ${facts.map((fact) => fact.about)}::text[]
    ) as f(kind, worker_id, about)
    where f.kind = t.kind and f.worker_id = t.worker_id`;
  const isOfKinds = sql`
    t.customer_id = ${run.customerId} and t.entity_id = ${run.entityId} and t.kind = any (${kinds}::text[])`;
  await sql`
    update tasks t set status = 'closed', ended_at = ${run.now}::timestamptz
    where ${isOfKinds} and t.status = 'open' and not exists (${seen})`.execute(trx);
  await sql`
    update tasks t set over_at = ${run.now}::timestamptz
    where ${isOfKinds}
      and t.status = 'done'
      and t.over_at is null
      and not exists (${seen} and f.about = t.about)`.execute(trx);
}

/** Closes the open tasks about an employee whom an admin changed by hand. */
export async function closeTasksOfEmployee(
  trx: TenantTransaction,
  about: { customerId: string; employeeId: string; kinds: readonly TaskKind[]; endedAt: string },
): Promise<void> {
  await trx
    .updateTable("tasks")
    .set({ status: "closed", ended_at: about.endedAt })
    .where("customer_id", "=", about.customerId)
    .where("employee_id", "=", about.employeeId)
    .where("kind", "in", [...about.kinds])
    .where("status", "=", "open")
    .execute();
}

/** @returns false when it is not open any more */
export async function completeTask(
  trx: TenantTransaction,
  task: { customerId: string; taskId: string; endedAt: string; endedBy: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("tasks")
    .set({ status: "done", ended_at: task.endedAt, ended_by: task.endedBy })
    .where("customer_id", "=", task.customerId)
    .where("task_id", "=", task.taskId)
    .where("status", "=", "open")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
