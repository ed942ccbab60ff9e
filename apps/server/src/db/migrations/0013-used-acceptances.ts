import { type Kysely, sql } from "kysely";

/** When what an admin let through of a person was written: the same is asked about when it comes again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table holds add column used_at timestamptz`.execute(db);
}
