import type { RunPhase, RunVerdict } from "@payflip/contract/syncs.ts";
import { sql } from "kysely";
import type { RunCounts } from "../domain/plan/counts.ts";
import { AppError } from "../domain/values/app-error.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import type { RunJob } from "./run-queue.ts";
import { notifyRun, type StoredRun, runChannel, runFromRow } from "./runs.sql.ts";

/** The run was taken by another process, cancelled or finished: the process that catches this must stop and write nothing. */
export class RunLost extends AppError {
  constructor(runId: string) {
    super("RUN_LOST", `run ${runId} is no longer this worker's`);
  }
}

/** Takes a run: from now on only this attempt may write. Answers undefined when the run has ended. */
export async function takeRun(
  trx: TenantTransaction,
  { customerId, runId }: RunJob,
  now: string,
): Promise<StoredRun | undefined> {
  const row = await trx
    .updateTable("runs")
    .set((eb) => ({
      status: "running",
      attempt: eb("attempt", "+", 1),
      phase: eb.fn.coalesce("phase", sql.lit<RunPhase>("fetch")),
      started_at: eb.fn.coalesce("started_at", sql<string>`${now}::timestamptz`),
      phase_started_at: eb.fn.coalesce("phase_started_at", sql<string>`${now}::timestamptz`),
    }))
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .where("status", "in", ["queued", "running"])
    .returningAll()
    .executeTakeFirst();
  if (row) await notifyRun(trx, runId);
  return row && runFromRow(row);
}

type Checkpoint = Partial<
  Pick<
    StoredRun,
    | "phase"
    | "listing"
    | "cursor"
    | "pages"
    | "declaredTotal"
    | "listingEnded"
    | "applyAfter"
    | "done"
    | "changeSeq"
    | "counts"
    | "phaseStartedAt"
  >
>;

/**
 * Writes how far the run is, in the transaction of what it did: both are there or neither is.
 * @throws RunLost when another process has taken the run, or it was cancelled
 */
export async function checkpoint(
  trx: TenantTransaction,
  run: StoredRun,
  progress: Checkpoint,
): Promise<StoredRun> {
  const next = { ...run, ...progress };
  const written = await trx
    .updateTable("runs")
    .set({
      phase: next.phase,
      listing: next.listing,
      cursor: next.cursor,
      pages: next.pages,
      declared_total: next.declaredTotal,
      listing_ended: next.listingEnded,
      apply_after: next.applyAfter,
      done: next.done,
      change_seq: next.changeSeq,
      counts: JSON.stringify(next.counts),
      phase_started_at: next.phaseStartedAt,
    })
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .where("attempt", "=", run.attempt)
    .where("status", "=", "running")
    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("notified"))
    .execute();
  if (written.length !== 1) throw new RunLost(run.runId);
  return next;
}

/** Ends a run. @throws RunLost */
export async function finishRun(
  trx: TenantTransaction,
  run: StoredRun,
  end: {
    verdict: RunVerdict;
    counts: RunCounts;
    now: string;
    errorCode?: string;
    errorReference?: string;
  },
): Promise<void> {
  const result = await trx
    .updateTable("runs")
    .set({
      status: "finished",
      verdict: end.verdict,
      counts: JSON.stringify(end.counts),
      done: end.counts.fetched,
      finished_at: end.now,
      error_code: end.errorCode ?? null,
      error_reference: end.errorReference ?? null,
      cursor: null,
    })
    .where("customer_id", "=", run.customerId)
    .where("run_id", "=", run.runId)
    .where("attempt", "=", run.attempt)
    .where("status", "=", "running")
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) throw new RunLost(run.runId);
  await notifyRun(trx, run.runId);
}
