import { type Kysely, sql } from "kysely";

/** Since when what an admin rejected is no longer what Liantis sends; null: it still is, or was not looked at since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table holds add column over_at timestamptz`.execute(db);
}
