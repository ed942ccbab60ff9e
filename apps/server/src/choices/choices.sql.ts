import type { Choice } from "@payflip/contract/candidates.ts";
import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { hiddenFromPlanner } from "../postgres/planner-hints.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface Deciding extends EntityKey {
  /** RFC 3339. */
  decidedAt: string;
  decidedBy: string | null;
}

/**
 * The people whom a run synchronises. `remembered`: the selected ones; with `linkedToo` (a full connection that would become
 * selective) also linked people without a choice. `these`: the people that a preview names, whatever was chosen before.
 */
export type ListingScope =
  | { kind: "everybody" }
  | { kind: "remembered"; linkedToo: boolean }
  | { kind: "these"; workerIds: ReadonlySet<string> };

/** Those of the workers that are in scope. */
export async function findWorkersInScope(
  trx: TenantTransaction,
  run: EntityKey,
  scope: ListingScope,
  workerIds: string[],
): Promise<Set<string>> {
  if (scope.kind === "everybody") return new Set(workerIds);
  if (scope.kind === "these") return new Set(workerIds.filter((id) => scope.workerIds.has(id)));
  const { rows } = await sql<{ workerId: string }>`
    select i.worker_id as "workerId"
    from unnest(${textArray(workerIds)}::text[]) as i(worker_id)
    left join lateral (
      select choice
      from choices c
      where c.customer_id = ${hiddenFromPlanner(run.customerId)}
        and c.entity_id = ${run.entityId}
        and c.worker_id = i.worker_id
      offset 0) c on true
    where c.choice = 'selected' or (${scope.linkedToo} and c.choice is null and exists (
      select from links l
      where l.customer_id = ${hiddenFromPlanner(run.customerId)}
        and l.entity_id = ${run.entityId}
        and l.worker_id = i.worker_id))`.execute(trx);
  return new Set(rows.map((row) => row.workerId));
}

/** The choice for a worker in selective mode; null before the first one. */
export async function findChoice(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: EntityKey & { workerId: string },
): Promise<Choice | null> {
  const row = await trx
    .selectFrom("choices")
    .select("choice")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("worker_id", "=", workerId)
    .executeTakeFirst();
  return row?.choice ?? null;
}

/**
 * Stores the choices of an admin. A dropped person is released if linked (link and data stay), else excluded. A choice that is
 * the same as before keeps its instant.
 * @returns the numbers of changed choices
 */
export async function decideChoices(
  trx: TenantTransaction,
  deciding: Deciding,
  { select, drop }: { select: string[]; drop: string[] },
): Promise<{ selected: number; dropped: number }> {
  const selected = await upsertChoices(
    trx,
    deciding,
    sql`select i.worker_id, 'selected' as choice from unnest(${textArray(select)}::text[]) as i(worker_id)`,
  );
  const dropped = await upsertChoices(
    trx,
    deciding,
    sql`
      select i.worker_id, case when l.worker_id is null then 'excluded' else 'released' end as choice
      from unnest(${textArray(drop)}::text[]) as i(worker_id)
      left join links l
        on l.customer_id = ${deciding.customerId}
        and l.entity_id = ${deciding.entityId}
        and l.worker_id = i.worker_id`,
  );
  await closeMattersOfUnselected(trx, deciding);
  return { selected, dropped };
}

/**
 * Stores the choices of a confirmed selective mode: exactly these workers are selected. Other linked people are released. Other
 * workers of the candidate list, or selected before, are excluded, since an admin saw them and did not select them. Workers that
 * no admin saw have no choice yet: they will wait. Without ids the stored choices stay, and linked people without a choice are
 * selected.
 */
export async function confirmChoices(
  trx: TenantTransaction,
  deciding: Deciding,
  { workerIds, wasSelective }: { workerIds: readonly string[] | null; wasSelective: boolean },
): Promise<void> {
  if (workerIds !== null) await confirmGiven(trx, deciding, workerIds);
  else if (!wasSelective) await confirmRemembered(trx, deciding);
  await closeMattersOfUnselected(trx, deciding);
}

async function confirmGiven(
  trx: TenantTransaction,
  deciding: Deciding,
  workerIds: readonly string[],
): Promise<void> {
  const { customerId, entityId, decidedAt } = deciding;
  const these = sql`select worker_id from unnest(${textArray(workerIds)}::text[]) as i(worker_id)`;
  await upsertChoices(trx, deciding, sql`select i.worker_id, 'selected' as choice from (${these}) i`);
  await upsertChoices(
    trx,
    deciding,
    sql`
      with seen as (
        select worker_id from links where customer_id = ${customerId} and entity_id = ${entityId}
        union
        select k.worker_id
        from candidates k
        join candidate_lists s using (customer_id, entity_id)
        where k.customer_id = ${customerId}
          and k.entity_id = ${entityId}
          and s.expires_at > ${decidedAt}::timestamptz
        union
        select worker_id
        from choices
        where customer_id = ${customerId} and entity_id = ${entityId} and choice = 'selected'),
      dropped as (select worker_id from seen except (${these}))
      select d.worker_id, case when l.worker_id is null then 'excluded' else 'released' end as choice
      from dropped d
      left join links l
        on l.customer_id = ${customerId}
        and l.entity_id = ${entityId}
        and l.worker_id = d.worker_id
      where l.worker_id is not null
        or not exists (
          select from choices c
          where c.customer_id = ${customerId}
            and c.entity_id = ${entityId}
            and c.worker_id = d.worker_id
            and c.choice = 'released')`,
  );
}

async function confirmRemembered(trx: TenantTransaction, deciding: Deciding): Promise<void> {
  await upsertChoices(
    trx,
    deciding,
    sql`
      select l.worker_id, case when c.choice is null then 'selected' else 'released' end as choice
      from links l
      left join choices c using (customer_id, entity_id, worker_id)
      where l.customer_id = ${deciding.customerId}
        and l.entity_id = ${deciding.entityId}
        and (c.choice is null or c.choice = 'excluded')`,
  );
}

async function upsertChoices(
  trx: TenantTransaction,
  { customerId, entityId, decidedAt, decidedBy }: Deciding,
  decided: ReturnType<typeof sql>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into choices as c (customer_id, entity_id, worker_id, choice, first_seen_at, decided_at, decided_by)
    select ${customerId}::uuid, ${entityId}::uuid, d.worker_id, d.choice,
           ${decidedAt}::timestamptz, ${decidedAt}::timestamptz, ${decidedBy}::uuid
    from (${decided}) d
    on conflict (customer_id, entity_id, worker_id) do update set
      choice = excluded.choice,
      decided_at = excluded.decided_at,
      decided_by = excluded.decided_by
    where c.choice <> excluded.choice`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * Closes issues and holds of people who are not synchronised. The hold of an undo stays, for the day on which they are
 * synchronised again. Issues and holds of unselected people without a link are deleted, because they name people.
 */
async function closeMattersOfUnselected(
  trx: TenantTransaction,
  { customerId, entityId, decidedAt }: Deciding,
): Promise<void> {
  const unselected = sql`
    select worker_id
    from choices
    where customer_id = ${customerId} and entity_id = ${entityId} and choice in ('excluded', 'released')`;
  await sql`
    update issues set status = 'closed', closed_at = ${decidedAt}::timestamptz
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and status <> 'closed'
      and worker_id in (${unselected})`.execute(trx);
  await sql`
    update holds set status = 'superseded'
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and status = 'open'
      and kind <> 'reverted'
      and worker_id in (${unselected})`.execute(trx);
  await sql`select delete_issues_and_holds_of_unselected(${customerId}, ${entityId})`.execute(trx);
}

/**
 * Updates the waiting workers after a complete listing in selective mode: a listed worker without a choice waits, and a waiting
 * worker that is no longer listed is deleted.
 * @param isComplete false when a listed worker had no readable id: then none is deleted
 */
export async function admitNewcomers(
  trx: TenantTransaction,
  { customerId, entityId, runId }: EntityKey & { runId: string },
  { now, isComplete }: { now: string; isComplete: boolean },
): Promise<void> {
  const isSelective = sql`
    exists (
      select from connections
      where customer_id = ${customerId} and entity_id = ${entityId} and mode = 'selective')`;
  const unchosen = sql`
    select distinct unnest(unchosen_worker_ids) as worker_id
    from staged_pages
    where customer_id = ${customerId} and run_id = ${runId}`;
  await sql`
    insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at)
    select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'waiting', ${now}::timestamptz
    from (${unchosen}) u
    on conflict (customer_id, entity_id, worker_id) do nothing`.execute(trx);
  if (!isComplete) return;
  await sql`
    delete from choices c
    where c.customer_id = ${customerId}
      and c.entity_id = ${entityId}
      and c.choice = 'waiting'
      and ${isSelective}
      and c.worker_id not in (${unchosen})`.execute(trx);
}

/** Whether exactly these workers are selected. */
export async function hasSelected(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  workerIds: readonly string[],
): Promise<boolean> {
  const rows = await trx
    .selectFrom("choices")
    .select("worker_id")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("choice", "=", "selected")
    .execute();
  const wanted = new Set(workerIds);
  return rows.length === wanted.size && rows.every((row) => wanted.has(row.worker_id));
}
