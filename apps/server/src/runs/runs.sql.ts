import { type Selectable, sql } from "kysely";
import { AppError } from "../domain/values/app-error.ts";
import { emptyCounts, type RunCounts } from "../domain/plan/counts.ts";
import type { RunPhase, RunRow, RunTrigger, RunVerdict } from "../postgres/rows/runs.ts";
import { dropStaged } from "./staging.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

export interface Run {
  customerId: string;
  runId: string;
  entityId: string;
  trigger: RunTrigger;
  status: RunRow["status"];
  verdict: RunVerdict | null;
  phase: RunPhase | null;
  attempt: number;
  listing: number;
  cursor: string | null;
  pages: number;
  declaredTotal: number | null;
  listingEnded: boolean;
  applyAfter: string;
  done: number;
  changeSeq: number;
  counts: RunCounts;
  errorCode: string | null;
  errorReference: string | null;
  acceptedHoldId: string | null;
  /** The one worker the run is about; null: everybody. */
  workerId: string | null;
  /** A preview ends before its first write. */
  isPreview: boolean;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  phaseStartedAt: string | null;
}

/** The run was taken up by another worker, cancelled or finished: whoever holds this must stop and write nothing. */
export class RunLost extends AppError {
  constructor(runId: string) {
    super("RUN_LOST", `run ${runId} is no longer this worker's`);
  }
}

export async function insertRun(
  trx: TenantTransaction,
  run: Pick<Run, "customerId" | "runId" | "entityId" | "trigger"> & {
    at: string;
    scheduledFor?: string;
    requestedBy?: string | null;
    acceptedHoldId?: string;
    workerId?: string;
    isPreview?: boolean;
  },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("runs")
    .values({
      customer_id: run.customerId,
      run_id: run.runId,
      entity_id: run.entityId,
      trigger: run.trigger,
      status: "queued",
      verdict: null,
      phase: null,
      cursor: null,
      declared_total: null,
      counts: JSON.stringify(emptyCounts()),
      error_code: null,
      error_reference: null,
      accepted_hold_id: run.acceptedHoldId ?? null,
      worker_id: run.workerId ?? null,
      is_preview: run.isPreview ?? false,
      scheduled_for: run.scheduledFor ?? null,
      requested_by: run.requestedBy ?? null,
      created_at: run.at,
      started_at: null,
      finished_at: null,
      phase_started_at: null,
    })
    // Either a run of the connection is open, or tonight's run exists already.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export async function findRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
): Promise<Run | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The run of a connection that is queued or running, if any. */
export async function findOpenRun(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<Run | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .where("worker_id", "is", null)
    .where("is_preview", "=", false)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** The run about one worker that is queued or running, if any. */
export async function findOpenRunOf(
  trx: TenantTransaction,
  { customerId, entityId, workerId }: { customerId: string; entityId: string; workerId: string },
): Promise<Run | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("worker_id", "=", workerId)
    .where("status", "in", ["queued", "running"])
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Takes a run: from now on only this attempt may write. Answers undefined when the run has ended. */
export async function takeRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
  at: string,
): Promise<Run | undefined> {
  const row = await trx
    .updateTable("runs")
    .set((eb) => ({
      status: "running",
      attempt: eb("attempt", "+", 1),
      phase: eb.fn.coalesce("phase", sql.lit<RunPhase>("fetch")),
      started_at: eb.fn.coalesce("started_at", sql<string>`${at}::timestamptz`),
      phase_started_at: eb.fn.coalesce("phase_started_at", sql<string>`${at}::timestamptz`),
    }))
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .where("status", "in", ["queued", "running"])
    .returningAll()
    .executeTakeFirst();
  if (row) await notifyRun(trx, runId);
  return row && fromRow(row);
}

type Checkpoint = Partial<
  Pick<
    Run,
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
 * @throws RunLost when another worker has taken the run, or it was cancelled
 */
export async function checkpoint(trx: TenantTransaction, run: Run, progress: Checkpoint): Promise<Run> {
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
    .returning(sql`pg_notify(${runChannel}, ${run.runId})`.as("told"))
    .execute();
  if (written.length !== 1) throw new RunLost(run.runId);
  return next;
}

/** Ends a run. @throws RunLost */
export async function finishRun(
  trx: TenantTransaction,
  run: Run,
  end: {
    verdict: RunVerdict;
    counts: RunCounts;
    at: string;
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
      finished_at: end.at,
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

/** Lets an open run know which hold was accepted, before it weighs its listing. @returns false when it is too late for that */
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

/** Ends whatever run of the connection is open, without a verdict, and forgets what it staged: its worker finds out at its next write. */
export async function cancelOpenRuns(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  at: string,
): Promise<string[]> {
  const rows = await trx
    .updateTable("runs")
    .set({ status: "cancelled", finished_at: at })
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .returning("run_id")
    .execute();
  for (const row of rows) {
    await dropStaged(trx, { customerId, entityId, runId: row.run_id });
    await notifyRun(trx, row.run_id);
    await sql`select pg_notify(${cancelChannel}, ${row.run_id})`.execute(trx);
  }
  return rows.map((row) => row.run_id);
}

/** Manual runs of a connection that were started after an instant. */
export async function manualRunsSince(
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

/** Runs of a connection, newest first. */
export async function listRuns(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { limit, before }: { limit: number; before: { createdAt: string; runId: string } | null },
): Promise<{ runs: Run[]; total: number }> {
  const of = trx
    .selectFrom("runs")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("is_preview", "=", false);
  const rows = await of
    .selectAll()
    .$if(before !== null, (query) =>
      query.where(
        sql<boolean>`(created_at, run_id) < (${before?.createdAt}::timestamptz, ${before?.runId}::uuid)`,
      ),
    )
    .orderBy("created_at", "desc")
    .orderBy("run_id", "desc")
    .limit(limit)
    .execute();
  const { total } = await of.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { runs: rows.map(fromRow), total };
}

/** Whoever watches the run hears of it once the transaction is committed. */
export const runChannel = "run_changed";

/** The worker of a run hears that it was cancelled, also while it waits for the provider. */
export const cancelChannel = "run_cancelled";

export async function notifyRun(trx: TenantTransaction, runId: string): Promise<void> {
  await sql`select pg_notify(${runChannel}, ${runId})`.execute(trx);
}

function fromRow(row: Selectable<RunRow>): Run {
  return {
    customerId: row.customer_id,
    runId: row.run_id,
    entityId: row.entity_id,
    trigger: row.trigger,
    status: row.status,
    verdict: row.verdict,
    phase: row.phase,
    attempt: row.attempt,
    listing: row.listing,
    cursor: row.cursor,
    pages: row.pages,
    declaredTotal: row.declared_total,
    listingEnded: row.listing_ended,
    applyAfter: row.apply_after,
    done: row.done,
    changeSeq: row.change_seq,
    counts: row.counts,
    errorCode: row.error_code,
    errorReference: row.error_reference,
    acceptedHoldId: row.accepted_hold_id,
    workerId: row.worker_id,
    isPreview: row.is_preview,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    phaseStartedAt: row.phase_started_at,
  };
}
