import type { RunPhase, RunTrigger, RunVerdict } from "@payflip/contract/syncs.ts";
import { type Selectable, sql } from "kysely";
import type { RunCounts } from "../domain/plan/counts.ts";
import type { EntityKey, RunKey } from "../domain/records/keys.ts";
import type { RunKind, RunRow } from "../postgres/rows/runs.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";

interface RunColumns extends RunKey {
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
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  phaseStartedAt: string | null;
}

/** A run about one worker. */
export interface PersonRun extends RunColumns {
  kind: "person";
  workerId: string;
}

/** A run about everybody, or about the changes of an earlier run. */
interface OtherRun extends RunColumns {
  kind: Exclude<RunKind, "person">;
  workerId: null;
}

export type StoredRun = PersonRun | OtherRun;

export async function findRun(
  trx: TenantTransaction,
  customerId: string,
  runId: string,
): Promise<StoredRun | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("run_id", "=", runId)
    .executeTakeFirst();
  return row && runFromRow(row);
}

/** The queued or running run of a connection: about its whole listing, or about one worker. */
export async function findOpenRun(
  trx: TenantTransaction,
  { customerId, entityId }: EntityKey,
  about: "full_listing" | { workerId: string },
): Promise<StoredRun | undefined> {
  const row = await trx
    .selectFrom("runs")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("status", "in", ["queued", "running"])
    .where((eb) =>
      about === "full_listing"
        ? eb("kind", "=", "full_listing")
        : eb.and([eb("kind", "=", "person"), eb("worker_id", "=", about.workerId)]),
    )
    .executeTakeFirst();
  return row && runFromRow(row);
}

/** The newest first run of a connection, if it ever had one. */
export async function findFirstRunId(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom("runs")
    .select("run_id")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("trigger", "=", "first")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.run_id;
}

/** Runs of a connection, newest first; previews are listed elsewhere. */
export async function listRuns(
  trx: TenantTransaction,
  customerId: string,
  entityId: string,
  { limit, before }: { limit: number; before: { createdAt: string; runId: string } | null },
): Promise<{ runs: StoredRun[]; total: number }> {
  const matching = trx
    .selectFrom("runs")
    .where("customer_id", "=", customerId)
    .where("entity_id", "=", entityId)
    .where("kind", "<>", "preview");
  const rows = await matching
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
  const { total } = await matching
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  return { runs: rows.map(runFromRow), total };
}

/** Notified with the id of a run when a transaction that changed it is committed. */
export const runChannel = "run_changed";

export async function notifyRun(trx: TenantTransaction, runId: string): Promise<void> {
  await sql`select pg_notify(${runChannel}, ${runId})`.execute(trx);
}

export function runFromRow(row: Selectable<RunRow>): StoredRun {
  const columns: RunColumns = {
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
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    phaseStartedAt: row.phase_started_at,
  };
  if (row.kind !== "person") return { ...columns, kind: row.kind, workerId: null };
  if (row.worker_id === null) throw new Error(`run ${row.run_id} is about one worker and names none`);
  return { ...columns, kind: "person", workerId: row.worker_id };
}
