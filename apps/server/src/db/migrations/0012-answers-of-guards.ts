import { type Kysely, sql } from "kysely";

/**
 * What a guard says comes with whom and why: who is missing and whose field is empty with a hold of a run, the reasons with the
 * people of a preview. What was kept back before limits could be set was judged by the usual ones, and its words now name them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table holds add column people jsonb not null default '[]'`.execute(db);
  await sql`alter table preview_operations add column issues json, add column reasons json`.execute(db);
  // Row-level security is forced for the owner too.
  await sql`set local role payflip_definer`.execute(db);
  await sql`
    update holds set reasons = (
      select jsonb_agg(case when r->>'code' in ('WAGE_UP', 'WAGE_DOWN') then jsonb_set(r, '{params,factor}', '"1.5"') else r end order by place)
      from jsonb_array_elements(reasons) with ordinality as e(r, place))
    where reasons @> '[{"code":"WAGE_UP"}]' or reasons @> '[{"code":"WAGE_DOWN"}]'`.execute(db);
  await sql`
    update issues set params = params || '{"allowed":"60"}' where code = 'EMPLOYER_NSSO_IMPLAUSIBLE'`.execute(
    db,
  );
  await sql`reset role`.execute(db);
}
