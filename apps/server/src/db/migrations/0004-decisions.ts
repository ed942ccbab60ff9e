import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import { customerTable, grantTo, ownDefinerFunctions } from "./policies.ts";

/**
 * What people decide about a synchronisation: who is chosen, what a preview showed, what is held of one person, what is to be
 * done, who moved to another entity, and who is not who they seem.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const family of ["choices", "runs", "tasks"]) {
    await sql
      .raw(readFileSync(path.join(import.meta.dirname, "0004-decisions", `${family}.sql`), "utf8"))
      .execute(db);
  }
  for (const table of Object.keys(appRights)) await customerTable(db, table, { byEntity: true });
  await grantTo(db, "payflip_app", appRights);
  await grantTo(db, "payflip_sync", syncRights);
  await grantTo(db, "payflip_platform", platformRights);
  for (const table of Object.keys(platformRights)) {
    await sql`create policy whole_platform on ${sql.table(table)} to payflip_platform using (true) with check (true)`.execute(
      db,
    );
  }
  await retention(db);
}

const appRights = {
  choices: "select, insert, update, delete",
  candidate_lists: "select, insert, update, delete",
  candidates: "select, insert, delete",
  previews: "select, insert, update, delete",
  preview_operations: "select, delete",
  tasks: "select, insert, update",
  cases: "select, insert, update",
  kept_apart: "select, insert, delete",
};

const syncRights = {
  choices: "select, insert",
  previews: "select, update",
  preview_operations: "select, insert, delete",
  tasks: "select, insert, update",
  cases: "select, insert, update",
  kept_apart: "select",
};

/** Support reads and decides cases; success managers see which tasks are open, not of whom. */
const platformRights = {
  cases: "select",
  tasks: "select (customer_id, entity_id, task_id, kind, status, due_on, first_seen_at)",
};

async function retention(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function prune_decisions(now_at timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      delete from candidate_lists where expires_at <= now_at;
      delete from previews where expires_at <= now_at;
      update holds set fields = '[]' where status <> 'open' and fields <> '[]' and created_at < now_at - interval '13 months';
    $$`.execute(db);
  await ownDefinerFunctions(db, ["prune_decisions(timestamptz)"]);
}
