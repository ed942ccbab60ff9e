import type { Choice } from "@payflip/contract/candidates.ts";
import { sql } from "kysely";
import type { EntityKey } from "../domain/records/keys.ts";
import { textArray } from "../postgres/column-arrays.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A worker in the list that people are chosen from, with their choice and link. */
export interface SealedCandidate {
  workerId: string;
  sealed: string;
  choice: Choice | null;
  /** Of a linked worker. */
  employeeId: string | null;
}

/** Replaces the entity's list of candidates. */
export async function replaceCandidates(
  trx: TenantTransaction,
  entity: EntityKey,
  list: {
    candidates: { workerId: string; sealed: string }[];
    fetchedAt: string;
    expiresAt: string;
    total: number;
  },
): Promise<void> {
  const { customerId, entityId } = entity;
  await endCandidateList(trx, entity);
  await trx
    .insertInto("candidate_lists")
    .values({
      customer_id: customerId,
      entity_id: entityId,
      fetched_at: list.fetchedAt,
      expires_at: list.expiresAt,
      total: list.total,
    })
    .execute();
  await sql`
    insert into candidates (customer_id, entity_id, worker_id, sealed)
    select ${customerId}::uuid, ${entityId}::uuid, i.worker_id, i.sealed
    from unnest(
      ${textArray(list.candidates.map((one) => one.workerId))}::text[],
      ${textArray(list.candidates.map((one) => one.sealed))}::text[]
    ) as i(worker_id, sealed)`.execute(trx);
}

/** The list that has not expired, in no order; undefined when there is none. */
export async function findCandidates(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  now: string,
): Promise<{ fetchedAt: string; candidates: SealedCandidate[] } | undefined> {
  const list = await trx
    .selectFrom("candidate_lists")
    .select("fetched_at")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  if (list === undefined) return undefined;
  const { rows } = await sql<SealedCandidate>`
    select k.worker_id as "workerId", k.sealed, c.choice, l.employee_id as "employeeId"
    from candidates k
    left join choices c using (customer_id, entity_id, worker_id)
    left join links l using (customer_id, entity_id, worker_id)
    where k.customer_id = ${customerId} and k.entity_id = ${entityId}`.execute(trx);
  return { fetchedAt: list.fetched_at, candidates: rows };
}

/** Deletes the entity's list: the choice is made, or the connection is not active any more. */
export async function endCandidateList(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
): Promise<void> {
  await trx
    .deleteFrom("candidate_lists")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}

/** Deletes every list of a customer. A list is fetched again when an admin opens it. */
export async function dropCandidateLists(trx: TenantTransaction, customerId: string): Promise<void> {
  await trx.deleteFrom("candidate_lists").where("customer_id", "=", customerId).execute();
}
