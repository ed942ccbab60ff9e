import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions, platformTable } from "./policies.ts";

/** The line in which the calls to the provider stand, of all processes together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const file = path.join(import.meta.dirname, "0008-provider-calls.sql");
  await sql.raw(readFileSync(file, "utf8")).execute(db);
  for (const table of ["provider_calls", "provider_turns", "provider_pace"]) await platformTable(db, table);
  const limits = "integer, integer, timestamptz";
  await ownDefinerFunctions(db, [
    `start_provider_calls(uuid, ${limits})`,
    `enter_provider_call(uuid, uuid, uuid, boolean, interval, ${limits})`,
    `leave_provider_call(uuid, uuid, uuid, interval, ${limits})`,
    `keep_provider_calls(uuid, uuid[], interval, ${limits})`,
  ]);
}
