import { type Kysely, sql } from "kysely";

/**
 * The database roles. `payflip_app` is what the runtime signs in as (or becomes): it owns nothing. `payflip_sync` is what a
 * run becomes: it cannot delete or deactivate a person. `payflip_platform` sees across customers but no people and no wages.
 * `payflip_definer` owns the few functions that are asked before a customer is known. Roles belong to the whole cluster, so
 * another database of it may have made them already.
 */
export async function roles(db: Kysely<unknown>): Promise<void> {
  for (const role of ["payflip_app", "payflip_sync", "payflip_platform", "payflip_definer"]) {
    await sql
      .raw(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${role}') then
          create role ${role} ${role === "payflip_app" ? "login" : "nologin"} nosuperuser nobypassrls nocreaterole nocreatedb;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$`)
      .execute(db);
  }
  // Without inheritance: a policy for a role would otherwise hold for its members too, at all times.
  await sql`grant payflip_sync, payflip_platform to payflip_app with inherit false, set true`.execute(db);
  await sql`
    do $$ begin
      if not pg_has_role(current_user, 'payflip_definer', 'set') or not pg_has_role(current_user, 'payflip_app', 'set') then
        execute format('grant payflip_definer, payflip_app to %I with inherit false, set true', current_user);
      end if;
    end $$`.execute(db);
  await sql`grant usage on schema public to payflip_app, payflip_sync, payflip_platform, payflip_definer`.execute(
    db,
  );
  await sql`
    create function current_customer() returns uuid language sql stable as
    $$ select nullif(current_setting('app.customer_id', true), '')::uuid $$`.execute(db);
  await sql`
    create function permitted_entities() returns uuid[] language sql stable as
    $$ select case current_setting('app.entity_ids', true)
                when 'all' then '{}'::uuid[]
                else string_to_array(nullif(current_setting('app.entity_ids', true), ''), ',')::uuid[] end $$`.execute(
    db,
  );
}

/** Forces row-level security by customer, and by the permitted entities where rows belong to one. */
export async function customerTable(
  db: Kysely<unknown>,
  table: string,
  { byEntity }: { byEntity: boolean },
): Promise<void> {
  await platformTable(db, table);
  // Sub-selects make the settings constants of the statement: asked once, not once a row.
  const all = sql`(select current_setting('app.entity_ids', true) = 'all')`;
  const some = sql`((select permitted_entities())::uuid[])`;
  const rule = byEntity
    ? sql`customer_id = (select current_customer()) and (${all} or entity_id = any ${some})`
    : sql`customer_id = (select current_customer())`;
  await sql`create policy own_customer on ${sql.table(table)} to payflip_app, payflip_sync using (${rule}) with check (${rule})`.execute(
    db,
  );
}

/** Forces row-level security: without a policy for it, a role sees nothing. The definer functions see the whole table. */
export async function platformTable(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
  await sql`alter table ${sql.table(table)} force row level security`.execute(db);
  await sql`create policy definer on ${sql.table(table)} to payflip_definer using (true) with check (true)`.execute(
    db,
  );
  await sql`grant select, insert, update, delete on ${sql.table(table)} to payflip_definer`.execute(db);
}

export async function grantTo(
  db: Kysely<unknown>,
  role: string,
  tables: Record<string, string>,
): Promise<void> {
  for (const [table, rights] of Object.entries(tables)) {
    await sql`grant ${sql.raw(rights)} on ${sql.table(table)} to ${sql.id(role)}`.execute(db);
  }
}

/** Hands functions to the definer role and lets only the runtime call them. */
export async function ownDefinerFunctions(db: Kysely<unknown>, signatures: string[]): Promise<void> {
  await sql`grant create on schema public to payflip_definer`.execute(db);
  for (const signature of signatures) {
    await sql.raw(`revoke all on function ${signature} from public`).execute(db);
    await sql.raw(`grant execute on function ${signature} to payflip_app, payflip_sync`).execute(db);
    await sql.raw(`alter function ${signature} owner to payflip_definer`).execute(db);
  }
  await sql`revoke create on schema public from payflip_definer`.execute(db);
}
