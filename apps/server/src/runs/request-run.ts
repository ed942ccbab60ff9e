import type { RunTrigger } from "@payflip/contract/syncs.ts";
import type { EntityKey } from "../domain/records/keys.ts";
import { isWaitedFor } from "../domain/time/schedule.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { cancelBegunRun } from "./cancel-run.sql.ts";
import type { RunQueue, Urgency } from "./run-queue.ts";
import { findOpenRun } from "./runs.sql.ts";
import { attachAcceptedHold, insertRun, findListingSize } from "./start-run.sql.ts";

interface Requested extends EntityKey {
  /** The account or API key that asked; null: the schedule did. */
  requestedBy: string | null;
  /** RFC 3339. */
  now: string;
}

export interface RunRequest extends Requested {
  trigger: RunTrigger;
  acceptedHoldId?: string;
  /** Brussels date of a nightly run. */
  scheduledFor?: string;
}

/** Queues a run over the whole listing, or joins the open one. Null when tonight's run exists already. */
export async function requestRun(
  queue: RunQueue,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string; joined: boolean } | null> {
  const { customerId } = request;
  const runId = newId();
  if (await insertRun(trx, { ...request, runId, kind: "full_listing" })) {
    await queue.enqueueRun(trx, { customerId, runId }, await urgencyOf(trx, request));
    return { runId, joined: false };
  }
  const open = await findOpenRun(trx, request, "full_listing");
  return open ? { runId: open.runId, joined: true } : null;
}

/**
 * Queues the run that carries out a decision (a mode, a choice), in the transaction of the decision. A queued run is joined. A
 * run that has begun read under the old decision: it is cancelled and replaced, with the hold that it was to let through.
 */
export async function requestDecidedRun(
  queue: RunQueue,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string }> {
  const run = (await restartRun(queue, trx, request)) ?? (await requestRun(queue, trx, request));
  if (!run) throw new Error("a run that was decided is never refused");
  return { runId: run.runId };
}

/** Replaces a run that has begun; null when none has. */
export async function restartRun(
  queue: RunQueue,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string } | null> {
  const { customerId, entityId, now } = request;
  const begun = await cancelBegunRun(trx, customerId, entityId, now);
  if (begun === null) return null;
  const { acceptedHoldId } = begun;
  return await requestRun(queue, trx, { ...request, ...(acceptedHoldId === null ? {} : { acceptedHoldId }) });
}

export interface PreviewRunRequest extends Requested {
  previewId: string;
}

/** Queues the run that makes a preview, under the preview's id; beside any other run, since it applies nothing. */
export async function requestPreviewRun(
  queue: RunQueue,
  trx: TenantTransaction,
  { previewId: runId, ...request }: PreviewRunRequest,
): Promise<void> {
  await insertRun(trx, { ...request, runId, kind: "preview", trigger: "mode" });
  await queue.enqueueRun(trx, { customerId: request.customerId, runId }, "urgent");
}

export interface PersonRunRequest extends Requested {
  workerId: string;
  trigger: Extract<RunTrigger, "person" | "hold" | "choice">;
  /** The hold of this person that was accepted. */
  acceptedHoldId?: string;
}

/** Queues a run about one worker, or joins the open one. Null when a hold was accepted and the open run has planned already. */
export async function requestPersonRun(
  queue: RunQueue,
  trx: TenantTransaction,
  request: PersonRunRequest,
): Promise<{ runId: string; joined: boolean } | null> {
  const { customerId, workerId, acceptedHoldId: holdId } = request;
  const runId = newId();
  if (await insertRun(trx, { ...request, runId, kind: "person" })) {
    await queue.enqueuePersonRun(trx, { customerId, runId });
    return { runId, joined: false };
  }
  const open = await findOpenRun(trx, request, { workerId });
  if (open === undefined) return await requestPersonRun(queue, trx, request);
  if (holdId !== undefined && !(await attachAcceptedHold(trx, { customerId, runId: open.runId, holdId })))
    return null;
  // Its job may have been lost.
  await queue.enqueuePersonRun(trx, { customerId, runId: open.runId });
  return { runId: open.runId, joined: true };
}

/** Twenty pages: a minute or more when the provider is slow. */
const longListingMin = 10_000;

export async function urgencyOf(
  trx: TenantTransaction,
  { customerId, entityId, trigger }: EntityKey & { trigger: RunTrigger },
): Promise<Urgency> {
  if (isWaitedFor(trigger)) return "urgent";
  return (await findListingSize(trx, customerId, entityId)) >= longListingMin ? "long" : "nightly";
}
