import { sql } from "kysely";
import { textArray } from "../postgres/column-arrays.ts";
import type { Choice } from "../postgres/rows/choices.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface EntityKey {
  customerId: string;
  entityId: string;
}

/** One row of the list that people are chosen from, with what is known here of the worker. */
export interface SealedCandidate {
  workerId: string;
  sealed: string;
  choice: Choice | null;
  /** Of a linked worker. */
  employeeId: string | null;
}

/** Replaces the list that people of an entity are chosen from. */
export async function replaceCandidates(
  trx: TenantTransaction,
  of: EntityKey,
  list: {
    candidates: { workerId: string; sealed: string }[];
    fetchedAt: string;
    expiresAt: string;
    total: number;
  },
): Promise<void> {
  const { customerId, entityId } = of;
  await endCandidateList(trx, of);
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
    from unnest(${textArray(list.candidates.map((one) => one.workerId))}::text[],
                ${textArray(list.candidates.map((one) => one.sealed))}::text[]) as i(worker_id, sealed)`.execute(
    trx,
  );
}

/** The list that is alive at an instant, in no order; undefined when there is none. */
export async function findCandidates(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  at: string,
): Promise<{ fetchedAt: string; candidates: SealedCandidate[] } | undefined> {
  const list = await trx
    .selectFrom("candidate_lists")
    .select("fetched_at")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("expires_at", ">", at)
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

/** The list has served its purpose, or nobody may choose from it any more. */
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

/** Forgets every list of a customer: it is asked for again when somebody opens it. */
export async function dropCandidateLists(trx: TenantTransaction, customerId: string): Promise<void> {
  await trx.deleteFrom("candidate_lists").where("customer_id", "=", customerId).execute();
}
