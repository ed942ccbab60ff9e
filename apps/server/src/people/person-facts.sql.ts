import { sql } from "kysely";
import type { EmployeeTarget, StoredContract } from "../domain/records/employee.ts";
import type { RunKey } from "../domain/records/keys.ts";
import { recordOfText } from "../domain/records/record-text.ts";
import { contractFieldNames, storedPersonFields } from "../domain/records/synced-fields.ts";
import type { WorkerRecord } from "../domain/records/worker.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { selectedFields } from "../postgres/field-columns.ts";
import { hiddenFromPlanner } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A staged worker with their linked employee, if any. */
export interface StagedPerson {
  workerId: string;
  contentHash: Buffer;
  filled: number;
  metTwice: boolean;
  record: WorkerRecord;
  linkedEmployeeId: string | null;
  /** The date that is stored with the link. */
  employmentEnd: string | null;
  target: EmployeeTarget | null;
}

/** The next people of the staged listing, by worker id. */
export async function findStagedPeople(
  trx: TenantTransaction,
  run: RunKey,
  after: string,
  limit: number,
): Promise<StagedPerson[]> {
  const { rows } = await sql<Omit<StagedPerson, "record" | "target"> & { record: string }>`
    select s.worker_id as "workerId",
           s.content_hash as "contentHash",
           s.filled,
           s.met_twice as "metTwice",
           s.record,
           l.employee_id as "linkedEmployeeId",
           l.employment_end as "employmentEnd"
    from (
      select *
      from staged_workers
      where customer_id = ${run.customerId} and run_id = ${run.runId} and worker_id > ${after}
      order by worker_id
      limit ${limit}) s
    left join lateral (
      select employee_id, employment_end
      from links l
      where l.customer_id = ${hiddenFromPlanner(run.customerId)}
        and l.entity_id = ${run.entityId}
        and l.worker_id = s.worker_id
      offset 0) l on true
    order by s.worker_id`.execute(trx);
  const linked = rows.flatMap(({ linkedEmployeeId: id }) => (id === null ? [] : [id]));
  const targets = await loadTargets(trx, run.customerId, linked);
  return rows.map((row) => ({
    ...row,
    record: recordOfText(row.record),
    target: row.linkedEmployeeId === null ? null : (targets.get(row.linkedEmployeeId) ?? null),
  }));
}

/** The employee of the customer who has an e-mail. */
export interface EmailHolder {
  email: string;
  employeeId: string;
  entityId: string;
  linkedWorkerId: string | null;
  /** Their linked worker is no longer listed. */
  linkIsAbsent: boolean;
}

export async function findEmailHolders(
  trx: TenantTransaction,
  customerId: string,
  emails: string[],
): Promise<Map<string, EmailHolder>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<EmailHolder>`
    select i.email,
           e.employee_id as "employeeId",
           e.entity_id as "entityId",
           l.worker_id as "linkedWorkerId",
           coalesce(l.absent, false) as "linkIsAbsent"
    from unnest(${textArray(emails)}::text[]) as i(email)
    cross join lateral (
      select employee_id, entity_id
      from employees e
      where e.customer_id = ${hiddenFromPlanner(customerId)} and e.email = i.email
      offset 0) e
    left join lateral (
      select worker_id, absent_since is not null as absent
      from links l
      where l.customer_id = ${hiddenFromPlanner(customerId)} and l.employee_id = e.employee_id
      offset 0) l on true`.execute(trx);
  return new Map(rows.map((row) => [row.email, row]));
}

/** The account that signs in with an e-mail: one of the customer (`ours`), or one of which nothing more is shown (`taken`). */
export type EmailAccount =
  | {
      kind: "ours";
      accountId: string;
      /** The employee of the account, whose e-mail as an employee may differ; null when the account has no employee. */
      owner: { employeeId: string; entityId: string } | null;
    }
  | { kind: "taken" };

/** email → its account on the platform, as a customer may see it. An e-mail without an account is left out. */
export async function findAccountsByEmail(
  trx: TenantTransaction,
  customerId: string,
  emails: string[],
): Promise<Map<string, EmailAccount>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{
    email: string;
    accountId: string | null;
    employeeId: string | null;
    entityId: string | null;
  }>`
    select email, account_id as "accountId", employee_id as "employeeId", entity_id as "entityId"
    from find_accounts_by_email(${customerId}, ${textArray(emails)}::text[])`.execute(trx);
  return new Map(
    rows.map(({ email, accountId, employeeId, entityId }) => [
      email,
      accountId === null
        ? { kind: "taken" }
        : {
            kind: "ours",
            accountId,
            owner: employeeId === null || entityId === null ? null : { employeeId, entityId },
          },
    ]),
  );
}

/**
 * The status of an e-mail that no employee has, for a worker of an entity.
 * @param worker.employeeId the linked employee; null without a link
 */
export function statusOfEmail(
  account: EmailAccount | undefined,
  { entityId, employeeId }: { entityId: string; employeeId: string | null },
): "free" | "own_account" | "same_entity" | "other_entity" | "other_customer" {
  if (account === undefined) return "free";
  if (account.kind === "taken") return "other_customer";
  const { owner } = account;
  if (owner === null || owner.employeeId === employeeId) return "own_account";
  return owner.entityId === entityId ? "same_entity" : "other_entity";
}

/** employee → their values and all their wage contracts, as a plan needs them. */
export async function loadTargets(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
): Promise<Map<string, EmployeeTarget>> {
  if (employeeIds.length === 0) return new Map();
  const contracts = await loadContracts(trx, customerId, employeeIds);
  const { rows } = await sql<Omit<EmployeeTarget, "contracts">>`
    select e.*
    from unnest(${textArray(employeeIds)}::uuid[]) as i(employee_id)
    cross join lateral (
      select e.employee_id as "employeeId",
             e.row_version as "rowVersion",
             ${selectedFields("e", storedPersonFields)},
             e.deactivated_at is not null as deactivated,
             e.current_contract_id as "currentContractId"
      from employees e
      where e.customer_id = ${hiddenFromPlanner(customerId)} and e.employee_id = i.employee_id
      offset 0) e`.execute(trx);
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
    select c.*
    from unnest(${textArray(employeeIds)}::uuid[]) as i(employee_id)
    cross join lateral (
      select c.employee_id as "employeeId", ${storedContractColumns}
      from wage_contracts c
      where c.customer_id = ${hiddenFromPlanner(customerId)} and c.employee_id = i.employee_id
      offset 0) c`.execute(trx);
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
