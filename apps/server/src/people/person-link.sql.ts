import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface EmployeeKey extends EntityKey {
  employeeId: string;
  /** Null without a link. */
  workerId: string | null;
}

/** The state of a person's link, and the last runs about them. Instants are RFC 3339. */
export interface PersonLink {
  linkedAt: string | null;
  absentSince: string | null;
  linkedBy: "email" | "by_hand" | "created" | null;
  /** The last applied run that had the person in scope. */
  lastLook: { runId: string; lookedAt: string } | null;
  /** The end of a later run that was not applied. */
  failedAt: string | null;
  /** Why a person has no link: an admin unlinked them (`unlinked_pair`), or the match is in doubt. */
  unlinked: "unlinked_pair" | "doubted" | null;
}

/** Reads the state of a person's link from what is stored. */
export async function findPersonLink(trx: TenantTransaction, person: EmployeeKey): Promise<PersonLink> {
  const { workerId } = person;
  if (workerId === null) {
    const unlinked = await findUnlinked(trx, person);
    return { linkedAt: null, absentSince: null, linkedBy: null, lastLook: null, failedAt: null, unlinked };
  }
  const link = await findLinkTimes(trx, person, workerId);
  const look = await findLook(trx, person, { workerId, since: link.linkedAt });
  return {
    ...link,
    linkedBy: await findLinkedBy(trx, person, { workerId, linkedAt: link.linkedAt }),
    lastLook: look,
    failedAt: await findTrouble(trx, person, { workerId, since: look?.lookedAt ?? link.linkedAt }),
    unlinked: null,
  };
}

async function findLinkTimes(
  trx: TenantTransaction,
  { customerId, entityId }: EmployeeKey,
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

/** A run over the whole listing counts always; a run about this worker counts if Liantis listed them and they were in scope. */
async function findLook(
  trx: TenantTransaction,
  { customerId, entityId }: EmployeeKey,
  { workerId, since }: { workerId: string; since: string },
): Promise<PersonLink["lastLook"]> {
  const { rows } = await sql<{ runId: string; lookedAt: string }>`
    select run_id as "runId", finished_at as "lookedAt"
    from runs
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and status = 'finished'
      and verdict in ('in_order', 'needs_attention')
      and finished_at >= ${since}::timestamptz
      and (
        kind = 'full_listing'
        or kind = 'person'
          and worker_id = ${workerId}
          and (counts->>'fetched')::int > (counts->>'waiting')::int + (counts->>'excluded')::int
      )
    order by finished_at desc, run_id desc
    limit 1`.execute(trx);
  return rows[0] ?? null;
}

async function findTrouble(
  trx: TenantTransaction,
  { customerId, entityId }: EmployeeKey,
  { workerId, since }: { workerId: string; since: string },
): Promise<string | null> {
  const { rows } = await sql<{ failedAt: string | null }>`
    select max(finished_at) as "failedAt"
    from runs
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and status = 'finished'
      and verdict in ('failed', 'held', 'incomplete')
      and finished_at > ${since}::timestamptz
      and (kind = 'full_listing' or (kind = 'person' and worker_id = ${workerId}))`.execute(trx);
  return rows[0]?.failedAt ?? null;
}

/** A link by hand is in the audit; a link by a run is in its changes. */
async function findLinkedBy(
  trx: TenantTransaction,
  { customerId, employeeId }: EmployeeKey,
  { workerId, linkedAt }: { workerId: string; linkedAt: string },
): Promise<PersonLink["linkedBy"]> {
  const { rows } = await sql<{ linkedBy: "email" | "by_hand" | "created" }>`
    select 'by_hand' as "linkedBy"
    from audit_entries
    where customer_id = ${customerId}
      and subject = ${employeeId}
      and action = 'link.made'
      and done_at = ${linkedAt}::timestamptz
    union all
    (
      select case kind when 'create' then 'created' else 'email' end
      from changes
      where customer_id = ${customerId}
        and employee_id = ${employeeId}::uuid
        and worker_id = ${workerId}
        and contract_id is null
        and kind in ('create', 'link')
        and undone_at is null
        and changed_at <= ${linkedAt}::timestamptz
      order by changed_at desc
      limit 1
    )
    limit 1`.execute(trx);
  return rows[0]?.linkedBy ?? null;
}

async function findUnlinked(
  trx: TenantTransaction,
  { customerId, entityId, employeeId }: EmployeeKey,
): Promise<PersonLink["unlinked"]> {
  const { rows } = await sql<{ isDoubted: boolean; isUnlinked: boolean }>`
    select
      exists (
        select from issues
        where customer_id = ${customerId}
          and entity_id = ${entityId}
          and employee_id = ${employeeId}::uuid
          and code in ('AMBIGUOUS_MATCH', 'REHIRE_OF_DEACTIVATED_USER')
          and status = 'open'
          and coalesce(params->>'reason', '') <> 'unlinked_pair') as "isDoubted",
      exists (
        select from unlinked_pairs
        where customer_id = ${customerId} and employee_id = ${employeeId}::uuid) as "isUnlinked"`.execute(
    trx,
  );
  if (rows[0]?.isDoubted) return "doubted";
  return rows[0]?.isUnlinked ? "unlinked_pair" : null;
}
