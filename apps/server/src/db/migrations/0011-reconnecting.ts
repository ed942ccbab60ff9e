import { type Kysely, sql } from "kysely";

/** What is to be put right of a connection that rests: said where no run finds it out. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: not a run, but a change of company details raised it.
  await sql`alter table issues alter column last_run_id drop not null`.execute(db);
}
