import type { EmployeeStatus } from "@payflip/contract/employees.ts";
import type { Choice } from "@payflip/contract/candidates.ts";
import { type SelectQueryBuilder, sql, type UpdateObject } from "kysely";
import type { PersonValues } from "../domain/records/employee.ts";
import { storedPersonFields } from "../domain/records/synced-fields.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { columnName, rowOfFields } from "../postgres/field-columns.ts";
import type { ConnectionRow } from "../postgres/rows/connections.ts";
import type { Schema } from "../postgres/rows/schema.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** An employee with their link, choice and connection. */
export interface EmployeeRecord extends PersonValues {
  employeeId: string;
  entityId: string;
  accountId: string;
  deactivatedAt: string | null;
  endDate: string | null;
  invitedAt: string | null;
  currentContractId: string | null;
  createdAt: string;
  /** Null when the person is not linked. */
  workerId: string | null;
  connectionState: ConnectionRow["state"] | null;
  mode: ConnectionRow["mode"];
  /** The choice for the worker; null without one. */
  choice: Choice | null;
  enterpriseNumber: string | null;
}

export interface EmployeeFilter {
  customerId: string;
  entityId: string | null;
  /** Words in lower case without accents: each must occur. */
  words: string[];
  status: EmployeeStatus | null;
  /** Calendar date in Europe/Brussels. */
  today: string;
}

/** A page of employees by last name, first name and id, and the total. */
export async function listEmployees(
  trx: TenantTransaction,
  filter: EmployeeFilter,
  page: { limit: number; after: [lastName: string, firstName: string, employeeId: string] | null },
): Promise<{ employees: EmployeeRecord[]; total: number }> {
  let query = employeesWithLink(trx)
    .where(matching(filter))
    .orderBy("employees.last_name")
    .orderBy("employees.first_name")
    .orderBy("employees.employee_id")
    .limit(page.limit);
  if (page.after !== null) {
    const [lastName, firstName, employeeId] = page.after;
    query = query.where(
      sql<boolean>`
        (employees.last_name, employees.first_name, employees.employee_id)
        > (${lastName}, ${firstName}, ${employeeId}::uuid)`,
    );
  }
  const employees = await query.execute();
  const { total } = await trx
    .selectFrom("employees")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .where(matching(filter))
    .executeTakeFirstOrThrow();
  return { employees, total };
}

export async function findEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<EmployeeRecord | null> {
  const row = await employeesWithLink(trx)
    .where("employees.customer_id", "=", customerId)
    .where("employees.employee_id", "=", employeeId)
    .executeTakeFirst();
  return row ?? null;
}

/** Finds the employee and locks their row until the transaction ends, so that no run links or writes them meanwhile. */
export async function lockEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<EmployeeRecord | null> {
  await trx
    .selectFrom("employees")
    .select("employee_id")
    .where("customer_id", "=", customerId)
    .where("employee_id", "=", employeeId)
    .forUpdate()
    .execute();
  return await findEmployee(trx, customerId, employeeId);
}

export interface EmployeeValues extends PersonValues {
  searchText: string;
}

/** @returns false when another employee has the e-mail, also one of an entity that the transaction may not see */
export async function insertEmployee(
  trx: TenantTransaction,
  employee: EmployeeValues & {
    customerId: string;
    employeeId: string;
    entityId: string;
    accountId: string;
    createdAt: string;
  },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("employees")
    .values({
      customer_id: employee.customerId,
      employee_id: employee.employeeId,
      entity_id: employee.entityId,
      account_id: employee.accountId,
      ...employeeColumns(employee),
      current_contract_id: null,
      deactivated_at: null,
      end_date: null,
      invited_at: null,
      created_at: employee.createdAt,
      updated_at: employee.createdAt,
    })
    .onConflict((conflict) => conflict.columns(["customer_id", "email"]).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function updateEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
  { updatedAt, ...values }: EmployeeValues & { updatedAt: string },
): Promise<void> {
  await updateColumns(trx, { customerId, employeeId, updatedAt }, employeeColumns(values));
}

/** Sets the end date. The instant of the first deactivation stays. */
export async function deactivateEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
  { deactivatedAt, endDate }: { deactivatedAt: string; endDate: string },
): Promise<void> {
  await updateColumns(
    trx,
    { customerId, employeeId, updatedAt: deactivatedAt },
    {
      deactivated_at: sql<string>`coalesce(deactivated_at, ${deactivatedAt}::timestamptz)`,
      end_date: endDate,
    },
  );
}

export async function reactivateEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
  reactivatedAt: string,
): Promise<void> {
  await updateColumns(
    trx,
    { customerId, employeeId, updatedAt: reactivatedAt },
    { deactivated_at: null, end_date: null },
  );
}

/** Writes columns of one employee, and raises the row version: a run that planned the person earlier plans them again. */
async function updateColumns(
  trx: TenantTransaction,
  { customerId, employeeId, updatedAt }: { customerId: string; employeeId: string; updatedAt: string },
  columns: UpdateObject<Schema, "employees">,
): Promise<void> {
  await trx
    .updateTable("employees")
    .set((eb) => ({ ...columns, row_version: eb("row_version", "+", 1), updated_at: updatedAt }))
    .where("customer_id", "=", customerId)
    .where("employee_id", "=", employeeId)
    .execute();
}

/** Whether another employee of the customer, whom the transaction may see, has the e-mail. */
export async function isEmailOfAnotherEmployee(
  trx: TenantTransaction,
  customerId: string,
  email: string,
  employeeId: string | null,
): Promise<boolean> {
  const row = await trx
    .selectFrom("employees")
    .select("employee_id")
    .where("customer_id", "=", customerId)
    .where("email", "=", email)
    .executeTakeFirst();
  return row !== undefined && row.employee_id !== employeeId;
}

/** Makes the next sync plan these people again, also when Liantis sends the same as before. Call it after a change by hand. */
export async function forgetAppliedContent(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<void> {
  await sql`
    update links set content_hash = null, settled = false
    where customer_id = ${customerId} and employee_id = any (${textArray(employeeIds)}::uuid[])`.execute(trx);
  // A run that planned them earlier must not settle them.
  await sql`
    update employees set row_version = row_version + 1
    where customer_id = ${customerId} and employee_id = any (${textArray(employeeIds)}::uuid[])`.execute(trx);
}

function employeeColumns(values: EmployeeValues) {
  return { ...rowOfFields(storedPersonFields, values), search_text: values.searchText };
}

function matching({ customerId, entityId, words, status, today }: EmployeeFilter) {
  const conditions = [
    sql`employees.customer_id = ${customerId}`,
    ...(entityId === null ? [] : [sql`employees.entity_id = ${entityId}::uuid`]),
    ...words.map((word) => sql`employees.search_text like ${`%${word.replaceAll(/[\\%_]/g, "\\$&")}%`}`),
    ...(status === null ? [] : [hasStatus(status, today)]),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

function hasStatus(status: EmployeeStatus, today: string) {
  if (status === "deactivated") return sql`employees.deactivated_at is not null`;
  return status === "upcoming"
    ? sql`employees.deactivated_at is null and employees.start_date > ${today}::date`
    : sql`employees.deactivated_at is null and employees.start_date <= ${today}::date`;
}

function employeesWithLink(trx: TenantTransaction): SelectQueryBuilder<Schema, "employees", EmployeeRecord> {
  const query = trx
    .selectFrom("employees")
    .leftJoin("links", (join) =>
      join
        .onRef("links.customer_id", "=", "employees.customer_id")
        .onRef("links.employee_id", "=", "employees.employee_id"),
    )
    .leftJoin("choices", (join) =>
      join
        .onRef("choices.customer_id", "=", "links.customer_id")
        .onRef("choices.entity_id", "=", "links.entity_id")
        .onRef("choices.worker_id", "=", "links.worker_id"),
    )
    .leftJoin("connections", (join) =>
      join
        .onRef("connections.customer_id", "=", "employees.customer_id")
        .onRef("connections.entity_id", "=", "employees.entity_id"),
    )
    .select([
      "employees.employee_id as employeeId",
      "employees.entity_id as entityId",
      "employees.account_id as accountId",
      ...storedPersonFields.map((field) => sql.ref(`employees.${columnName(field)}`).as(field)),
      "employees.deactivated_at as deactivatedAt",
      "employees.end_date as endDate",
      "employees.invited_at as invitedAt",
      "employees.current_contract_id as currentContractId",
      "employees.created_at as createdAt",
      "links.worker_id as workerId",
      "connections.state as connectionState",
      "connections.mode as mode",
      "choices.choice as choice",
      "connections.enterprise_number as enterpriseNumber",
    ]);
  return query as unknown as SelectQueryBuilder<Schema, "employees", EmployeeRecord>;
}
