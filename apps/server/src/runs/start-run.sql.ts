import type { RunTrigger } from "@payflip/contract/syncs.ts";
import { emptyCounts } from "../domain/plan/counts.ts";
import type { RunKey } from "../domain/records/keys.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

/** A run to queue. An undo is not queued: it is written as finished, by the room undo/. */
export type NewRun = RunKey & {
  trigger: RunTrigger;
  /** RFC 3339. */
  now: string;
  requestedBy?: string | null;
} & (
    | { kind: "full_listing"; acceptedHoldId?: string; scheduledFor?: string }
    | { kind: "preview" }
    | { kind: "person"; workerId: string; acceptedHoldId?: string }
  );

/** @returns false when such a run is open already, or tonight's run exists already */
export async function insertRun(trx: TenantTransaction, run: NewRun): Promise<boolean> {
  const inserted = await trx
    .insertInto("runs")
    .values({
      customer_id: run.customerId,
      run_id: run.runId,
      entity_id: run.entityId,
      kind: run.kind,
      trigger: run.trigger,
      status: "queued",
      verdict: null,
      phase: null,
      cursor: null,
      declared_total: null,
      counts: JSON.stringify(emptyCounts()),
      error_code: null,
      error_reference: null,
      accepted_hold_id: run.kind === "preview" ? null : (run.acceptedHoldId ?? null),
      worker_id: run.kind === "person" ? run.workerId : null,
      scheduled_for: run.kind === "full_listing" ? (run.scheduledFor ?? null) : null,
      requested_by: run.requestedBy ?? null,
      created_at: run.now,
      started_at: null,
      finished_at: null,
      phase_started_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** Names the hold that was accepted to an open run that did not weigh its listing yet. @returns false when it is too late */
export async function attachAcceptedHold(
  trx: TenantTransaction,
  { customerId, runId, holdId }: { customerId: string; runId: string; holdId: string },
): Promise<boolean> {
  const result = await trx
    .updateTable("runs")
    .set({ accepted_hold_id: holdId })
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .where("status", "in", ["queued", "running"])
    .where((eb) => eb.or([eb("phase", "is", null), eb("phase", "in", ["fetch", "plan"])]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Manual runs of a connection that were started after an instant. */
export async function countManualRunsSince(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  since: string,
): Promise<{ count: number; oldestAt: string | null }> {
  const row = await trx
    .selectFrom("runs")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.min("created_at").as("oldest")])
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("trigger", "=", "manual")
    .where("created_at", ">", since)
    .executeTakeFirstOrThrow();
  return { count: row.count, oldestAt: row.oldest };
}

/** How many people the last run of a connection read, as an estimate of how long the next one takes; 0 before the first. */
export async function findListingSize(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<number> {
  const last = await trx
    .selectFrom("runs")
    .select("counts")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("kind", "in", ["full_listing", "preview"])
    .where("status", "=", "finished")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.counts.fetched ?? 0;
}
