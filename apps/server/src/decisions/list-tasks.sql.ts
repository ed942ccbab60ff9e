import type { TaskKind } from "@payflip/contract/tasks.ts";
import { sql } from "kysely";
import type { TaskRow } from "../postgres/rows/tasks-and-cases.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface TaskRecord {
  taskId: string;
  entityId: string;
  kind: TaskKind;
  /** Null for a task about the whole entity. */
  workerId: string | null;
  employeeId: string | null;
  employeeName: string | null;
  employeeNumber: string | null;
  params: Record<string, string>;
  dueOn: string | null;
  status: TaskRow["status"];
  firstSeenAt: string;
  /** Of an open task: the last run that could have closed it and did not. */
  lastSeenAt: string;
  /** Of an entity move: the case, where the transaction may see it. */
  caseId: string | null;
}

export interface TaskFilter {
  customerId: string;
  entityId: string | null;
  taskId: string | null;
  status: TaskRow["status"] | null;
  kind: TaskKind | null;
  employeeId: string | null;
}

/** Tasks, those that wait the longest first. */
export async function listTasks(
  trx: TenantTransaction,
  filter: TaskFilter,
  page: { limit: number; after: [firstSeenAt: string, taskId: string] | null },
): Promise<{ tasks: TaskRecord[]; total: number }> {
  const matching = sql`
    t.customer_id = ${filter.customerId}
    and (${filter.entityId}::uuid is null or t.entity_id = ${filter.entityId}::uuid)
    and (${filter.taskId}::uuid is null or t.task_id = ${filter.taskId}::uuid)
    and (${filter.status}::text is null or t.status = ${filter.status})
    and (${filter.kind}::text is null or t.kind = ${filter.kind})
    and (${filter.employeeId}::uuid is null or t.employee_id = ${filter.employeeId}::uuid)`;
  const [firstSeenAt, taskId] = page.after ?? [null, null];
  const { rows: tasks } = await sql<TaskRecord>`
    select t.task_id as "taskId",
           t.entity_id as "entityId",
           t.kind,
           nullif(t.worker_id, '') as "workerId",
           t.employee_id as "employeeId",
           coalesce(trim(e.first_name || ' ' || e.last_name), nullif(t.params->>'name', '')) as "employeeName",
           e.employee_number as "employeeNumber",
           t.params,
           t.due_on as "dueOn",
           t.status,
           t.first_seen_at as "firstSeenAt",
           case when t.status = 'open' then greatest(t.last_seen_at, c.last_success_at)
                else t.last_seen_at end as "lastSeenAt",
           k.case_id as "caseId"
    from tasks t
    left join employees e on e.customer_id = t.customer_id and e.employee_id = t.employee_id
    left join connections c on c.customer_id = t.customer_id and c.entity_id = t.entity_id
    left join cases k
      on k.customer_id = t.customer_id
      and t.kind = 'entity_move'
      and k.case_id = nullif(t.about, '')::uuid
    where ${matching}
      and (
        ${firstSeenAt}::timestamptz is null
        or (t.first_seen_at, t.task_id) > (${firstSeenAt}::timestamptz, ${taskId}::uuid)
      )
    order by t.first_seen_at, t.task_id
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total from tasks t where ${matching}`.execute(trx);
  return { tasks, total: totals[0]?.total ?? 0 };
}
