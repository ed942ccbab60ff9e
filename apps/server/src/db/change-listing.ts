import { sql } from "kysely";
import type { TenantTransaction } from "./transaction.ts";

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
  reason: string;
  revertedAt: string | null;
}

/** What a run wrote, field by field, in the order it was written. */
export async function listChanges(
  trx: TenantTransaction,
  filter: { customerId: string; runId: string; employeeId: string | null },
  page: { limit: number; after: [seq: number, field: string] | null },
): Promise<{ changes: FieldChangeRecord[]; total: number }> {
  const written = sql`
    from changes c cross join lateral json_each(c.fields) as f(field, pair)
    where c.customer_id = ${filter.customerId} and c.run_id = ${filter.runId}::uuid
      and (${filter.employeeId}::uuid is null or c.employee_id = ${filter.employeeId}::uuid)`;
  const [seq, field] = page.after ?? [-1, ""];
  const { rows: changes } = await sql<FieldChangeRecord>`
    select w.*, trim(e.first_name || ' ' || e.last_name) as "employeeName" from (
      select c.customer_id, c.seq, c.employee_id as "employeeId", c.worker_id as "workerId", c.contract_id as "contractId", f.field,
             f.pair ->> 0 as before, f.pair ->> 1 as after, c.reason, c.reverted_at as "revertedAt" ${written}
    ) w join employees e on e.customer_id = w.customer_id and e.employee_id = w."employeeId"
    where (w.seq, w.field) > (${seq}::int, ${field}::text)
    order by w.seq, w.field limit ${page.limit}`.execute(trx);
  const { rows: totals } = await sql<{ total: number }>`select count(*)::int as total ${written}`.execute(
    trx,
  );
  return { changes, total: totals[0]?.total ?? 0 };
}
