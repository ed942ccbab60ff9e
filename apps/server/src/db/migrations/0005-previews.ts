import { type Kysely, sql } from "kysely";
import { grantTo, ownDefinerFunctions } from "./policies.ts";

/**
 * What a preview is confirmed with: which one a connection waits to carry out, how many people would stop, and what differs
 * from the preview before. A run that carries one out puts the choices in force, and ends the list they were made from.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table connections add column confirming jsonb`.execute(db);
  await sql`alter table previews add column released integer not null default 0`.execute(db);
  await sql`alter table previews add column differs_from uuid`.execute(db);
  await sql`create index previews_of_entity on previews (customer_id, entity_id, created_at)`.execute(db);
  await sql`alter table preview_operations add column difference text check (difference in ('new','changed','gone'))`.execute(
    db,
  );
  await grantTo(db, "payflip_sync", {
    choices: "update, delete",
    candidate_lists: "select, delete",
    candidates: "select",
    previews: "insert",
    preview_operations: "update",
  });
  await retention(db);
}

/** A preview that waits to be carried out outlives its time: without it the run would have nothing to compare with. */
async function retention(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function prune_decisions(now_at timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      delete from candidate_lists where expires_at <= now_at;
      delete from previews p where p.expires_at <= now_at and not exists (
        select from connections c where c.customer_id = p.customer_id and c.entity_id = p.entity_id
          and c.confirming->>'previewId' = p.preview_id::text);
      update holds set fields = '[]' where status <> 'open' and fields <> '[]' and created_at < now_at - interval '13 months';
    $$`.execute(db);
  await ownDefinerFunctions(db, ["prune_decisions(timestamptz)"]);
}
