import type { ChangeReason } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { EntityKey } from "../../domain/records/keys.ts";
import { jsonArray, plainArray, textArray } from "../../postgres/column-arrays.ts";
import { planForWholeListing } from "../../postgres/planner-hints.ts";
import type { TenantTransaction } from "../../postgres/transaction.ts";

/**
 * The connections whose current contracts are not chosen for this date yet. For a platform transaction.
 * @param today Brussels date
 */
export async function listConnectionsBehind(trx: TenantTransaction, today: string): Promise<EntityKey[]> {
  const rows = await trx
    .selectFrom("connections")
    .select(["customer_id", "entity_id"])
    .where("mode", "is not", null)
    .where((eb) => eb.or([eb("contracts_as_of", "is", null), eb("contracts_as_of", "<", today)]))
    .orderBy("customer_id")
    .orderBy("entity_id")
    .execute();
  return rows.map((row) => ({ customerId: row.customer_id, entityId: row.entity_id }));
}

/** Claims the date for a connection. @returns false when this or another process has claimed it */
export async function claimDate(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  today: string,
): Promise<boolean> {
  const result = await trx
    .updateTable("connections")
    .set({ contracts_as_of: today })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where((eb) => eb.or([eb("contracts_as_of", "is", null), eb("contracts_as_of", "<", today)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Linked people whose current contract does not run on the date, or who have another contract that does. */
export async function listContractsToReview(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  today: string,
): Promise<{ employeeId: string; workerId: string }[]> {
  await planForWholeListing(trx);
  const { rows } = await sql<{ employeeId: string; workerId: string }>`
    with running as (
      select employee_id, contract_id
      from wage_contracts
      where customer_id = ${customerId}
        and entity_id = ${entityId}
        and not withdrawn
        and start_date <= ${today}::date
        and (end_date is null or end_date >= ${today}::date))
    select e.employee_id as "employeeId", l.worker_id as "workerId"
    from employees e
    join links l on l.customer_id = e.customer_id and l.employee_id = e.employee_id
    where e.customer_id = ${customerId}
      and e.entity_id = ${entityId}
      and (
        exists (
          select from running r
          where r.employee_id = e.employee_id and r.contract_id is distinct from e.current_contract_id)
        or e.current_contract_id is not null
          and not exists (
            select from running r
            where r.employee_id = e.employee_id and r.contract_id = e.current_contract_id)
      )
    order by l.worker_id`.execute(trx);
  return rows;
}

export interface ContractMove {
  employeeId: string;
  workerId: string;
  rowVersion: number;
  before: string | null;
  after: string | null;
}

/**
 * Moves people to another current contract, with one change each under a batch of its own. A row whose version changed meanwhile
 * is left out.
 * @returns the number of moved people
 */
export async function moveCurrentContracts(
  trx: TenantTransaction,
  { customerId, entityId, batchId, changedAt }: EntityKey & { batchId: string; changedAt: string },
  moves: ContractMove[],
): Promise<number> {
  if (moves.length === 0) return 0;
  const fields = moves.map(({ before, after }) => JSON.stringify({ currentContractId: [before, after] }));
  const result = await sql`
    with planned as (
      select * from unnest(
        ${plainArray(moves.map((_, index) => index + 1))}::int[],
        ${textArray(moves.map((move) => move.employeeId))}::uuid[],
        ${textArray(moves.map((move) => move.workerId))}::text[],
        ${plainArray(moves.map((move) => move.rowVersion))}::int[],
        ${textArray(moves.map((move) => move.after))}::text[],
        ${jsonArray(fields)}::json[]
      ) as m(seq, employee_id, worker_id, row_version, after, fields)),
    moved as (
      update employees e set
        current_contract_id = m.after,
        row_version = e.row_version + 1,
        updated_at = ${changedAt}::timestamptz
      from planned m
      where e.customer_id = ${customerId}
        and e.employee_id = m.employee_id
        and e.row_version = m.row_version
      returning e.employee_id)
    insert into changes (
      customer_id, run_id, entity_id, changed_at, seq, employee_id, worker_id, contract_id, kind, fields, reason)
    select ${customerId}::uuid, ${batchId}::uuid, ${entityId}::uuid, ${changedAt}::timestamptz, m.seq, m.employee_id,
           m.worker_id, null, 'update', m.fields, ${"contract_by_date" satisfies ChangeReason}::text
    from planned m
    join moved using (employee_id)`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}
