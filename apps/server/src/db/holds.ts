import type { Selectable } from "kysely";
import { newId } from "./ids.ts";
import type { HoldRow } from "./schema.ts";
import type { TenantTransaction } from "./transaction.ts";

export type Hold = Selectable<HoldRow>;

interface RunKey {
  customerId: string;
  entityId: string;
  runId: string;
}

/** Keeps a run back. Holds of earlier runs that nobody decided are replaced: there is one question to answer at a time. */
export async function insertHold(
  trx: TenantTransaction,
  run: RunKey,
  hold: {
    kind: string;
    reasons: { code: string; params: Record<string, string> }[];
    fingerprint: string;
    at: string;
  },
): Promise<void> {
  await supersedeOpenHolds(trx, run);
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
      status: "open",
      created_at: hold.at,
      decided_at: null,
      decided_by: null,
    })
    .execute();
}

/** A run that was applied answers every open question about an earlier listing. */
export async function supersedeOpenHolds(trx: TenantTransaction, run: RunKey): Promise<void> {
  await trx
    .updateTable("holds")
    .set({ status: "superseded" })
    .where("customer_id", "=", run.customerId)
    .where("entity_id", "=", run.entityId)
    .where("status", "=", "open")
    .execute();
}

export async function findHold(
  trx: TenantTransaction,
  customerId: string,
  holdId: string,
): Promise<Hold | undefined> {
  return await trx
    .selectFrom("holds")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("hold_id", "=", holdId)
    .executeTakeFirst();
}

/** @returns false when somebody decided already, or a later run replaced it */
export async function decideHold(
  trx: TenantTransaction,
  hold: { customerId: string; holdId: string; status: "accepted" | "rejected"; at: string; by: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("holds")
    .set({ status: hold.status, decided_at: hold.at, decided_by: hold.by })
    .where("customer_id", "=", hold.customerId)
    .where("hold_id", "=", hold.holdId)
    .where("status", "=", "open")
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
