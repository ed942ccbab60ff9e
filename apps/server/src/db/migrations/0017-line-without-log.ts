import { type Kysely, sql } from "kysely";

/**
 * What stands in the line to the provider is of the next seconds: a database that stops has none of those calls under way when it
 * is back. Entering and leaving then wait for no disk.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["provider_calls", "provider_turns", "provider_pace"])
    await sql`alter table ${sql.table(table)} set unlogged`.execute(db);
}
