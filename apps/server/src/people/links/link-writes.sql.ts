import { sql } from "kysely";
import type { EntityKey } from "../../domain/records/keys.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

export interface Pair extends EntityKey {
  workerId: string;
  employeeId: string;
}

/** The links of the worker and of the employee, locked until the transaction ends. */
export async function lockLinks(
  trx: TenantTransaction,
  { customerId, entityId, workerId, employeeId }: Pair,
): Promise<{ workerId: string; employeeId: string }[]> {
  const { rows } = await sql<{ workerId: string; employeeId: string }>`
    select worker_id as "workerId", employee_id as "employeeId"
    from links
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and (worker_id = ${workerId} or employee_id = ${employeeId}::uuid)
    order by worker_id
    for update`.execute(trx);
  return rows;
}

/** Whether a stored row of the entity names the worker. An unknown id cannot be linked by hand. */
export async function isKnownWorker(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: Omit<Pair, "employeeId">,
): Promise<boolean> {
  const mentions = ["links", "issues", "holds", "unlinked_pairs", "choices", "changes"].map(
    (table) => sql`
      exists (
        select from ${sql.table(table)}
        where customer_id = ${customerId} and entity_id = ${entityId} and worker_id = ${workerId})`,
  );
  const { rows } = await sql<{ known: boolean }>`select ${sql.join(mentions, sql` or `)} as known`.execute(
    trx,
  );
  return rows[0]?.known ?? false;
}

/**
 * Links the pair, which is no unlinked pair any more. The next run plans the person whatever Liantis sends.
 * @returns false when a run linked one of them meanwhile
 */
export async function insertLink(trx: TenantTransaction, pair: Pair, linkedAt: string): Promise<boolean> {
  const inserted = await trx
    .insertInto("links")
    .values({
      customer_id: pair.customerId,
      entity_id: pair.entityId,
      worker_id: pair.workerId,
      employee_id: pair.employeeId,
      content_hash: null,
      absent_since: null,
      linked_at: linkedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) return false;
  await sql`
    delete from unlinked_pairs
    where customer_id = ${pair.customerId}
      and entity_id = ${pair.entityId}
      and worker_id = ${pair.workerId}
      and employee_id = ${pair.employeeId}::uuid`.execute(trx);
  return true;
}

/** Ends the link of the pair, and stores it as unlinked: the two are not matched by e-mail again. */
export async function unlink(trx: TenantTransaction, pair: Pair, unlinkedAt: string): Promise<void> {
  const { customerId, entityId, workerId, employeeId } = pair;
  await sql`
    delete from links
    where customer_id = ${customerId} and entity_id = ${entityId} and worker_id = ${workerId}`.execute(trx);
  await sql`
    insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at)
    values (${customerId}, ${entityId}, ${workerId}, ${employeeId}, ${unlinkedAt})
    on conflict do nothing`.execute(trx);
  await sql`
    update issues set status = 'closed', closed_at = ${unlinkedAt}::timestamptz
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and worker_id = ${workerId}
      and status <> 'closed'`.execute(trx);
  await sql`
    update tasks set status = 'closed', ended_at = ${unlinkedAt}::timestamptz
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and worker_id = ${workerId}
      and status = 'open'`.execute(trx);
  await endHoldsOfWorker(trx, pair);
}

/**
 * Ends the link of a person who came back under another worker id: their worker is no longer listed, and an open issue reports
 * another worker with their e-mail. The next run matches them by e-mail.
 * @returns the worker whose link ended; null when none did
 */
export async function endLinkOfRehired(
  trx: TenantTransaction,
  { customerId, entityId, employeeId }: Omit<Pair, "workerId">,
): Promise<string | null> {
  const { rows } = await sql<{ workerId: string }>`
    delete from links l
    where l.customer_id = ${customerId}
      and l.entity_id = ${entityId}
      and l.employee_id = ${employeeId}::uuid
      and l.absent_since is not null
      and exists (
        select from issues i
        where i.customer_id = l.customer_id
          and i.entity_id = l.entity_id
          and i.code = 'REHIRE_OF_DEACTIVATED_USER'
          and i.status = 'open'
          and i.employee_id = l.employee_id
          and i.worker_id <> l.worker_id)
    returning l.worker_id as "workerId"`.execute(trx);
  const workerId = rows[0]?.workerId ?? null;
  if (workerId !== null) await endHoldsOfWorker(trx, { customerId, entityId, workerId });
  return workerId;
}

/** Ends the holds of a worker whom an admin linked or unlinked. */
export async function endHoldsOfWorker(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: Omit<Pair, "employeeId">,
): Promise<void> {
  await sql`
    update holds set status = 'superseded'
    where customer_id = ${customerId}
      and entity_id = ${entityId}
      and worker_id = ${workerId}
      and status in ('open', 'rejected')`.execute(trx);
}

/** Raises the row versions, so that a run that planned these people earlier plans them again. */
export async function touchEmployees(
  trx: TenantTransaction,
  customerId: string,
  employeeIds: string[],
  now: string,
): Promise<void> {
  await trx
    .updateTable("employees")
    .set((eb) => ({ row_version: eb("row_version", "+", 1), updated_at: now }))
    .where("customer_id", "=", customerId)
    .where("employee_id", "in", employeeIds)
    .execute();
}
