import { type RawBuilder, type Selectable, sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import type { HoldRow } from "../postgres/rows/issues-and-holds.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A hold with the names of the people it is about: one person, or some of those for whom a run was held. */
export interface HoldRecord {
  holdId: string;
  entityId: string;
  runId: string;
  lastRunId: string | null;
  kind: string;
  reasons: Selectable<HoldRow>["reasons"];
  fields: Selectable<HoldRow>["fields"];
  status: HoldRow["status"];
  /** Null: it holds a whole run. */
  workerId: string | null;
  employeeId: string | null;
  employeeName: string | null;
  employeeNumber: string | null;
  people: NamedGroup[];
  createdAt: string;
}

export interface NamedGroup {
  /** `absent`, or a field that is empty now. */
  about: string;
  total: number;
  /** At most 50 of the group, and only those that the caller may see. */
  people: { employeeId: string; workerId: string; name: string; employeeNumber: string | null }[];
}

const namedMax = 50;

/** The holds of several runs, oldest first. */
export async function listHoldsOfRuns(
  trx: TenantTransaction,
  customerId: string,
  runIds: string[],
): Promise<HoldRecord[]> {
  if (runIds.length === 0) return [];
  return await selectHolds(
    trx,
    sql`
      h.customer_id = ${customerId}
      and (h.run_id = any (${runIds}::uuid[]) or h.last_run_id = any (${runIds}::uuid[]))`,
  );
}

/** SQL: whether an admin decides the hold. In selective mode, the hold of an undo is not shown for people who are not chosen. */
const isAsked = sql`
  (
    h.kind <> 'reverted'
    or not exists (
      select from connections n
      where n.customer_id = h.customer_id and n.entity_id = h.entity_id and n.mode = 'selective')
    or exists (
      select from choices c
      where c.customer_id = h.customer_id
        and c.entity_id = h.entity_id
        and c.worker_id = h.worker_id
        and c.choice = 'selected')
  )`;

/** The holds of an entity that wait for an admin. */
export async function listOpenHolds(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<HoldRecord[]> {
  return await selectHolds(
    trx,
    sql`h.customer_id = ${customerId} and h.entity_id = ${entityId} and h.status = 'open' and ${isAsked}`,
  );
}

/** The holds of one person that hold something back now: the open ones, and rejected ones whose values Liantis still sends. */
export async function listHoldsOfWorker(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: EntityKey & { workerId: string },
): Promise<HoldRecord[]> {
  return await selectHolds(
    trx,
    sql`
      h.customer_id = ${customerId}
      and h.entity_id = ${entityId}
      and h.worker_id = ${workerId}
      and (h.status = 'open' or (h.status = 'rejected' and h.over_at is null))
      and ${isAsked}`,
  );
}

export async function findHoldRecord(
  trx: TenantTransaction,
  customerId: string,
  holdId: string,
): Promise<HoldRecord | undefined> {
  const [found] = await selectHolds(trx, sql`h.customer_id = ${customerId} and h.hold_id = ${holdId}::uuid`);
  return found;
}

async function selectHolds(trx: TenantTransaction, matching: RawBuilder<unknown>): Promise<HoldRecord[]> {
  const { rows } = await sql<HoldRecord>`
    select h.hold_id as "holdId",
           h.entity_id as "entityId",
           h.run_id as "runId",
           h.last_run_id as "lastRunId",
           h.kind,
           h.reasons,
           h.fields,
           h.status,
           nullif(h.worker_id, '') as "workerId",
           h.employee_id as "employeeId",
           trim(e.first_name || ' ' || e.last_name) as "employeeName",
           e.employee_number as "employeeNumber",
           coalesce(n.groups, '[]') as people,
           h.created_at as "createdAt"
    from holds h
    left join employees e on e.customer_id = h.customer_id and e.employee_id = h.employee_id
    left join lateral (
      select json_agg(json_build_object('about', g.about, 'total', g.total, 'people', (
        select coalesce(json_agg(p), '[]')
        from (
          select i."employeeId",
                 i."workerId",
                 trim(m.first_name || ' ' || m.last_name) as name,
                 m.employee_number as "employeeNumber"
          from jsonb_to_recordset(g.people) as i("workerId" text, "employeeId" uuid)
          join employees m on m.customer_id = h.customer_id and m.employee_id = i."employeeId"
          order by m.last_name, m.first_name, i."employeeId"
          limit ${namedMax}) p))) as groups
      from jsonb_to_recordset(h.people) as g(about text, total int, people jsonb)) n on h.people <> '[]'
    where ${matching}
    order by h.created_at, h.hold_id`.execute(trx);
  return rows;
}
