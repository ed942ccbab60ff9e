import { sql } from "kysely";
import { closeIssues } from "../decisions/issues.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { endCandidateList } from "./candidates.sql.ts";

/**
 * Ends what belongs to the entity's former employer, because workers of the new employer may have the same ids. Links and
 * choices are deleted; issues (accepted ones too), tasks and moves to the entity close; open and rejected holds are superseded.
 * The people, their wages and the history of runs stay.
 *
 * @param entity.now RFC 3339
 */
export async function endFormerCompany(
  trx: TenantTransaction,
  entity: { customerId: string; entityId: string; now: string },
): Promise<void> {
  const { customerId, entityId, now } = entity;
  await deleteLinks(trx, customerId, entityId);
  await endCandidateList(trx, { customerId, entityId });
  await closeIssues(trx, entity, null);
  const isOfEntity = sql`customer_id = ${customerId} and entity_id = ${entityId}`;
  await sql`
    update holds set status = 'superseded'
    where ${isOfEntity} and (status = 'open' or (status = 'rejected' and worker_id <> ''))`.execute(trx);
  await sql`
    update holds set used_at = ${now}::timestamptz
    where ${isOfEntity} and status = 'accepted' and worker_id <> '' and used_at is null`.execute(trx);
  await sql`
    update tasks set status = 'closed', ended_at = ${now}::timestamptz
    where ${isOfEntity} and status = 'open'`.execute(trx);
  await sql`
    update tasks set over_at = ${now}::timestamptz
    where ${isOfEntity} and status = 'done' and over_at is null`.execute(trx);
  await sql`
    update cases set status = 'closed', last_seen_at = ${now}::timestamptz
    where ${isOfEntity} and status = 'open'`.execute(trx);
}

/** Deletes links, unlinked pairs and choices: all of them name workers of the former employer. */
async function deleteLinks(trx: TenantTransaction, customerId: string, entityId: string): Promise<void> {
  await trx
    .deleteFrom("unlinked_pairs")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
  await trx
    .deleteFrom("choices")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
  await trx
    .deleteFrom("links")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .execute();
}
