import { type RawBuilder, sql } from "kysely";
import type { Hold } from "./holds.ts";
import type { TenantTransaction } from "./transaction.ts";

/** A hold with whom it is about, where it is about one person who is in Payflip. */
export interface HoldRecord extends Hold {
  employee_name: string | null;
  employee_number: string | null;
}

/** Holds of some runs, oldest first. */
export async function listHoldsOfRuns(
  trx: TenantTransaction,
  customerId: string,
  runIds: string[],
): Promise<HoldRecord[]> {
  if (runIds.length === 0) return [];
  return await holdRecords(
    trx,
    sql`h.customer_id = ${customerId} and (h.run_id = any (${runIds}::uuid[]) or h.last_run_id = any (${runIds}::uuid[]))`,
  );
}

/** What somebody put back is remembered of people who are not synchronised, but nothing is asked about them. */
const isAsked = sql`
  (h.kind <> 'reverted'
    or not exists (select from connections n where n.customer_id = h.customer_id and n.entity_id = h.entity_id and n.mode = 'selective')
    or exists (select from choices c where c.customer_id = h.customer_id and c.entity_id = h.entity_id and c.worker_id = h.worker_id
               and c.choice = 'selected'))`;

/** What a guard keeps back of an entity and nobody decided yet. */
export async function listOpenHolds(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<HoldRecord[]> {
  return await holdRecords(
    trx,
    sql`h.customer_id = ${customerId} and h.entity_id = ${entityId} and h.status = 'open' and ${isAsked}`,
  );
}

/** What is kept back of one person now: what waits for an admin, and what one rejected while Liantis still sends it. */
export async function listStandingHoldsOf(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: { customerId: string; entityId: string; workerId: string },
): Promise<HoldRecord[]> {
  return await holdRecords(
    trx,
    sql`h.customer_id = ${customerId} and h.entity_id = ${entityId} and h.worker_id = ${workerId}
      and (h.status = 'open' or (h.status = 'rejected' and h.over_at is null)) and ${isAsked}`,
  );
}

/** One hold, whatever became of it. */
export async function findHoldRecord(
  trx: TenantTransaction,
  customerId: string,
  holdId: string,
): Promise<HoldRecord | undefined> {
  const [found] = await holdRecords(trx, sql`h.customer_id = ${customerId} and h.hold_id = ${holdId}::uuid`);
  return found;
}

async function holdRecords(trx: TenantTransaction, matching: RawBuilder<unknown>): Promise<HoldRecord[]> {
  const { rows } = await sql<HoldRecord>`
    select h.*, trim(e.first_name || ' ' || e.last_name) as employee_name, e.employee_number
    from holds h left join employees e on e.customer_id = h.customer_id and e.employee_id = h.employee_id
    where ${matching} order by h.created_at, h.hold_id`.execute(trx);
  return rows;
}
