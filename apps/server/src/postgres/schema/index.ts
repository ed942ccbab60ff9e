import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";

/**
 * The files of the schema, in the order in which they are run. Each holds a family of tables with everything that belongs to
 * them: constraints, indexes, comments, row-level security, grants and functions. Every table of customers has `customer_id`
 * in its primary key, foreign keys and unique constraints, so that the same SQL runs sharded by customer.
 */
const families = [
  "01-roles",
  "02-customers",
  "03-accounts",
  "04-employees",
  "05-connections",
  "06-consents",
  "07-runs",
  "08-links",
  "09-changes",
  "10-issues-and-holds",
  "11-tasks-and-cases",
  "12-choices",
  "13-previews",
  "14-records",
  "15-provider-calls",
  "16-retention",
  "17-operators",
];

/** The first migration. Until the first release (1.0.0) these files are edited; after it they stay as they are. */
export async function createSchema(db: Kysely<unknown>): Promise<void> {
  for (const family of families) {
    const file = path.join(import.meta.dirname, `${family}.sql`);
    await sql.raw(readFileSync(file, "utf8")).execute(db);
  }
}
