import { type Kysely, sql } from "kysely";

/** Whatever goes wrong above it: nobody signs in as two people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index employees_account on employees (customer_id, account_id)`.execute(db);
}
