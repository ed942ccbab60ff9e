import { sql } from "kysely";
import type { EntityKey, RunAt, RunKey } from "../domain/records/keys.ts";
import { textArray } from "../postgres/column-arrays.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A person whose e-mail goes to a colleague while they get the e-mail of a colleague. */
export interface EmailSwap {
  workerId: string;
  employeeId: string;
  rowVersion: number;
  firstName: string;
  lastName: string;
  employeeNumber: string | null;
  before: string;
  after: string;
  /** An admin accepted exactly this. */
  accepted: boolean;
}

/** Whether any e-mail swap of the entity is accepted and not carried out yet. */
export async function isEmailSwapAccepted(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
): Promise<boolean> {
  const found = await trx
    .selectFrom("holds")
    .select("hold_id")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("worker_id", "<>", "")
    .where("kind", "=", "identity_swap")
    .where("status", "=", "accepted")
    .where("used_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Locks the employees of these workers, and reads their stored and sent e-mails. */
export async function findEmailSwaps(
  trx: TenantTransaction,
  run: RunKey,
  workerIds: string[],
): Promise<EmailSwap[]> {
  if (workerIds.length === 0) return [];
  const { rows } = await sql<EmailSwap>`
    select s.worker_id as "workerId", e.employee_id as "employeeId", e.row_version as "rowVersion",
           e.first_name as "firstName", e.last_name as "lastName", e.employee_number as "employeeNumber",
           e.email as before, s.email as after,
           exists (
             select from holds h
             where h.customer_id = s.customer_id and h.entity_id = s.entity_id and h.worker_id = s.worker_id
               and h.kind = 'identity_swap' and h.status = 'accepted' and h.used_at is null
               and h.fields @> jsonb_build_array(
                 jsonb_build_object('field', 'email', 'before', e.email, 'after', s.email))) as accepted
    from staged_workers s
    join links l on l.customer_id = s.customer_id and l.entity_id = s.entity_id and l.worker_id = s.worker_id
    join employees e on e.customer_id = l.customer_id and e.employee_id = l.employee_id
    where s.customer_id = ${run.customerId} and s.run_id = ${run.runId}
      and s.worker_id = any (${textArray(workerIds)}::text[])
    order by s.worker_id
    for update of e`.execute(trx);
  return rows;
}

/**
 * Writes the swapped e-mails. An e-mail is unique, so the people get placeholders first, within the transaction. Sign-ins
 * follow as after any other change of an e-mail.
 */
export async function swapEmails(
  trx: TenantTransaction,
  { customerId, now }: RunAt,
  people: (Pick<EmailSwap, "employeeId" | "after"> & { searchText: string })[],
): Promise<void> {
  const employeeIds = textArray(people.map((person) => person.employeeId));
  await sql`
    update employees set email = employee_id || '@between.invalid'
    where customer_id = ${customerId} and employee_id = any (${employeeIds}::uuid[])`.execute(trx);
  await sql`
    update employees e set
      email = i.email, search_text = i.search_text, row_version = e.row_version + 1, updated_at = ${now}::timestamptz
    from unnest(
      ${employeeIds}::uuid[],
      ${textArray(people.map((person) => person.after))}::text[],
      ${textArray(people.map((person) => person.searchText))}::text[]) as i(employee_id, email, search_text)
    where e.customer_id = ${customerId} and e.employee_id = i.employee_id`.execute(trx);
  await swapSignIns(
    trx,
    customerId,
    people.map((person) => person.employeeId),
  );
}

interface SignIn {
  accountId: string;
  /** The person was not invited, and the account has no password and no role. */
  follows: boolean;
  /** The account that has the new e-mail; null: none, or one of another customer. */
  heldBy: string | null;
  isTaken: boolean;
}

/** Sign-ins get the new e-mails that are free, or that become free in this swap: a sign-in that stays blocks the next one. */
async function swapSignIns(trx: TenantTransaction, customerId: string, employeeIds: string[]): Promise<void> {
  const { rows } = await sql<SignIn>`
    select a.account_id as "accountId", s.account_id as "heldBy", coalesce(s.holder = 'taken', false) as "isTaken",
           e.invited_at is null and a.password_hash is null
             and not exists (select from memberships m where m.account_id = a.account_id) as follows
    from employees e
    join accounts a on a.account_id = e.account_id and a.customer_id = ${customerId}
    left join lateral find_accounts_by_email(${customerId}, array[e.email]) s
      on s.account_id is distinct from a.account_id
    where e.customer_id = ${customerId} and e.employee_id = any (${textArray(employeeIds)}::uuid[])`.execute(
    trx,
  );
  const moving = new Map(
    rows.filter((one) => one.follows && !one.isTaken).map((one) => [one.accountId, one]),
  );
  let movingBefore: number;
  do {
    movingBefore = moving.size;
    for (const { accountId, heldBy } of moving.values())
      if (heldBy !== null && !moving.has(heldBy)) moving.delete(accountId);
  } while (moving.size < movingBefore);
  const accountIds = textArray([...moving.keys()]);
  await sql`
    update accounts set email = account_id || '@between.invalid'
    where customer_id = ${customerId} and account_id = any (${accountIds}::uuid[])`.execute(trx);
  await sql`
    update accounts a set email = e.email
    from employees e
    where e.customer_id = ${customerId} and e.employee_id = any (${textArray(employeeIds)}::uuid[])
      and a.account_id = e.account_id and a.account_id = any (${accountIds}::uuid[])`.execute(trx);
}

/** E-mails that people had before this run wrote another one. */
export async function findEmailsGivenUp(trx: TenantTransaction, run: RunKey): Promise<Set<string>> {
  const { rows } = await sql<{ email: string }>`
    select fields->'email'->>0 as email
    from changes
    where customer_id = ${run.customerId} and run_id = ${run.runId} and kind = 'update' and contract_id is null
      and fields->'email'->>0 is not null`.execute(trx);
  return new Set(rows.map((row) => row.email));
}

/** Workers whose e-mail this run swapped. */
export async function findSwappedWorkers(trx: TenantTransaction, run: RunKey): Promise<Set<string>> {
  const rows = await trx
    .selectFrom("changes")
    .select("worker_id")
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .where("reason", "=", "address_exchange")
    .execute();
  return new Set(rows.map((row) => row.worker_id));
}
