import { sql } from "kysely";
import type { IdentityAlarm } from "../domain/guards/hold-types.ts";
import type { PersonRun } from "../runs/runs.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** What the last listing found odd about who a worker is, as long as no admin let it through, or by the hold that this run lets through. */
export async function knownAlarm(
  trx: TenantTransaction,
  { customerId, entityId, workerId, acceptedHoldId }: PersonRun,
): Promise<IdentityAlarm | null> {
  const { rows } = await sql<{ reasons: IdentityAlarm[] }>`
    select reasons from holds
    where customer_id = ${customerId} and entity_id = ${entityId} and worker_id = ${workerId} and kind = 'identity_swap'
      and (status in ('open', 'rejected') or (status = 'accepted' and hold_id = ${acceptedHoldId}::uuid))
    order by created_at desc, hold_id desc limit 1`.execute(trx);
  return rows[0]?.reasons[0] ?? null;
}
