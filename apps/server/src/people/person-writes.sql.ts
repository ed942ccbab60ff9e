import type { ChangeReason } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { ContractValues } from "../domain/records/employee.ts";
import type { NewEmployee } from "../domain/records/operation.ts";
import type { Language } from "../domain/records/worker.ts";
import { bytesArray, jsonArray, plainArray, textArray } from "../postgres/column-arrays.ts";
import { anyCustomer } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What a batch of a run writes, table by table: each list goes out as one statement, whatever its length. */
export interface BatchWrites {
  /** Everybody the plans were made for who is here already, as they were then: also those of whom only a contract is written. */
  plannedFor: { employeeId: string; rowVersion: number }[];
  accounts: { accountId: string; email: string; language: Language }[];
  employees: ({ employeeId: string; accountId: string; searchText: string } & NewEmployee)[];
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
    /** Planned as linked: should somebody have taken the two apart meanwhile, they stay apart. */
    linkedBefore: boolean;
  }[];
  changes: ChangeWrite[];
}

export interface EmployeeUpdate {
  employeeId: string;
  rowVersion: number;
  email: string;
  firstName: string;
  lastName: string;
  searchText: string;
  startDate: string;
  employeeNumber: string | null;
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

export interface WriteTarget {
  customerId: string;
  entityId: string;
  runId: string;
  /** The instant of the batch, RFC 3339. */
  at: string;
}

/** A row was changed by somebody else since it was planned: nothing of the batch may stand, it is planned again. */
export class StalePlan extends Error {
  override readonly name = "StalePlan";
}

/**
 * Writes a batch. Every plan names the row version of the person that it was made for, and of each row that it changes; links
 * must be those that it was made with.
 * @throws StalePlan when a row was changed meanwhile; database errors as they are. The caller rolls back.
 */
export async function writeBatch(
  trx: TenantTransaction,
  to: WriteTarget,
  writes: BatchWrites,
): Promise<void> {
  await holdFast(trx, to, writes.plannedFor);
  await insertAccounts(trx, to, writes.accounts);
  await insertEmployees(trx, to, writes.employees);
  await updateEmployees(trx, to, writes.employeeUpdates);
  await followSignInEmails(trx, to, writes.employeeUpdates);
  await insertContracts(trx, to, writes.contracts);
  await updateContracts(trx, to, writes.contractUpdates);
  await upsertLinks(trx, to, writes.links);
  await insertChanges(trx, to, writes.changes);
}

/**
 * Nobody changes these people until the batch is written, and nobody did since it was planned: whoever takes a person apart from
 * a worker, moves them to another entity or puts them back touches their row.
 */
async function holdFast(
  trx: TenantTransaction,
  to: WriteTarget,
  people: BatchWrites["plannedFor"],
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql`
    select e.employee_id
    from unnest(${textArray(people.map((one) => one.employeeId))}::uuid[], ${plainArray(people.map((one) => one.rowVersion))}::int[]) as i(employee_id, row_version)
    join employees e on e.customer_id = ${anyCustomer(to.customerId)} and e.employee_id = i.employee_id and e.row_version = i.row_version
    where e.entity_id = ${to.entityId}
    order by e.employee_id for no key update of e`.execute(trx);
  if (rows.length !== people.length) throw new StalePlan("somebody was changed since the plan was made");
}

/** Fails on an address that another customer took in this very moment: the e-mail of an account is unique across the platform. */
async function insertAccounts(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: BatchWrites["accounts"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into accounts (account_id, email, customer_id, language, created_at)
    select i.account_id, i.email, ${to.customerId}::uuid, i.language, ${to.at}::timestamptz
    from unnest(${textArray(rows.map((row) => row.accountId))}::uuid[], ${textArray(rows.map((row) => row.email))}::text[], ${textArray(rows.map((row) => row.language))}::text[])
      as i(account_id, email, language)`.execute(trx);
}

async function insertEmployees(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: BatchWrites["employees"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
                           start_date, employee_number, current_contract_id, created_at, updated_at)
    select ${to.customerId}::uuid, i.employee_id, ${to.entityId}::uuid, i.account_id, i.email, i.first_name, i.last_name, i.search_text, i.language,
           i.start_date, i.employee_number, i.current_contract_id, ${to.at}::timestamptz, ${to.at}::timestamptz
    from unnest(
      ${textArray(rows.map((row) => row.employeeId))}::uuid[], ${textArray(rows.map((row) => row.accountId))}::uuid[], ${textArray(rows.map((row) => row.email))}::text[],
      ${textArray(rows.map((row) => row.firstName))}::text[], ${textArray(rows.map((row) => row.lastName))}::text[], ${textArray(rows.map((row) => row.searchText))}::text[],
      ${textArray(rows.map((row) => row.language))}::text[], ${textArray(rows.map((row) => row.startDate))}::date[], ${textArray(rows.map((row) => row.employeeNumber))}::text[],
      ${textArray(rows.map((row) => row.currentContractId))}::text[])
      as i(employee_id, account_id, email, first_name, last_name, search_text, language, start_date, employee_number, current_contract_id)`.execute(
    trx,
  );
}

async function updateEmployees(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: EmployeeUpdate[],
): Promise<void> {
  if (rows.length === 0) return;
  const result = await sql`
    update employees e set
      email = i.email, first_name = i.first_name, last_name = i.last_name, search_text = i.search_text, start_date = i.start_date,
      employee_number = i.employee_number, current_contract_id = i.current_contract_id,
      row_version = e.row_version + 1, updated_at = ${to.at}::timestamptz
    from unnest(
      ${textArray(rows.map((row) => row.employeeId))}::uuid[], ${plainArray(rows.map((row) => row.rowVersion))}::int[], ${textArray(rows.map((row) => row.email))}::text[],
      ${textArray(rows.map((row) => row.firstName))}::text[], ${textArray(rows.map((row) => row.lastName))}::text[], ${textArray(rows.map((row) => row.searchText))}::text[],
      ${textArray(rows.map((row) => row.startDate))}::date[], ${textArray(rows.map((row) => row.employeeNumber))}::text[], ${textArray(rows.map((row) => row.currentContractId))}::text[])
      as i(employee_id, row_version, email, first_name, last_name, search_text, start_date, employee_number, current_contract_id)
    where e.customer_id = ${anyCustomer(to.customerId)} and e.employee_id = i.employee_id and e.row_version = i.row_version`.execute(
    trx,
  );
  if (result.numAffectedRows !== BigInt(rows.length))
    throw new StalePlan("an employee was changed since the plan was made");
}

/**
 * The address somebody signs in with follows the employee's as long as they were not invited; later they confirm a new one
 * themselves, and an account with any other role never follows. Nor does it to an address that somebody signs in with already.
 */
async function followSignInEmails(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: EmployeeUpdate[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update accounts a set email = e.email
    from unnest(${textArray(rows.map((row) => row.employeeId))}::uuid[]) as i(employee_id)
    join employees e on e.customer_id = ${anyCustomer(to.customerId)} and e.employee_id = i.employee_id
    where a.account_id = e.account_id and a.customer_id = ${to.customerId} and a.email <> e.email
      and e.invited_at is null and a.password_hash is null
      and not exists (select from accounts o where o.customer_id = ${to.customerId} and o.email = e.email)
      and not exists (select from memberships m where m.account_id = a.account_id)`.execute(trx);
}

/** The columns of a wage contract as arrays, in the order of `contractColumns`. */
function contractArrays(rows: ({ employeeId: string; contractId: string } & ContractValues)[]) {
  return sql`${textArray(rows.map((row) => row.employeeId))}::uuid[], ${textArray(rows.map((row) => row.contractId))}::text[], ${textArray(rows.map((row) => row.statute))}::text[],
    ${textArray(rows.map((row) => row.wageType))}::text[], ${textArray(rows.map((row) => row.grossAmount))}::numeric[], ${textArray(rows.map((row) => row.grossMonthly))}::numeric[],
    ${textArray(rows.map((row) => row.startDate))}::date[], ${textArray(rows.map((row) => row.endDate))}::date[], ${textArray(rows.map((row) => row.weeklyHours))}::numeric[],
    ${textArray(rows.map((row) => row.referenceWeeklyHours))}::numeric[], ${textArray(rows.map((row) => row.workRegimePercentage))}::numeric[],
    ${textArray(rows.map((row) => row.employerSocialSecurityPercentage))}::numeric[], ${textArray(rows.map((row) => row.jointCommittee))}::text[]`;
}

const contractColumns = sql.raw(
  "employee_id, contract_id, statute, wage_type, gross_amount, gross_monthly, start_date, end_date, weekly_hours, " +
    "reference_weekly_hours, work_regime_percentage, employer_social_security_percentage, joint_committee",
);

async function insertContracts(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: BatchWrites["contracts"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into wage_contracts (customer_id, entity_id, updated_at, ${contractColumns})
    select ${to.customerId}::uuid, ${to.entityId}::uuid, ${to.at}::timestamptz, i.* from unnest(${contractArrays(rows)}) as i(${contractColumns})`.execute(
    trx,
  );
}

async function updateContracts(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: BatchWrites["contractUpdates"],
): Promise<void> {
  if (rows.length === 0) return;
  const result = await sql`
    update wage_contracts c set
      statute = i.statute, wage_type = i.wage_type, gross_amount = i.gross_amount, gross_monthly = i.gross_monthly, start_date = i.start_date,
      end_date = i.end_date, weekly_hours = i.weekly_hours, reference_weekly_hours = i.reference_weekly_hours,
      work_regime_percentage = i.work_regime_percentage, employer_social_security_percentage = i.employer_social_security_percentage,
      joint_committee = i.joint_committee, withdrawn = i.withdrawn, row_version = c.row_version + 1, updated_at = ${to.at}::timestamptz
    from unnest(${contractArrays(rows)}, ${plainArray(rows.map((row) => row.rowVersion))}::int[], ${plainArray(rows.map((row) => row.withdrawn))}::boolean[])
      as i(${contractColumns}, row_version, withdrawn)
    where c.customer_id = ${anyCustomer(to.customerId)} and c.employee_id = i.employee_id and c.contract_id = i.contract_id and c.row_version = i.row_version`.execute(
    trx,
  );
  if (result.numAffectedRows !== BigInt(rows.length))
    throw new StalePlan("a wage contract was changed since the plan was made");
}

async function upsertLinks(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: BatchWrites["links"],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into links as l (customer_id, entity_id, worker_id, employee_id, content_hash, filled, settled, linked_at)
    select ${to.customerId}::uuid, ${to.entityId}::uuid, i.worker_id, i.employee_id, i.content_hash, i.filled, i.settled, ${to.at}::timestamptz
    from unnest(${textArray(rows.map((row) => row.workerId))}::text[], ${textArray(rows.map((row) => row.employeeId))}::uuid[], ${bytesArray(rows.map((row) => row.contentHash))}::bytea[],
                ${plainArray(rows.map((row) => row.filled))}::int[], ${plainArray(rows.map((row) => row.settled))}::boolean[],
                ${plainArray(rows.map((row) => row.linkedBefore))}::boolean[])
      as i(worker_id, employee_id, content_hash, filled, settled, linked_before)
    where not i.linked_before
       or exists (select from links k where k.customer_id = ${anyCustomer(to.customerId)} and k.entity_id = ${to.entityId}
                  and k.worker_id = i.worker_id and k.employee_id = i.employee_id)
    on conflict (customer_id, entity_id, worker_id) do update set
      content_hash = excluded.content_hash, filled = excluded.filled, settled = excluded.settled, absent_since = null
    where l.employee_id = excluded.employee_id
      and (l.content_hash is distinct from excluded.content_hash or l.settled <> excluded.settled
           or l.filled <> excluded.filled or l.absent_since is not null)`.execute(trx);
  const { rows: together } = await sql<{ count: number }>`
    select count(*)::int as count
    from unnest(${textArray(rows.map((row) => row.workerId))}::text[], ${textArray(rows.map((row) => row.employeeId))}::uuid[]) as i(worker_id, employee_id)
    cross join lateral (
      select employee_id from links l
      where l.customer_id = ${anyCustomer(to.customerId)} and l.entity_id = ${to.entityId} and l.worker_id = i.worker_id offset 0) l
    where l.employee_id = i.employee_id`.execute(trx);
  // Somebody linked the worker to another person, or took the two apart, since the plan was made.
  if (together[0]?.count !== rows.length)
    throw new StalePlan("a link is another one than the plan was made with");
}

/** Writes down what was written, field by field. */
export async function insertChanges(
  trx: TenantTransaction,
  to: WriteTarget,
  rows: ChangeWrite[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into changes (customer_id, run_id, entity_id, changed_at, seq, employee_id, worker_id, contract_id, kind, fields, reason)
    select ${to.customerId}::uuid, ${to.runId}::uuid, ${to.entityId}::uuid, ${to.at}::timestamptz, i.* from unnest(
      ${plainArray(rows.map((row) => row.seq))}::int[], ${textArray(rows.map((row) => row.employeeId))}::uuid[], ${textArray(rows.map((row) => row.workerId))}::text[],
      ${textArray(rows.map((row) => row.contractId))}::text[], ${textArray(rows.map((row) => row.kind))}::text[], ${jsonArray(rows.map((row) => row.fields))}::json[],
      ${textArray(rows.map((row) => row.reason))}::text[])
      as i(seq, employee_id, worker_id, contract_id, kind, fields, reason)`.execute(trx);
}
