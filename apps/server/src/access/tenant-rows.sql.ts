import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

export type RowOfTenant = "entity" | "run" | "employee" | "issue" | "hold" | "preview" | "task" | "case";

const tables: Record<RowOfTenant, { table: string; column: string }> = {
  entity: { table: "entities", column: "entity_id" },
  run: { table: "runs", column: "run_id" },
  employee: { table: "employees", column: "employee_id" },
  issue: { table: "issues", column: "issue_id" },
  hold: { table: "holds", column: "hold_id" },
  task: { table: "tasks", column: "task_id" },
  case: { table: "cases", column: "case_id" },
  preview: { table: "previews", column: "preview_id" },
};

/** Whether the row exists and the transaction may see it: row-level security hides other customers' and entities' rows. */
export async function rowExists(
  trx: TenantTransaction,
  customerId: string,
  row: RowOfTenant,
  id: string,
): Promise<boolean> {
  const { table, column } = tables[row];
  const { rows } = await sql`
    select 1
    from ${sql.table(table)}
    where customer_id = ${customerId} and ${sql.ref(column)} = ${id}::uuid`.execute(trx);
  return rows.length === 1;
}
