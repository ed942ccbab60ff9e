import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface FieldWrite {
  field: string;
  source: "liantis" | "account" | "api_key";
  runId: string | null;
  writtenAt: string;
}

/** The last write of each field of an employee: by a run, or by hand. */
export async function listLastWrites(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<FieldWrite[]> {
  const { rows } = await sql<FieldWrite>`
    select distinct on (w.field) w.field, w.source, w.run_id as "runId", w.written_at as "writtenAt"
    from (
      select f.key as field, 'liantis' as source, c.run_id, c.changed_at as written_at
      from changes c
      cross join lateral json_object_keys(c.fields) as f(key)
      where c.customer_id = ${customerId}
        and c.employee_id = ${employeeId}
        and c.contract_id is null
        and (c.undone_at is null or not f.key = any (coalesce(c.undone_fields, array[f.key])))
      union all
      select field, source, null::uuid, edited_at
      from field_edits
      where customer_id = ${customerId} and employee_id = ${employeeId}
    ) w
    order by w.field, w.written_at desc`.execute(trx);
  return rows;
}

/** Records that fields were changed by hand. */
export async function recordFieldEdits(
  trx: TenantTransaction,
  edit: {
    customerId: string;
    entityId: string;
    employeeId: string;
    fields: string[];
    source: "account" | "api_key";
    editedAt: string;
  },
): Promise<void> {
  await sql`
    insert into field_edits (customer_id, employee_id, field, entity_id, source, edited_at)
    select ${edit.customerId}::uuid, ${edit.employeeId}::uuid, f, ${edit.entityId}::uuid, ${edit.source},
           ${edit.editedAt}::timestamptz
    from unnest(${edit.fields}::text[]) as f
    on conflict (customer_id, employee_id, field) do update set
      source = excluded.source,
      edited_at = excluded.edited_at`.execute(trx);
}
