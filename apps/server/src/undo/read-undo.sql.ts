import type { RunStatus } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { EmailOwner, SignInOwner } from "../domain/undo/undo-emails.ts";
import { textArray } from "../postgres/column-arrays.ts";
import type { RunKind } from "../postgres/rows/runs.ts";
import { findAccountsByEmail, findEmailHolders } from "../people/person-facts.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface RunToUndo {
  customerId: string;
  entityId: string;
  kind: RunKind;
  status: RunStatus;
  createdAt: string;
}

/** Locks the run, so that two requests to undo it wait for each other. */
export async function lockRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
): Promise<RunToUndo | undefined> {
  const { rows } = await sql<RunToUndo>`
    select customer_id as "customerId", entity_id as "entityId", kind, status, created_at as "createdAt"
    from runs
    where customer_id = ${customerId} and run_id = ${runId}::uuid
    for update`.execute(trx);
  return rows[0];
}

export interface RunChange {
  seq: number;
  employeeId: string;
  workerId: string;
  contractId: string | null;
  kind: "create" | "link" | "update" | "withdraw" | "unlink" | "remove";
  fields: Record<string, [string | null, string | null]>;
  /** Null: nothing of it was undone. */
  undoneFields: string[] | null;
}

/** What a run wrote. @param employeeIds null: everybody's */
export async function listChangesOfRun(
  trx: TenantTransaction,
  { customerId, runId, employeeIds }: { customerId: string; runId: string; employeeIds: string[] | null },
): Promise<RunChange[]> {
  const { rows } = await sql<RunChange>`
    select seq, employee_id as "employeeId", worker_id as "workerId", contract_id as "contractId", kind, fields,
           case when undone_at is null then null
                else coalesce(undone_fields, array(select json_object_keys(fields))) end as "undoneFields"
    from changes
    where customer_id = ${customerId} and run_id = ${runId}::uuid
      and (${employeeIds === null} or employee_id = any (${textArray(employeeIds ?? [])}::uuid[]))
    order by seq`.execute(trx);
  return rows;
}

/** An employee as they are before the undo. */
export interface PersonState {
  employeeId: string;
  name: string;
  linkedWorkerId: string | null;
  invited: boolean;
}

/** Locks the employees who still belong to the entity, with their contracts and links, so that no run writes them meanwhile. */
export async function lockPeople(
  trx: TenantTransaction,
  { customerId, entityId, employeeIds }: { customerId: string; entityId: string; employeeIds: string[] },
): Promise<PersonState[]> {
  const ids = textArray(employeeIds);
  const { rows } = await sql<Omit<PersonState, "linkedWorkerId">>`
    select employee_id as "employeeId", trim(first_name || ' ' || last_name) as name, invited_at is not null as invited
    from employees
    where customer_id = ${customerId} and entity_id = ${entityId} and employee_id = any (${ids}::uuid[])
    order by employee_id
    for update`.execute(trx);
  await sql`
    select from wage_contracts where customer_id = ${customerId} and employee_id = any (${ids}::uuid[])
    order by employee_id, contract_id
    for update`.execute(trx);
  const links = await sql<{ employeeId: string; workerId: string }>`
    select employee_id as "employeeId", worker_id as "workerId"
    from links
    where customer_id = ${customerId} and employee_id = any (${ids}::uuid[])
    order by worker_id
    for update`.execute(trx);
  const workers = new Map(links.rows.map((row) => [row.employeeId, row.workerId]));
  return rows.map((row) => ({ ...row, linkedWorkerId: workers.get(row.employeeId) ?? null }));
}

export interface LaterTouch {
  employeeId: string;
  contractId: string | null;
  field: string;
}

/**
 * What was written of these people after the run: by later runs, unless it was undone, and by hand. What an undo wrote does not
 * count: it only takes back the change of its run.
 */
export async function listLaterTouches(
  trx: TenantTransaction,
  { customerId, runId, employeeIds }: { customerId: string; runId: string; employeeIds: string[] },
): Promise<LaterTouch[]> {
  const { rows } = await sql<LaterTouch>`
    with written as (
      select employee_id, max(changed_at) as changed_at
      from changes
      where customer_id = ${customerId} and run_id = ${runId}::uuid
        and employee_id = any (${textArray(employeeIds)}::uuid[])
      group by employee_id)
    select c.employee_id as "employeeId", c.contract_id as "contractId", f.field
    from written w
    join changes c on c.customer_id = ${customerId} and c.employee_id = w.employee_id
      and (c.changed_at, c.run_id) > (w.changed_at, ${runId}::uuid)
    join runs r on r.customer_id = c.customer_id and r.run_id = c.run_id and r.kind <> 'undo'
    cross join lateral json_object_keys(c.fields) as f(field)
    where c.undone_at is null or not f.field = any (coalesce(c.undone_fields, array[f.field]))
    union
    select e.employee_id, null, e.field
    from written w
    join field_edits e on e.customer_id = ${customerId} and e.employee_id = w.employee_id
      and e.edited_at >= w.changed_at`.execute(trx);
  return rows;
}

/** Who has these e-mails: as an employee whom the transaction may see, or to sign in with. */
export async function findEmailOwners(
  trx: TenantTransaction,
  customerId: string,
  emails: string[],
): Promise<Map<string, EmailOwner>> {
  const employees = await findEmailHolders(trx, customerId, emails);
  const accounts = await findAccountsByEmail(trx, customerId, emails);
  const ids = [...accounts.values()].flatMap((one) => (one.kind === "ours" ? [one.accountId] : []));
  const owners = await findAccountOwners(trx, customerId, ids);
  const holders = new Map<string, EmailOwner>();
  for (const email of emails) {
    const employeeId = employees.get(email)?.employeeId ?? null;
    const account = accounts.get(email);
    const owner = account?.kind === "ours" ? owners.get(account.accountId) : undefined;
    const signIn = account === undefined ? null : (owner ?? { employeeId: null, stays: true });
    if (employeeId !== null || signIn !== null) holders.set(email, { employeeId, signIn });
  }
  return holders;
}

/** account → its employee, and whether it was invited or can be signed in with. */
async function findAccountOwners(
  trx: TenantTransaction,
  customerId: string,
  accountIds: string[],
): Promise<Map<string, SignInOwner>> {
  const { rows } = await sql<{ accountId: string; employeeId: string; stays: boolean }>`
    select e.account_id as "accountId", e.employee_id as "employeeId",
           e.invited_at is not null or a.password_hash is not null
             or exists (select from memberships m where m.account_id = a.account_id) as "stays"
    from employees e
    join accounts a on a.account_id = e.account_id
    where e.customer_id = ${customerId} and e.account_id = any (${textArray(accountIds)}::uuid[])`.execute(
    trx,
  );
  return new Map(rows.map(({ accountId, ...owner }) => [accountId, owner]));
}
