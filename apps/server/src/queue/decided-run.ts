import type { PgBoss } from "pg-boss";
import type { PreviewRequest } from "../connection/activation-deps.ts";
import { cancelBegunRun } from "../runs/cancel-run.sql.ts";
import { insertRun } from "../runs/start-run.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { enqueueRun } from "./boss.ts";
import { requestRun, type RunRequest } from "./sync-control.ts";

/**
 * Queues the run that carries out what somebody just decided (a mode, a choice) in the same transaction. A run that waits will do
 * it; one that has begun read under the old decision, so it is cancelled and another takes its place, with the hold that it was to
 * let through.
 */
export async function requestDecidedRun(
  boss: PgBoss,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string }> {
  const run = (await restartRun(boss, trx, request)) ?? (await requestRun(boss, trx, request));
  if (!run) throw new Error("a run that was decided is never refused");
  return { runId: run.runId };
}

/** Puts another run in the place of one that has begun; null where none has. */
export async function restartRun(
  boss: PgBoss,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string } | null> {
  const { customerId, entityId, at } = request;
  const begun = await cancelBegunRun(trx, customerId, entityId, at);
  if (begun === null) return null;
  const { acceptedHoldId } = begun;
  return await requestRun(boss, trx, { ...request, ...(acceptedHoldId === null ? {} : { acceptedHoldId }) });
}

/** Queues the run that makes a preview: beside any other run, for it writes nothing. */
export async function requestPreviewRun(
  boss: PgBoss,
  trx: TenantTransaction,
  { previewId: runId, customerId, entityId, requestedBy, at }: PreviewRequest,
): Promise<void> {
  const run = { customerId, entityId, runId, requestedBy, at };
  await insertRun(trx, { ...run, kind: "preview", trigger: "mode" });
  await enqueueRun(boss, trx, { customerId, runId }, "urgent");
}
