import { sql } from "kysely";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface PersonKey {
  customerId: string;
  entityId: string;
  employeeId: string;
  /** Null of somebody who is linked to nobody. */
  workerId: string | null;
}

/** What runs and people left behind about how somebody stands with Liantis. Instants are RFC 3339. */
export interface PersonStanding {
  linkedAt: string | null;
  absentSince: string | null;
  linkedBy: "email" | "by_hand" | "created" | null;
  /** The last run that looked at them and was applied. */
  look: { runId: string; at: string } | null;
  /** A later run that came to nothing. */
  troubleAt: string | null;
  unlinked: "apart" | "doubted" | null;
}

/** How somebody stands with Liantis, from what is stored. */
export async function findPersonStanding(trx: TenantTransaction, person: PersonKey): Promise<PersonStanding> {
  const { workerId } = person;
  if (workerId === null) {
    const unlinked = await findUnlinked(trx, person);
    return { linkedAt: null, absentSince: null, linkedBy: null, look: null, troubleAt: null, unlinked };
  }
  const link = await findLinkTimes(trx, person, workerId);
  const look = await findLook(trx, person, { workerId, since: link.linkedAt });
  return {
    ...link,
    linkedBy: await findLinkedBy(trx, person, { workerId, linkedAt: link.linkedAt }),
    look,
    troubleAt: await findTrouble(trx, person, { workerId, since: look?.at ?? link.linkedAt }),
    unlinked: null,
  };
}

async function findLinkTimes(
  trx: TenantTransaction,
  { customerId, entityId }: PersonKey,
  workerId: string,
): Promise<{ linkedAt: string; absentSince: string | null }> {
  const row = await trx
    .selectFrom("links")
    .select(["linked_at", "absent_since"])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("worker_id", "=", workerId)
    .executeTakeFirstOrThrow();
  return { linkedAt: row.linked_at, absentSince: row.absent_since };
}

/** A run over everybody looked at everybody; one about this worker did if it found them in scope and at Liantis. */
async function findLook(
  trx: TenantTransaction,
  { customerId, entityId }: PersonKey,
  { workerId, since }: { workerId: string; since: string },
): Promise<PersonStanding["look"]> {
  const { rows } = await sql<{ runId: string; at: string }>`
    select run_id as "runId", finished_at as at from runs
    where customer_id = ${customerId} and entity_id = ${entityId} and status = 'finished' and verdict in ('in_order', 'needs_attention')
      and finished_at >= ${since}::timestamptz
      and (kind = 'full_listing'
           or (kind = 'person' and worker_id = ${workerId}
               and (counts->>'fetched')::int > (counts->>'waiting')::int + (counts->>'excluded')::int))
    order by finished_at desc, run_id desc limit 1`.execute(trx);
  return rows[0] ?? null;
}

async function findTrouble(
  trx: TenantTransaction,
  { customerId, entityId }: PersonKey,
  { workerId, since }: { workerId: string; since: string },
): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`
    select max(finished_at) as at from runs
    where customer_id = ${customerId} and entity_id = ${entityId} and status = 'finished' and verdict in ('failed', 'held', 'incomplete')
      and finished_at > ${since}::timestamptz
      and (kind = 'full_listing' or (kind = 'person' and worker_id = ${workerId}))`.execute(trx);
  return rows[0]?.at ?? null;
}

/** What somebody did by hand is in the audit; what a run did is in its changes. */
async function findLinkedBy(
  trx: TenantTransaction,
  { customerId, employeeId }: PersonKey,
  { workerId, linkedAt }: { workerId: string; linkedAt: string },
): Promise<PersonStanding["linkedBy"]> {
  const { rows } = await sql<{ by: "email" | "by_hand" | "created" }>`
    select 'by_hand' as by from audit_entries
    where customer_id = ${customerId} and subject = ${employeeId} and action = 'link.made' and done_at = ${linkedAt}::timestamptz
    union all
    (select case kind when 'create' then 'created' else 'email' end from changes
     where customer_id = ${customerId} and employee_id = ${employeeId}::uuid and worker_id = ${workerId} and contract_id is null
       and kind in ('create', 'link') and undone_at is null and changed_at <= ${linkedAt}::timestamptz
     order by changed_at desc limit 1)
    limit 1`.execute(trx);
  return rows[0]?.by ?? null;
}

async function findUnlinked(
  trx: TenantTransaction,
  { customerId, entityId, employeeId }: PersonKey,
): Promise<PersonStanding["unlinked"]> {
  const { rows } = await sql<{ doubted: boolean; apart: boolean }>`
    select
      exists (select from issues where customer_id = ${customerId} and entity_id = ${entityId} and employee_id = ${employeeId}::uuid
                and code in ('AMBIGUOUS_MATCH', 'REHIRE_OF_DEACTIVATED_USER') and status = 'open'
                and coalesce(params->>'reason', '') <> 'kept_apart') as doubted,
      exists (select from unlinked_pairs where customer_id = ${customerId} and employee_id = ${employeeId}::uuid) as apart`.execute(
    trx,
  );
  if (rows[0]?.doubted) return "doubted";
  return rows[0]?.apart ? "apart" : null;
}
