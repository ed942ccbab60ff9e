import { sql } from "kysely";
import type { EntityKey, RunKey } from "../domain/records/keys.ts";
import { newId } from "../postgres/ids.ts";
import type { HoldPeople, HoldRow, StoredReason } from "../postgres/rows/issues-and-holds.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A hold, as far as a decision needs it. */
export interface StoredHold extends EntityKey {
  holdId: string;
  /** Null: it holds a whole run. */
  workerId: string | null;
  employeeId: string | null;
  reasons: StoredReason[];
  fingerprint: string;
  status: HoldRow["status"];
}

/** Holds a run. It replaces open holds of earlier runs: an admin decides one at a time. */
export async function insertRunHold(
  trx: TenantTransaction,
  run: RunKey,
  hold: {
    kind: string;
    reasons: { code: string; params: Record<string, string> }[];
    fingerprint: string;
    people: HoldPeople[];
    createdAt: string;
  },
): Promise<void> {
  await supersedeRunHolds(trx, run);
  await trx
    .insertInto("holds")
    .values({
      customer_id: run.customerId,
      hold_id: newId(),
      run_id: run.runId,
      entity_id: run.entityId,
      kind: hold.kind,
      reasons: JSON.stringify(hold.reasons),
      fingerprint: hold.fingerprint,
      fields: JSON.stringify([]),
      people: JSON.stringify(hold.people),
      last_run_id: run.runId,
      status: "open",
      created_at: hold.createdAt,
      decided_at: null,
      decided_by: null,
    })
    .execute();
}

/** Ends the open holds of whole runs: a later run was applied or is held itself. */
export async function supersedeRunHolds(trx: TenantTransaction, run: RunKey): Promise<void> {
  await trx
    .updateTable("holds")
    .set({ status: "superseded" })
    .where("customer_id", "=", run.customerId)
    .where("entity_id", "=", run.entityId)
    .where("status", "=", "open")
    .where("worker_id", "=", "")
    .execute();
}

export async function findHold(
  trx: TenantTransaction,
  customerId: string,
  holdId: string,
): Promise<StoredHold | undefined> {
  const row = await trx
    .selectFrom("holds")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("hold_id", "=", holdId)
    .executeTakeFirst();
  return (
    row && {
      customerId,
      holdId,
      entityId: row.entity_id,
      workerId: row.worker_id === "" ? null : row.worker_id,
      employeeId: row.employee_id,
      reasons: row.reasons,
      fingerprint: row.fingerprint,
      status: row.status,
    }
  );
}

/**
 * Decides a hold. A rejected hold of one person may be accepted later.
 * @returns false when it is decided already, or a later run replaced it
 */
export async function decideHold(
  trx: TenantTransaction,
  hold: {
    customerId: string;
    holdId: string;
    status: "accepted" | "rejected";
    decidedAt: string;
    decidedBy: string;
  },
): Promise<boolean> {
  const { customerId, holdId, status } = hold;
  const { numAffectedRows } = await sql`
    update holds set
      status = ${status},
      decided_at = ${hold.decidedAt}::timestamptz,
      decided_by = ${hold.decidedBy}::uuid
    where customer_id = ${customerId}
      and hold_id = ${holdId}::uuid
      and (status = 'open' or (status = 'rejected' and ${status} = 'accepted' and worker_id <> ''))`.execute(
    trx,
  );
  return numAffectedRows === 1n;
}

/** Decides the holds of all colleagues who swap e-mails among them with the hold's person: they are one decision. */
export async function decideGroup(
  trx: TenantTransaction,
  hold: StoredHold,
  decision: { status: "accepted" | "rejected"; decidedAt: string; decidedBy: string },
): Promise<void> {
  const group = hold.reasons[0]?.params["group"];
  if (group === undefined) return;
  await sql`
    update holds set
      status = ${decision.status},
      decided_at = ${decision.decidedAt}::timestamptz,
      decided_by = ${decision.decidedBy}::uuid
    where customer_id = ${hold.customerId}
      and entity_id = ${hold.entityId}
      and worker_id <> ''
      and status in ('open', 'rejected')
      and kind = 'identity_swap'
      and reasons -> 0 -> 'params' ->> 'group' = ${group}`.execute(trx);
}
