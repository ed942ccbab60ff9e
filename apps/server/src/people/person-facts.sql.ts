import { sql } from "kysely";
import type { RunKey } from "../domain/records/keys.ts";
import type { EmployeeTarget, StoredContract } from "../domain/records/employee.ts";
import { recordOfText } from "../domain/records/record-text.ts";
import { contractFieldNames, storedPersonFields } from "../domain/records/synced-fields.ts";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { selectedFields } from "../postgres/field-columns.ts";
import { hiddenFromPlanner } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A staged worker with the employee they are linked to, if any. */
export interface StagedPerson {
  workerId: string;
  contentHash: Buffer;
  filled: number;
  metTwice: boolean;
  record: WorkerRecord;
  linkedEmployeeId: string | null;
  /** As it is kept with the link. */
  employmentEnd: string | null;
  target: EmployeeTarget | null;
}

/** The next people of the staged listing, in the order of their ids. */
export async function nextStagedPeople(
  trx: TenantTransaction,
  run: RunKey,
  after: string,
  limit: number,
): Promise<StagedPerson[]> {
  const { rows } = await sql<StagedRow>`
    select s.worker_id, s.content_hash, s.filled, s.met_twice, s.record, l.employee_id as linked_employee_id, l.employment_end
    from (select * from staged_workers
          where customer_id = ${run.customerId} and run_id = ${run.runId} and worker_id > ${after}
          order by worker_id limit ${limit}) s
    left join lateral (
      select employee_id, employment_end from links l
      where l.customer_id = ${hiddenFromPlanner(run.customerId)} and l.entity_id = ${run.entityId} and l.worker_id = s.worker_id offset 0) l on true
    order by s.worker_id`.execute(trx);
  const linked = rows.flatMap((row) => (row.linked_employee_id === null ? [] : [row.linked_employee_id]));
  const targets = await loadTargets(trx, run.customerId, linked);
  return rows.map((row) => ({
    workerId: row.worker_id,
    contentHash: row.content_hash,
    filled: row.filled,
    metTwice: row.met_twice,
    record: recordOfText(row.record),
    linkedEmployeeId: row.linked_employee_id,
    employmentEnd: row.employment_end,
    target: row.linked_employee_id === null ? null : (targets.get(row.linked_employee_id) ?? null),
  }));
}

interface StagedRow {
  worker_id: string;
  content_hash: Buffer;
  filled: number;
  met_twice: boolean;
  record: string;
  linked_employee_id: string | null;
  employment_end: string | null;
}

/** Who has an e-mail within the customer, and where an e-mail stands on the platform otherwise. */
export interface EmailHolder {
  email: string;
  employeeId: string;
  entityId: string;
  linkedWorkerId: string | null;
  /** The worker they are linked to is no longer listed. */
  linkIsAbsent: boolean;
}

export async function emailHolders(
  trx: TenantTransaction,
  customerId: string,
  emails: string[],
): Promise<Map<string, EmailHolder>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{
    email: string;
    employee_id: string;
    entity_id: string;
    worker_id: string | null;
    absent: boolean | null;
  }>`
    select i.email, e.employee_id, e.entity_id, l.worker_id, l.absent
    from unnest(${textArray(emails)}::text[]) as i(email)
    cross join lateral (select employee_id, entity_id from employees e where e.customer_id = ${hiddenFromPlanner(customerId)} and e.email = i.email offset 0) e
    left join lateral (select worker_id, absent_since is not null as absent from links l where l.customer_id = ${hiddenFromPlanner(customerId)} and l.employee_id = e.employee_id offset 0) l on true`.execute(
    trx,
  );
  return new Map(
    rows.map((row) => [
      row.email,
      {
        email: row.email,
        employeeId: row.employee_id,
        entityId: row.entity_id,
        linkedWorkerId: row.worker_id,
        linkIsAbsent: row.absent ?? false,
      },
    ]),
  );
}

/** An account that an address has already: one of the customer, or somebody's of whom nothing is said. */
export type AccountStanding =
  | {
      standing: "ours";
      accountId: string;
      /** Whose sign-in it is, whatever address they have as an employee; null: of nobody who is an employee. */
      owner: { employeeId: string; entityId: string } | null;
    }
  | { standing: "taken" };

/** Where these addresses stand on the platform, seen from a customer: never whose they are. A free one is not in the answer. */
export async function accountStandings(
  trx: TenantTransaction,
  customerId: string,
  emails: string[],
): Promise<Map<string, AccountStanding>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{
    email: string;
    account_id: string | null;
    employee_id: string | null;
    entity_id: string | null;
  }>`
    select email, account_id, employee_id, entity_id from find_accounts_by_email(${customerId}, ${textArray(emails)}::text[])`.execute(
    trx,
  );
  return new Map(
    rows.map(({ email, account_id: accountId, employee_id: employeeId, entity_id: entityId }) => [
      email,
      accountId === null
        ? { standing: "taken" }
        : {
            standing: "ours",
            accountId,
            owner: employeeId === null || entityId === null ? null : { employeeId, entityId },
          },
    ]),
  );
}

/** Where an address without an employee stands, for a worker of an entity who is linked to `employeeId` or to nobody yet. */
export function standingOfAccount(
  account: AccountStanding | undefined,
  { entityId, employeeId }: { entityId: string; employeeId: string | null },
): "free" | "own_account" | "same_entity" | "other_entity" | "other_customer" {
  if (account === undefined) return "free";
  if (account.standing === "taken") return "other_customer";
  const { owner } = account;
  if (owner === null || owner.employeeId === employeeId) return "own_account";
  return owner.entityId === entityId ? "same_entity" : "other_entity";
}

/** Employees with all their wage contracts, as planning reads them. */
export async function loadTargets(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<Map<string, EmployeeTarget>> {
  if (employeeIds.length === 0) return new Map();
  const contracts = await loadContracts(trx, customerId, employeeIds);
  const { rows } = await sql<Omit<EmployeeTarget, "contracts">>`
    select e.* from unnest(${textArray(employeeIds)}::uuid[]) as i(employee_id)
    cross join lateral (
      select e.employee_id as "employeeId", e.row_version as "rowVersion", ${selectedFields("e", storedPersonFields)},
             e.deactivated_at is not null as deactivated, e.current_contract_id as "currentContractId"
      from employees e
      where e.customer_id = ${hiddenFromPlanner(customerId)} and e.employee_id = i.employee_id offset 0) e`.execute(
    trx,
  );
  return new Map(
    rows.map((row) => [row.employeeId, { ...row, contracts: contracts.get(row.employeeId) ?? [] }]),
  );
}

async function loadContracts(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<Map<string, StoredContract[]>> {
  const { rows } = await sql<StoredContract & { employeeId: string }>`
    select c.* from unnest(${textArray(employeeIds)}::uuid[]) as i(employee_id)
    cross join lateral (
      select c.employee_id as "employeeId", ${storedContractColumns}
      from wage_contracts c
      where c.customer_id = ${hiddenFromPlanner(customerId)} and c.employee_id = i.employee_id offset 0) c`.execute(
    trx,
  );
  const byEmployee = new Map<string, StoredContract[]>();
  for (const { employeeId, ...contract } of rows) {
    const contracts = byEmployee.get(employeeId) ?? [];
    contracts.push(contract);
    byEmployee.set(employeeId, contracts);
  }
  return byEmployee;
}

/** SQL: a wage contract `c` as a `StoredContract`. */
export const storedContractColumns = sql`
  c.contract_id as "contractId", c.row_version as "rowVersion", c.withdrawn, ${selectedFields("c", contractFieldNames)}`;
