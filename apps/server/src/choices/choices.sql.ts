import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import { textArray } from "../postgres/column-arrays.ts";
import { hiddenFromPlanner } from "../postgres/planner-hints.ts";
import type { Choice } from "../postgres/rows/choices.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** Who decided, and when (RFC 3339). */
interface Deciding extends EntityKey {
  at: string;
  by: string | null;
}

/**
 * Whom a run synchronises. `remembered`: those whom the choices name, in a full connection that would become selective also the
 * linked ones of whom nobody ever decided. `these`: just the people that a preview names, whatever was chosen before.
 */
export type ListingScope =
  | { kind: "everybody" }
  | { kind: "remembered"; linkedToo: boolean }
  | { kind: "these"; workerIds: ReadonlySet<string> };

/** Of some listed workers, those that are in scope. */
export async function chosenAmong(
  trx: TenantTransaction,
  run: EntityKey,
  scope: ListingScope,
  workerIds: string[],
): Promise<Set<string>> {
  if (scope.kind === "everybody") return new Set(workerIds);
  if (scope.kind === "these") return new Set(workerIds.filter((id) => scope.workerIds.has(id)));
  const { rows } = await sql<{ worker_id: string }>`
    select i.worker_id from unnest(${textArray(workerIds)}::text[]) as i(worker_id)
    left join lateral (
      select choice from choices c
      where c.customer_id = ${hiddenFromPlanner(run.customerId)} and c.entity_id = ${run.entityId} and c.worker_id = i.worker_id offset 0) c on true
    where c.choice = 'selected' or (${scope.linkedToo} and c.choice is null and exists (
      select from links l where l.customer_id = ${hiddenFromPlanner(run.customerId)} and l.entity_id = ${run.entityId} and l.worker_id = i.worker_id))`.execute(
    trx,
  );
  return new Set(rows.map((row) => row.worker_id));
}

/** What an admin chose for a worker in selective mode; null when nobody chose yet. */
export async function findChoice(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: { customerId: string; entityId: string; workerId: string },
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
 * Writes down what somebody chose. Whoever is linked and not wanted any more is released: link and data stay. Whoever has the
 * choice already keeps it, with the moment of the first time.
 * @returns how many are newly selected, and whether anybody's choice changed
 */
export async function decideChoices(
  trx: TenantTransaction,
  of: Deciding,
  { select, drop }: { select: string[]; drop: string[] },
): Promise<{ selected: number; dropped: number }> {
  const selected = await upsertChoices(
    trx,
    of,
    sql`
    select i.worker_id, 'selected' as choice from unnest(${textArray(select)}::text[]) as i(worker_id)`,
  );
  const dropped = await upsertChoices(
    trx,
    of,
    sql`
    select i.worker_id, case when l.worker_id is null then 'excluded' else 'released' end as choice
    from unnest(${textArray(drop)}::text[]) as i(worker_id) left join links l
      on l.customer_id = ${of.customerId} and l.entity_id = ${of.entityId} and l.worker_id = i.worker_id`,
  );
  await closeMattersOfUnchosen(trx, of);
  return { selected, dropped };
}

/**
 * Puts a confirmed selective mode in force: exactly these workers are selected. Linked people who are not among them are
 * released; whoever stood in the list that was chosen from, or was selected before, is excluded: somebody saw them and did not
 * want them. Of workers nobody ever saw nothing is decided: they wait. Without ids the choices hold as they are remembered, and
 * people who are linked without a choice go on.
 */
export async function confirmChoices(
  trx: TenantTransaction,
  of: Deciding,
  { workerIds, wasSelective }: { workerIds: readonly string[] | null; wasSelective: boolean },
): Promise<void> {
  if (workerIds !== null) await confirmThese(trx, of, workerIds);
  else if (!wasSelective) await confirmRemembered(trx, of);
  await closeMattersOfUnchosen(trx, of);
}

async function confirmThese(
  trx: TenantTransaction,
  of: Deciding,
  workerIds: readonly string[],
): Promise<void> {
  const { customerId, entityId, at } = of;
  const these = sql`select worker_id from unnest(${textArray(workerIds)}::text[]) as i(worker_id)`;
  await upsertChoices(trx, of, sql`select i.worker_id, 'selected' as choice from (${these}) i`);
  await upsertChoices(
    trx,
    of,
    sql`
    with seen as (
      select worker_id from links where customer_id = ${customerId} and entity_id = ${entityId}
      union
      select k.worker_id from candidates k join candidate_lists s using (customer_id, entity_id)
      where k.customer_id = ${customerId} and k.entity_id = ${entityId} and s.expires_at > ${at}::timestamptz
      union
      select worker_id from choices where customer_id = ${customerId} and entity_id = ${entityId} and choice = 'selected'),
    dropped as (select worker_id from seen except (${these}))
    select d.worker_id, case when l.worker_id is null then 'excluded' else 'released' end as choice
    from dropped d left join links l
      on l.customer_id = ${customerId} and l.entity_id = ${entityId} and l.worker_id = d.worker_id
    where l.worker_id is not null or not exists (
      select from choices c where c.customer_id = ${customerId} and c.entity_id = ${entityId} and c.worker_id = d.worker_id
        and c.choice = 'released')`,
  );
}

async function confirmRemembered(trx: TenantTransaction, of: Deciding): Promise<void> {
  await upsertChoices(
    trx,
    of,
    sql`
    select l.worker_id, case when c.choice is null then 'selected' else 'released' end as choice
    from links l left join choices c using (customer_id, entity_id, worker_id)
    where l.customer_id = ${of.customerId} and l.entity_id = ${of.entityId} and (c.choice is null or c.choice = 'excluded')`,
  );
}

async function upsertChoices(
  trx: TenantTransaction,
  { customerId, entityId, at, by }: Deciding,
  decided: ReturnType<typeof sql>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into choices as c (customer_id, entity_id, worker_id, choice, first_seen_at, decided_at, decided_by)
    select ${customerId}::uuid, ${entityId}::uuid, d.worker_id, d.choice, ${at}::timestamptz, ${at}::timestamptz, ${by}::uuid
    from (${decided}) d
    on conflict (customer_id, entity_id, worker_id) do update set
      choice = excluded.choice, decided_at = excluded.decided_at, decided_by = excluded.decided_by
    where c.choice <> excluded.choice`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * Nothing is asked any more about people who are not synchronised. What somebody put back by hand stays remembered, for the day on
 * which they are synchronised again. Of whoever was never ours and is not selected, what was said is gone: their
 * names stand in it.
 */
async function closeMattersOfUnchosen(
  trx: TenantTransaction,
  { customerId, entityId, at }: Deciding,
): Promise<void> {
  const unchosen = sql`
    select worker_id from choices
    where customer_id = ${customerId} and entity_id = ${entityId} and choice in ('excluded', 'released')`;
  await sql`
    update issues set status = 'closed', closed_at = ${at}::timestamptz
    where customer_id = ${customerId} and entity_id = ${entityId} and status <> 'closed' and worker_id in (${unchosen})`.execute(
    trx,
  );
  await sql`
    update holds set status = 'superseded'
    where customer_id = ${customerId} and entity_id = ${entityId} and status = 'open' and kind <> 'reverted'
      and worker_id in (${unchosen})`.execute(trx);
  await sql`select delete_issues_and_holds_of_unselected(${customerId}, ${entityId})`.execute(trx);
}

/**
 * What a complete listing in selective mode means for who waits: whoever is listed and was never decided about waits from now on;
 * whoever waited and is not listed any more is forgotten. @param everybodyKnown false when somebody listed could not be told
 */
export async function admitNewcomers(
  trx: TenantTransaction,
  { customerId, entityId, runId }: EntityKey & { runId: string },
  { at, everybodyKnown }: { at: string; everybodyKnown: boolean },
): Promise<void> {
  const selective = sql`
    exists (select from connections where customer_id = ${customerId} and entity_id = ${entityId} and mode = 'selective')`;
  const unchosen = sql`
    select distinct unnest(unchosen_worker_ids) as worker_id from staged_pages
    where customer_id = ${customerId} and run_id = ${runId}`;
  await sql`
    insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at)
    select ${customerId}::uuid, ${entityId}::uuid, u.worker_id, 'waiting', ${at}::timestamptz from (${unchosen}) u
    on conflict (customer_id, entity_id, worker_id) do nothing`.execute(trx);
  if (!everybodyKnown) return;
  await sql`
    delete from choices c where c.customer_id = ${customerId} and c.entity_id = ${entityId} and c.choice = 'waiting'
      and ${selective} and c.worker_id not in (${unchosen})`.execute(trx);
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
