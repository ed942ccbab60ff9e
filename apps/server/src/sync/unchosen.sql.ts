import { sql } from "kysely";
import type { RunKey } from "../domain/records/keys.ts";
import type { ListingScope } from "../choices/choices.sql.ts";
import { planForWholeListing } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** How listed people who are not chosen are counted. */
export interface UnchosenFigures {
  waiting: number;
  /** Excluded or released. */
  excluded: number;
  /** Linked people who would not be updated any more. */
  released: number;
  /** Hash of the bucket of each of them. */
  fingerprint: string;
}

export async function findUnchosenFigures(
  trx: TenantTransaction,
  run: RunKey,
  scope: ListingScope,
  now: string,
): Promise<UnchosenFigures> {
  if (scope.kind === "everybody") return { waiting: 0, excluded: 0, released: 0, fingerprint: "" };
  await planForWholeListing(trx);
  const { rows } = await sql<UnchosenFigures>`
    select
      count(*) filter (where bucket = 'waiting')::int as waiting,
      count(*) filter (where bucket = 'excluded')::int as excluded,
      count(*) filter (where stops)::int as released,
      coalesce(
        md5(string_agg(worker_id || ' ' || bucket || ' ' || stops, chr(10) order by worker_id)), '') as fingerprint
    from (${unchosen(run, scope, now)}) u`.execute(trx);
  const [figures] = rows;
  if (figures === undefined) throw new Error("figures have one row");
  return figures;
}

/** Stores people who are not chosen in a preview: their id, their bucket, and its keyed hash. */
export async function insertUnchosenOperations(
  trx: TenantTransaction,
  run: RunKey,
  scope: ListingScope,
  { now, waiting, excluded }: { now: string; waiting: Buffer; excluded: Buffer },
): Promise<void> {
  if (scope.kind === "everybody") return;
  await planForWholeListing(trx);
  await sql`
    insert into preview_operations (customer_id, preview_id, worker_id, entity_id, bucket, employee_id, plan_hash)
    select ${run.customerId}::uuid, ${run.runId}::uuid, u.worker_id, ${run.entityId}::uuid, u.bucket, u.employee_id,
           case u.bucket when 'waiting' then ${waiting}::bytea else ${excluded}::bytea end
    from (${unchosen(run, scope, now)}) u`.execute(trx);
}

/**
 * SQL: listed people who are not in scope, with their bucket after the confirmation. The rule is that of `confirmChoices` in
 * choices/choices.sql.ts: people who are linked, were in the list of candidates or were decided about before are excluded, all
 * others wait.
 */
function unchosen(run: RunKey, scope: ListingScope, now: string) {
  const seen =
    scope.kind === "these"
      ? sql`l.worker_id is not null or k.worker_id is not null or coalesce(c.choice, 'waiting') <> 'waiting'`
      : sql`coalesce(c.choice, 'waiting') <> 'waiting'`;
  return sql`
    select u.worker_id, case when ${seen} then 'excluded' else 'waiting' end as bucket, l.employee_id,
           l.worker_id is not null and (n.mode = 'full' or coalesce(c.choice, '') = 'selected') as stops
    from (
      select distinct unnest(unchosen_worker_ids) as worker_id
      from staged_pages
      where customer_id = ${run.customerId} and run_id = ${run.runId}
    ) u
    join connections n on n.customer_id = ${run.customerId} and n.entity_id = ${run.entityId}
    left join links l on l.customer_id = ${run.customerId} and l.entity_id = ${run.entityId}
      and l.worker_id = u.worker_id
    left join choices c on c.customer_id = ${run.customerId} and c.entity_id = ${run.entityId}
      and c.worker_id = u.worker_id
    left join (
      select k.worker_id
      from candidates k
      join candidate_lists s using (customer_id, entity_id)
      where k.customer_id = ${run.customerId} and k.entity_id = ${run.entityId}
        and s.expires_at > ${now}::timestamptz
    ) k on k.worker_id = u.worker_id`;
}
