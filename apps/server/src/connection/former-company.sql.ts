import { sql } from "kysely";
import { endCandidateList } from "./candidates.sql.ts";
import { closeIssues } from "../decisions/issues.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/**
 * Ends whatever was said and decided of the workers of an entity: it is for another employer from now on, whose workers may have
 * the same ids. Links and choices go, issues (accepted ones too), tasks and moves to it close, and what waited for an admin, or
 * was rejected, asks and keeps nothing any more. The people and their wages stay, and runs keep their history.
 *
 * @param of.at RFC 3339
 */
export async function endFormerCompany(
  trx: TenantTransaction,
  of: { customerId: string; entityId: string; at: string },
): Promise<void> {
  const { customerId, entityId, at } = of;
  await endLinks(trx, customerId, entityId);
  await endCandidateList(trx, { customerId, entityId });
  await closeIssues(trx, of, null);
  const ofEntity = sql`customer_id = ${customerId} and entity_id = ${entityId}`;
  await sql`
    update holds set status = 'superseded'
    where ${ofEntity} and (status = 'open' or (status = 'rejected' and worker_id <> ''))`.execute(trx);
  await sql`
    update holds set used_at = ${at}::timestamptz
    where ${ofEntity} and status = 'accepted' and worker_id <> '' and used_at is null`.execute(trx);
  await sql`
    update tasks set status = 'closed', ended_at = ${at}::timestamptz where ${ofEntity} and status = 'open'`.execute(
    trx,
  );
  await sql`update tasks set over_at = ${at}::timestamptz where ${ofEntity} and status = 'done' and over_at is null`.execute(
    trx,
  );
  await sql`
    update cases set status = 'closed', last_seen_at = ${at}::timestamptz where ${ofEntity} and status = 'open'`.execute(
    trx,
  );
}

/**
 * Unlinks everybody of an entity: for another employer, whose workers may have the same ids. The people stay, and are matched
 * again by e-mail; who was chosen or excluded there says nothing about those of the other employer.
 */
async function endLinks(trx: TenantTransaction, customerId: string, entityId: string): Promise<void> {
  // Who was kept apart was so from workers of the old employer.
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
