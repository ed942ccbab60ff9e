import { type Kysely, sql } from "kysely";
import { grantTo, platformTable } from "./policies.ts";

/** The calls to the provider that are under way or wait for a place, of all processes; whose turn it was last; and until when the provider's pace is used up (one row, from the first call on). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table provider_calls (
      customer_id uuid not null,
      call_id uuid not null,
      holder_id uuid not null,
      urgent boolean not null,
      asked_at timestamptz not null,
      started_at timestamptz,
      alive_until timestamptz not null,
      primary key (customer_id, call_id)
    )`.execute(db);
  await sql`create table provider_turns (customer_id uuid primary key, last_started_at timestamptz not null)`.execute(
    db,
  );
  await sql`create table provider_pace (used_until timestamptz not null)`.execute(db);
  for (const table of ["provider_calls", "provider_turns", "provider_pace"]) {
    await platformTable(db, table);
    await sql`create policy every_process on ${sql.table(table)} to payflip_app using (true) with check (true)`.execute(
      db,
    );
  }
  await grantTo(db, "payflip_app", {
    provider_calls: "select, insert, update, delete",
    provider_turns: "select, insert, update",
    provider_pace: "select, insert, update",
  });
}
