import { findSyncConnection } from "../../connection/sync-connection.sql.ts";
import { decideGroup, decideHold, findHold, type StoredHold } from "../../decisions/holds.sql.ts";
import { forgetAppliedContent } from "../../people/employees.sql.ts";
import type { Database } from "../../postgres/database.ts";
import { type TenantScope, type TenantTransaction, tenantTransaction } from "../../postgres/transaction.ts";
import { requestPersonRun, requestRun } from "../../runs/request-run.ts";
import type { RunQueue } from "../../runs/run-queue.ts";
import type { HoldOutcome, SyncActor } from "../../runs/run-requests.ts";
import { attachAcceptedHold } from "../../runs/start-run.sql.ts";

interface HoldDeps {
  db: Database;
  queue: RunQueue;
  now: () => Date;
}

/**
 * Accepting lets exactly what was held through, in a run that reads Liantis again: a new one, or the open one if it did not
 * weigh its listing yet. Rejecting leaves everything unchanged.
 */
export async function decideOnHold(
  deps: HoldDeps,
  scope: TenantScope,
  holdId: string,
  actor: SyncActor,
  status: "accepted" | "rejected",
): Promise<HoldOutcome> {
  const { customerId } = scope;
  const now = deps.now().toISOString();
  try {
    return await tenantTransaction(deps.db, scope, "app", async (trx) => {
      const hold = await findHold(trx, customerId, holdId);
      if (!hold) throw new NotOpen();
      const decided = await decideHold(trx, {
        customerId,
        holdId,
        status,
        decidedAt: now,
        decidedBy: actor.actorId,
      });
      if (!decided) throw new NotOpen();
      await decideGroup(trx, hold, { status, decidedAt: now, decidedBy: actor.actorId });
      if (status === "rejected") return { kind: "decided", runId: null };
      const runId = await runAcceptedHold(deps.queue, trx, { hold, requestedBy: actor.actorId, now });
      return { kind: "decided", runId };
    });
  } catch (error) {
    if (error instanceof NotOpen) return { kind: "not_open" };
    throw error;
  }
}

/** Thrown, so that a decision that cannot be carried out is not stored either. */
class NotOpen extends Error {
  override readonly name = "NotOpen";
}

interface Accepted {
  hold: StoredHold;
  requestedBy: string;
  now: string;
}

async function runAcceptedHold(queue: RunQueue, trx: TenantTransaction, accepted: Accepted): Promise<string> {
  const { hold, requestedBy, now } = accepted;
  const { customerId, entityId, holdId } = hold;
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection?.state !== "active") throw new NotOpen();
  if (hold.workerId !== null) return await runAcceptedPerson(queue, trx, accepted, hold.workerId);
  const request = { customerId, entityId, requestedBy, now, acceptedHoldId: holdId };
  const run = await requestRun(queue, trx, { ...request, trigger: "hold" });
  if (!run) throw new NotOpen();
  const { runId } = run;
  if (run.joined && !(await attachAcceptedHold(trx, { customerId, runId, holdId }))) throw new NotOpen();
  return runId;
}

/** A hold of one person passes in a run about them alone. An e-mail swap needs a run over the whole listing. */
async function runAcceptedPerson(
  queue: RunQueue,
  trx: TenantTransaction,
  { hold, requestedBy, now }: Accepted,
  workerId: string,
): Promise<string> {
  const { customerId, entityId, employeeId } = hold;
  if (employeeId !== null) await forgetAppliedContent(trx, customerId, [employeeId]);
  const request = { customerId, entityId, requestedBy, now, trigger: "hold" } as const;
  const isEmailSwap = hold.reasons.some((reason) => reason.code === "EMAIL_SWAPPED");
  const run = isEmailSwap
    ? await requestRun(queue, trx, request)
    : await requestPersonRun(queue, trx, { ...request, workerId, acceptedHoldId: hold.holdId });
  if (!run) throw new NotOpen();
  return run.runId;
}
