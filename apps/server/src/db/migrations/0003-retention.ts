import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/** What ends by the calendar, of every customer: also of one who switched the integration off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function prune_history(now_at timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      delete from staged_pages s using runs r
        where r.customer_id = s.customer_id and r.run_id = s.run_id and r.status in ('finished', 'cancelled');
      delete from staged_workers s using runs r
        where r.customer_id = s.customer_id and r.run_id = s.run_id and r.status in ('finished', 'cancelled');
      delete from changes where contract_id is not null and at < now_at - interval '13 months';
      delete from consent_states where expires_at < now_at - interval '1 day';
    $$`.execute(db);
  await ownDefinerFunctions(db, ["prune_history(timestamptz)"]);
}
