import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/** Putting a run back: field by field, and with the accounts that were kept for people who are gone again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Of a change that was put back in part: which fields. Null: all of them.
  await sql`alter table changes add column reverted_fields text[]`.execute(db);
  // An account that was only kept for an employee: nobody signs in with it and it has no role.
  await sql`
    create function release_accounts(of_customer uuid, ids uuid[]) returns void
    language sql volatile security definer set search_path = public as $$
      delete from accounts a
      where of_customer = current_customer() and a.customer_id = of_customer and a.account_id = any (ids) and a.password_hash is null
        and not exists (select from memberships m where m.account_id = a.account_id)
        and not exists (select from sessions s where s.account_id = a.account_id)
        and not exists (select from employees e where e.account_id = a.account_id)
    $$`.execute(db);
  await ownDefinerFunctions(db, ["release_accounts(uuid, uuid[])"]);
}
