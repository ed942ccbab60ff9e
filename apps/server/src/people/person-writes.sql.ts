import type { ChangeReason } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { ContractValues, PersonValues } from "../domain/records/employee.ts";
import type { RunAt } from "../domain/records/keys.ts";
import type { CreatedEmployee } from "../domain/records/operation.ts";
import {
  contractFieldNames,
  storedPersonFields,
  type UpdatedPersonField,
  updatedPersonFields,
} from "../domain/records/synced-fields.ts";
import type { Language } from "../domain/records/worker.ts";
import {
  assignments,
  type BatchColumn,
  batchRows,
  bytesColumn,
  columnNames,
  jsonColumn,
  plainColumn,
  textColumn,
} from "../postgres/batch-columns.ts";
import { hiddenFromPlanner } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { contractColumns, personColumns } from "./person-columns.ts";

/** What a batch of a run writes, table by table: one statement for each list, whatever its length. */
export interface BatchWrites {
  /** The existing employees that the plans were made for, with the versions of their rows then. */
  plannedFor: { employeeId: string; rowVersion: number }[];
  accounts: { accountId: string; email: string; language: Language }[];
  employees: ({ employeeId: string; accountId: string; searchText: string } & CreatedEmployee)[];
  employeeUpdates: EmployeeUpdate[];
  contracts: ({ employeeId: string; contractId: string } & ContractValues)[];
  contractUpdates: ({
    employeeId: string;
    contractId: string;
    rowVersion: number;
    withdrawn: boolean;
  } & ContractValues)[];
  links: {
    workerId: string;
    employeeId: string;
    contentHash: Buffer;
    filled: number;
    settled: boolean;
    /** Planned as linked: when an admin has unlinked the two meanwhile, the link is not made again. */
    linkedBefore: boolean;
  }[];
  changes: ChangeWrite[];
}

export interface EmployeeUpdate extends Pick<PersonValues, UpdatedPersonField> {
  employeeId: string;
  rowVersion: number;
  searchText: string;
  currentContractId: string | null;
}

export interface ChangeWrite {
  seq: number;
  employeeId: string;
  workerId: string;
  contractId: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  fields: string;
  reason: ChangeReason;
}

/** A row was changed since the plan was made: the whole batch is rolled back and planned again. */
export class StalePlan extends Error {
  override readonly name = "StalePlan";
}

/**
 * Writes a batch. Each plan carries the row versions of the person and of every row that it changes, and the links that it was
 * made with.
 * @throws StalePlan when a row was changed meanwhile; database errors as they are. The caller rolls back.
 */
export async function writeBatch(trx: TenantTransaction, target: RunAt, writes: BatchWrites): Promise<void> {
  await lockPlannedRows(trx, target, writes.plannedFor);
  await insertAccounts(trx, target, writes.accounts);
  await insertEmployees(trx, target, writes.employees);
  await updateEmployees(trx, target, writes.employeeUpdates);
  await followSignInEmails(trx, target, writes.employeeUpdates);
  await insertContracts(trx, target, writes.contracts);
  await updateContracts(trx, target, writes.contractUpdates);
  await upsertLinks(trx, target, writes.links);
  await insertChanges(trx, target, writes.changes);
}

const plannedColumns: BatchColumn<BatchWrites["plannedFor"][number]>[] = [
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  plainColumn("row_version", "int", (row) => row.rowVersion),
];

/**
 * Locks the people of the batch, and checks that none of them was changed since the plan was made. Unlinking a person, moving
 * them to another entity and undoing their changes all touch their row.
 */
async function lockPlannedRows(
  trx: TenantTransaction,
  target: RunAt,
  people: BatchWrites["plannedFor"],
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql`
    select e.employee_id
    from ${batchRows(plannedColumns, people)}
    join employees e on e.customer_id = ${hiddenFromPlanner(target.customerId)} and e.employee_id = i.employee_id
      and e.row_version = i.row_version
    where e.entity_id = ${target.entityId}
    order by e.employee_id for no key update of e`.execute(trx);
  if (rows.length !== people.length) throw new StalePlan("a person was changed since the plan was made");
}

const accountColumns: BatchColumn<BatchWrites["accounts"][number]>[] = [
  textColumn("account_id", "uuid", (row) => row.accountId),
  textColumn("email", "text", (row) => row.email),
  textColumn("language", "text", (row) => row.language),
];

/** Fails on an e-mail that another customer's account got meanwhile: an account's e-mail is unique across the platform. */
async function insertAccounts(
  trx: TenantTransaction,
  target: RunAt,
  rows: BatchWrites["accounts"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into accounts (customer_id, created_at, ${columnNames(accountColumns)})
    select ${target.customerId}::uuid, ${target.now}::timestamptz, i.*
    from ${batchRows(accountColumns, rows)}`.execute(trx);
}

type NewEmployeeRow = BatchWrites["employees"][number];

const newEmployeeColumns: BatchColumn<NewEmployeeRow>[] = [
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  textColumn("account_id", "uuid", (row) => row.accountId),
  textColumn("search_text", "text", (row) => row.searchText),
  textColumn("current_contract_id", "text", (row) => row.currentContractId),
  ...personColumns(storedPersonFields),
];

async function insertEmployees(trx: TenantTransaction, target: RunAt, rows: NewEmployeeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into employees (customer_id, entity_id, created_at, updated_at, ${columnNames(newEmployeeColumns)})
    select ${target.customerId}::uuid, ${target.entityId}::uuid, ${target.now}::timestamptz, ${target.now}::timestamptz, i.*
    from ${batchRows(newEmployeeColumns, rows)}`.execute(trx);
}

const employeeKeyColumns: BatchColumn<EmployeeUpdate>[] = [
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  plainColumn("row_version", "int", (row) => row.rowVersion),
];
const updatedEmployeeColumns: BatchColumn<EmployeeUpdate>[] = [
  textColumn("search_text", "text", (row) => row.searchText),
  textColumn("current_contract_id", "text", (row) => row.currentContractId),
  ...personColumns(updatedPersonFields),
];

async function updateEmployees(trx: TenantTransaction, target: RunAt, rows: EmployeeUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  const result = await sql`
    update employees e set
      ${assignments(updatedEmployeeColumns)}, row_version = e.row_version + 1, updated_at = ${target.now}::timestamptz
    from ${batchRows([...employeeKeyColumns, ...updatedEmployeeColumns], rows)}
    where e.customer_id = ${hiddenFromPlanner(target.customerId)} and e.employee_id = i.employee_id
      and e.row_version = i.row_version`.execute(trx);
  if (result.numAffectedRows !== BigInt(rows.length))
    throw new StalePlan("an employee was changed since the plan was made");
}

/**
 * Until a person is invited, their sign-in e-mail follows the employee's; after that they confirm a new one themselves. The
 * sign-in e-mail of an account with a membership never changes, and no account gets an e-mail that another account has.
 */
async function followSignInEmails(
  trx: TenantTransaction,
  target: RunAt,
  rows: EmployeeUpdate[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update accounts a set email = e.email
    from ${batchRows(employeeKeyColumns, rows)}
    join employees e on e.customer_id = ${hiddenFromPlanner(target.customerId)} and e.employee_id = i.employee_id
    where a.account_id = e.account_id and a.customer_id = ${target.customerId} and a.email <> e.email
      and e.invited_at is null and a.password_hash is null
      and not exists (select from accounts o where o.customer_id = ${target.customerId} and o.email = e.email)
      and not exists (select from memberships m where m.account_id = a.account_id)`.execute(trx);
}

type ContractKey = Pick<BatchWrites["contracts"][number], "employeeId" | "contractId">;

const contractKeyColumns: BatchColumn<ContractKey>[] = [
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  textColumn("contract_id", "text", (row) => row.contractId),
];
const newContractColumns: BatchColumn<BatchWrites["contracts"][number]>[] = [
  ...contractKeyColumns,
  ...contractColumns(contractFieldNames),
];

async function insertContracts(
  trx: TenantTransaction,
  target: RunAt,
  rows: BatchWrites["contracts"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into wage_contracts (customer_id, entity_id, updated_at, ${columnNames(newContractColumns)})
    select ${target.customerId}::uuid, ${target.entityId}::uuid, ${target.now}::timestamptz, i.*
    from ${batchRows(newContractColumns, rows)}`.execute(trx);
}

type ContractUpdate = BatchWrites["contractUpdates"][number];

const updatedContractColumns: BatchColumn<ContractUpdate>[] = [
  ...contractColumns(contractFieldNames),
  plainColumn("withdrawn", "boolean", (row) => row.withdrawn),
];
const contractUpdateColumns: BatchColumn<ContractUpdate>[] = [
  ...contractKeyColumns,
  plainColumn("row_version", "int", (row) => row.rowVersion),
  ...updatedContractColumns,
];

async function updateContracts(trx: TenantTransaction, target: RunAt, rows: ContractUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  const result = await sql`
    update wage_contracts c set
      ${assignments(updatedContractColumns)}, row_version = c.row_version + 1, updated_at = ${target.now}::timestamptz
    from ${batchRows(contractUpdateColumns, rows)}
    where c.customer_id = ${hiddenFromPlanner(target.customerId)} and c.employee_id = i.employee_id
      and c.contract_id = i.contract_id and c.row_version = i.row_version`.execute(trx);
  if (result.numAffectedRows !== BigInt(rows.length))
    throw new StalePlan("a wage contract was changed since the plan was made");
}

const linkColumns: BatchColumn<BatchWrites["links"][number]>[] = [
  textColumn("worker_id", "text", (row) => row.workerId),
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  bytesColumn("content_hash", (row) => row.contentHash),
  plainColumn("filled", "int", (row) => row.filled),
  plainColumn("settled", "boolean", (row) => row.settled),
];
const plannedLinkColumns: BatchColumn<BatchWrites["links"][number]>[] = [
  ...linkColumns,
  plainColumn("linked_before", "boolean", (row) => row.linkedBefore),
];

async function upsertLinks(trx: TenantTransaction, target: RunAt, rows: BatchWrites["links"]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into links as l (customer_id, entity_id, linked_at, ${columnNames(linkColumns)})
    select ${target.customerId}::uuid, ${target.entityId}::uuid, ${target.now}::timestamptz, ${columnNames(linkColumns)}
    from ${batchRows(plannedLinkColumns, rows)}
    where not i.linked_before
       or exists (
         select from links k
         where k.customer_id = ${hiddenFromPlanner(target.customerId)} and k.entity_id = ${target.entityId}
           and k.worker_id = i.worker_id and k.employee_id = i.employee_id)
    on conflict (customer_id, entity_id, worker_id) do update set
      content_hash = excluded.content_hash, filled = excluded.filled, settled = excluded.settled, absent_since = null
    where l.employee_id = excluded.employee_id
      and (l.content_hash is distinct from excluded.content_hash or l.settled <> excluded.settled
           or l.filled <> excluded.filled or l.absent_since is not null)`.execute(trx);
  const { rows: found } = await sql<{ count: number }>`
    select count(*)::int as count
    from ${batchRows(linkColumns, rows)}
    cross join lateral (
      select employee_id from links l
      where l.customer_id = ${hiddenFromPlanner(target.customerId)} and l.entity_id = ${target.entityId}
        and l.worker_id = i.worker_id offset 0) l
    where l.employee_id = i.employee_id`.execute(trx);
  // The worker was linked to another person, or unlinked, since the plan was made.
  if (found[0]?.count !== rows.length) throw new StalePlan("a link was changed since the plan was made");
}

const changeColumns: BatchColumn<ChangeWrite>[] = [
  plainColumn("seq", "int", (row) => row.seq),
  textColumn("employee_id", "uuid", (row) => row.employeeId),
  textColumn("worker_id", "text", (row) => row.workerId),
  textColumn("contract_id", "text", (row) => row.contractId),
  textColumn("kind", "text", (row) => row.kind),
  jsonColumn("fields", (row) => row.fields),
  textColumn("reason", "text", (row) => row.reason),
];

/** Records what was written, field by field. */
export async function insertChanges(
  trx: TenantTransaction,
  target: RunAt,
  rows: ChangeWrite[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into changes (customer_id, run_id, entity_id, changed_at, ${columnNames(changeColumns)})
    select ${target.customerId}::uuid, ${target.runId}::uuid, ${target.entityId}::uuid, ${target.now}::timestamptz, i.*
    from ${batchRows(changeColumns, rows)}`.execute(trx);
}
