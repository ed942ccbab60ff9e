import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/** Where addresses stand says whose sign-in they are too: an account that is an employee's is nobody else's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop function account_standings(uuid, text[])`.execute(db);
  await sql`
    create function account_standings(of_customer uuid, emails text[])
    returns table (email text, standing text, account_id uuid, employee_id uuid, entity_id uuid)
    language sql stable security definer set search_path = public as $$
      select a.email, case when a.customer_id = of_customer then 'ours' else 'taken' end,
             case when a.customer_id = of_customer then a.account_id end, o.employee_id, o.entity_id
      from unnest(emails) as e(email)
      join accounts a on a.email = e.email
      left join lateral (
        select employee_id, entity_id from employees
        where customer_id = of_customer and account_id = a.account_id and a.customer_id = of_customer
        limit 1) o on true
    $$`.execute(db);
  await ownDefinerFunctions(db, ["account_standings(uuid, text[])"]);
}
