import type { TaskKind } from "@payflip/contract/tasks.ts";
import { sql } from "kysely";
import { newId } from "../postgres/ids.ts";
import type { ConnectionRow } from "../postgres/rows/connections.ts";
import type { RunRow } from "../postgres/rows/runs.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface FleetRecord {
  customerId: string;
  customerName: string;
  entityId: string;
  entityName: string;
  state: ConnectionRow["state"];
  available: boolean;
  mode: ConnectionRow["mode"];
  pausedReason: string | null;
  lastSuccessAt: string | null;
  lastRun: {
    id: string;
    trigger: RunRow["trigger"];
    status: RunRow["status"];
    verdict: RunRow["verdict"];
    errorCode: string | null;
    startedAt: string | null;
    finishedAt: string | null;
  } | null;
  issues: { code: string; count: number }[];
  tasks: { kind: TaskKind; count: number; dueOn: string | null }[];
  /** The open task of kind `support`. It is about the connection and names no person. */
  supportTask: { id: string; params: Record<string, string>; since: string } | null;
}

interface FleetFilter {
  state: ConnectionRow["state"] | "unavailable" | null;
  customerId: string | null;
}

/** SQL: the condition on connections `c` and customers `k` that a filter makes. */
function matches({ state, customerId }: FleetFilter) {
  return sql`
    (
      ${state}::text is null
      or ${state} = case when k.liantis_available_at is null then 'unavailable' else c.state end
    )
    and (${customerId}::uuid is null or c.customer_id = ${customerId}::uuid)`;
}

/** SQL: the last run over the whole listing of the connection `c`, as JSON. */
const lastRun = sql`
  select json_build_object(
           'id', r.run_id,
           'trigger', r.trigger,
           'status', r.status,
           'verdict', r.verdict,
           'errorCode', r.error_code,
           'startedAt', ${instantText("r.started_at")},
           'finishedAt', ${instantText("r.finished_at")}
         ) as run
  from runs r
  where r.customer_id = c.customer_id
    and r.entity_id = c.entity_id
    and r.kind in ('full_listing', 'undo')
  order by r.created_at desc
  limit 1`;

/** Every connection of the platform. For a platform transaction. */
export async function listFleet(
  trx: TenantTransaction,
  filter: FleetFilter,
  page: { limit: number; after: [customerId: string, entityId: string] | null },
): Promise<{ connections: FleetRecord[]; total: number }> {
  const matching = matches(filter);
  const [customerId, entityId] = page.after ?? [null, null];
  const { rows: connections } = await sql<FleetRecord>`
    select c.customer_id as "customerId",
           k.name as "customerName",
           c.entity_id as "entityId",
           e.name as "entityName",
           c.state,
           c.mode,
           k.liantis_available_at is not null as available,
           c.paused_reason as "pausedReason",
           c.last_success_at as "lastSuccessAt",
           r.run as "lastRun",
           i.issues,
           t.tasks,
           s.task as "supportTask"
    from connections c
    join customers k on k.customer_id = c.customer_id
    join entities e on e.customer_id = c.customer_id and e.entity_id = c.entity_id
    left join lateral (${lastRun}) r on true
    cross join lateral (
      select coalesce(json_agg(json_build_object('code', code, 'count', count) order by code), '[]') as issues
      from (
        select code, count(*)::int
        from issues i
        where i.customer_id = c.customer_id and i.entity_id = c.entity_id and i.status = 'open'
        group by code) i) i
    cross join lateral (
      select coalesce(json_agg(json_build_object('kind', kind, 'count', count, 'dueOn', due_on) order by kind), '[]') as tasks
      from (
        select kind, count(*)::int, min(due_on) as due_on
        from tasks t
        where t.customer_id = c.customer_id and t.entity_id = c.entity_id and t.status = 'open'
        group by kind) t) t
    left join lateral (
      select json_build_object('id', o.task_id, 'params', o.params, 'since', ${instantText("o.first_seen_at")}) as task
      from open_support_task(c.customer_id, c.entity_id) o) s on true
    where ${matching}
      and (${customerId}::uuid is null or (c.customer_id, c.entity_id) > (${customerId}::uuid, ${entityId}::uuid))
    order by c.customer_id, c.entity_id
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`
    select count(*)::int as total
    from connections c
    join customers k on k.customer_id = c.customer_id
    where ${matching}`.execute(trx);
  return { connections, total: totals[0]?.total ?? 0 };
}

/**
 * Completes a task that is the success manager's. For a platform transaction.
 * @returns `unknown`: there is no such task; `not_open`: it has ended
 */
export async function completeSupportTask(
  trx: TenantTransaction,
  taskId: string,
  { actorId, actor, completedAt }: { actorId: string; actor: string; completedAt: string },
): Promise<"done" | "not_open" | "unknown"> {
  const task = await trx
    .selectFrom("tasks")
    .select("customer_id")
    .where("task_id", "=", taskId)
    .where("kind", "=", "support")
    .executeTakeFirst();
  if (task === undefined) return "unknown";
  const { rows } = await sql<{ done: boolean }>`
    select complete_support_task(
      ${task.customer_id}, ${taskId}, ${actorId}, ${actor}, ${newId()}, ${completedAt}
    ) as done`.execute(trx);
  return rows[0]?.done === true ? "done" : "not_open";
}

/** SQL of an instant inside JSON, written as the driver writes instants everywhere else. */
function instantText(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
