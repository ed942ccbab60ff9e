import { sql } from "kysely";
import type { HoldDecision, PersonHold, UsedAcceptance } from "../domain/guards/hold-types.ts";
import type { EntityKey, RunAt, RunKey } from "../domain/records/keys.ts";
import { jsonArray, textArray } from "../postgres/column-arrays.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface RaisedHold extends Pick<PersonHold, "kind" | "fingerprint" | "reasons" | "fields"> {
  workerId: string;
  employeeId: string | null;
}

/** worker → their holds with the decisions, oldest first, without superseded holds and used acceptances. */
export async function findHoldDecisions(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  workerIds: string[],
): Promise<Map<string, HoldDecision[]>> {
  if (workerIds.length === 0) return new Map();
  const { rows } = await sql<HoldDecision & { workerId: string }>`
    select worker_id as "workerId", kind, fingerprint, status
    from holds
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and worker_id <> ''
      and worker_id = any (${textArray(workerIds)}::text[])
      and status <> 'superseded'
      and used_at is null
    order by created_at, hold_id`.execute(trx);
  const decisions = new Map<string, HoldDecision[]>();
  for (const { workerId, kind, fingerprint, status } of rows) {
    decisions.set(workerId, [...(decisions.get(workerId) ?? []), { kind, fingerprint, status }]);
  }
  return decisions;
}

/** Opens holds of people, or updates open ones. A hold with another fingerprint replaces the open one of its person and kind. */
export async function raisePersonHolds(
  trx: TenantTransaction,
  run: RunAt,
  holds: RaisedHold[],
): Promise<void> {
  if (holds.length === 0) return;
  const workerIds = textArray(holds.map((hold) => hold.workerId));
  const kinds = textArray(holds.map((hold) => hold.kind));
  const fingerprints = textArray(holds.map((hold) => hold.fingerprint));
  await sql`
    update holds h set status = 'superseded'
    from unnest(${workerIds}::text[], ${kinds}::text[], ${fingerprints}::text[]) as i(worker_id, kind, fingerprint)
    where h.customer_id = ${run.customerId}
      and h.entity_id = ${run.entityId}
      and h.worker_id <> ''
      and h.status = 'open'
      and h.worker_id = i.worker_id
      and h.kind = i.kind
      and h.fingerprint <> i.fingerprint`.execute(trx);
  await sql`
    insert into holds as h (
      customer_id, entity_id, run_id, last_run_id, created_at, status,
      hold_id, worker_id, employee_id, kind, fingerprint, reasons, fields)
    select ${run.customerId}::uuid, ${run.entityId}::uuid, ${run.runId}::uuid, ${run.runId}::uuid,
           ${run.now}::timestamptz, 'open',
           i.hold_id, i.worker_id, coalesce(i.employee_id, l.employee_id), i.kind, i.fingerprint, i.reasons, i.fields
    from unnest(
      ${textArray(holds.map(() => newId()))}::uuid[],
      ${workerIds}::text[],
      ${textArray(holds.map((hold) => hold.employeeId))}::uuid[],
      ${kinds}::text[],
      ${fingerprints}::text[],
      ${jsonArray(holds.map((hold) => JSON.stringify(hold.reasons)))}::jsonb[],
      ${jsonArray(holds.map((hold) => JSON.stringify(hold.fields)))}::jsonb[]
    ) as i(hold_id, worker_id, employee_id, kind, fingerprint, reasons, fields)
    left join links l
      on l.customer_id = ${run.customerId}
      and l.entity_id = ${run.entityId}
      and l.worker_id = i.worker_id
    on conflict (customer_id, entity_id, kind, worker_id) where status = 'open' and worker_id <> '' do update set
      last_run_id = excluded.last_run_id,
      employee_id = coalesce(excluded.employee_id, h.employee_id),
      reasons = case when h.kind = 'reverted' then h.reasons else excluded.reasons end,
      fields = case when h.kind = 'reverted' then h.fields else excluded.fields end`.execute(trx);
}

/** Marks acceptances as used, in the transaction of the writes that they permitted: the same change would be held again. */
export async function markAcceptancesUsed(
  trx: TenantTransaction,
  run: Omit<RunAt, "runId">,
  used: UsedAcceptance[],
): Promise<void> {
  if (used.length === 0) return;
  await sql`
    update holds h set used_at = ${run.now}::timestamptz
    from unnest(
      ${textArray(used.map((one) => one.workerId))}::text[],
      ${textArray(used.map((one) => one.kind))}::text[],
      ${textArray(used.map((one) => one.fingerprint))}::text[]
    ) as i(worker_id, kind, fingerprint)
    where h.customer_id = ${run.customerId}
      and h.entity_id = ${run.entityId}
      and h.worker_id = i.worker_id
      and h.kind = i.kind
      and h.fingerprint = i.fingerprint
      and h.status = 'accepted'
      and h.used_at is null`.execute(trx);
}

/**
 * Updates the rejected holds of the planned people: one whose values Liantis still sends holds them back, any other is over.
 * @param inForce the rejections that held something back in this run
 */
export async function updateRejections(
  trx: TenantTransaction,
  run: RunAt,
  { workerIds, inForce }: { workerIds: string[]; inForce: { workerId: string; fingerprint: string }[] },
): Promise<void> {
  if (workerIds.length === 0) return;
  await sql`
    update holds h set over_at = case when s.worker_id is null then ${run.now}::timestamptz end
    from holds o
    left join unnest(
      ${textArray(inForce.map((one) => one.workerId))}::text[],
      ${textArray(inForce.map((one) => one.fingerprint))}::text[]
    ) as s(worker_id, fingerprint) on s.worker_id = o.worker_id and s.fingerprint = o.fingerprint
    where o.customer_id = ${run.customerId}
      and o.entity_id = ${run.entityId}
      and o.worker_id = any (${textArray(workerIds)}::text[])
      and o.status = 'rejected'
      and o.kind <> 'reverted'
      and (o.over_at is null) = (s.worker_id is null)
      and h.customer_id = o.customer_id
      and h.hold_id = o.hold_id`.execute(trx);
}

/**
 * Ends the open holds that the run did not raise again. A hold of an undo stays open until an admin decides.
 * @param workerId the one worker that the run was about; null: the run was about all workers
 */
export async function supersedeUnseenPersonHolds(
  trx: TenantTransaction,
  run: RunKey,
  workerId: string | null,
): Promise<void> {
  await sql`
    update holds set status = 'superseded'
    where customer_id = ${run.customerId}
      and entity_id = ${run.entityId}
      and worker_id <> ''
      and status = 'open'
      and kind <> 'reverted' and last_run_id is distinct from ${run.runId}::uuid
      and (${workerId}::text is null or worker_id = ${workerId}::text)`.execute(trx);
}

/** The number of open holds that the run raised. */
export async function countSeenHolds(trx: TenantTransaction, run: RunKey): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from holds
    where customer_id = ${run.customerId}
      and entity_id = ${run.entityId}
      and status = 'open'
      and last_run_id = ${run.runId}::uuid`.execute(trx);
  return rows[0]?.count ?? 0;
}
