import type { ChangeReason } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** One field that a run wrote. */
export interface FieldChangeRecord {
  seq: number;
  employeeId: string;
  employeeName: string;
  workerId: string;
  contractId: string | null;
  field: string;
  before: string | null;
  after: string | null;
  reason: ChangeReason;
  revertedAt: string | null;
}

/** What a run wrote, field by field, in the order it was written. */
export async function listChanges(
  trx: TenantTransaction,
  filter: { customerId: string; runId: string; employeeId: string | null },
  page: { limit: number; after: [seq: number, field: string] | null },
): Promise<{ changes: FieldChangeRecord[]; total: number }> {
  const written = sql`
    from changes c
    cross join lateral json_each(c.fields) as f(field, pair)
    where c.customer_id = ${filter.customerId} and c.run_id = ${filter.runId}::uuid
      and (${filter.employeeId}::uuid is null or c.employee_id = ${filter.employeeId}::uuid)`;
  const [seq, field] = page.after ?? [-1, ""];
  const { rows: changes } = await sql<FieldChangeRecord>`
    select w.*, coalesce(trim(e.first_name || ' ' || e.last_name), g.name, '') as "employeeName"
    from (
      select c.customer_id, c.seq, c.employee_id as "employeeId", c.worker_id as "workerId",
             c.contract_id as "contractId", f.field, f.pair ->> 0 as before, f.pair ->> 1 as after, c.reason,
             case when f.field = any (coalesce(c.undone_fields, array[f.field])) then c.undone_at end as "revertedAt"
      ${written}
    ) w
    left join employees e on e.customer_id = w.customer_id and e.employee_id = w."employeeId"
    left join lateral (
      -- A removed person is named as they were created.
      select trim(concat_ws(' ', c.fields -> 'firstName' ->> 1, c.fields -> 'lastName' ->> 1)) as name
      from changes c
      where c.customer_id = w.customer_id and c.employee_id = w."employeeId" and c.kind = 'create'
        and c.contract_id is null and e.employee_id is null
      limit 1) g on true
    where (w.seq, w.field) > (${seq}::int, ${field}::text)
    order by w.seq, w.field
    limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`select count(*)::int as total ${written}`.execute(
    trx,
  );
  return { changes, total: totals[0]?.total ?? 0 };
}
