import type { PgBoss } from "pg-boss";
import type { Database } from "../postgres/database.ts";
import { forgetAppliedContent } from "../people/employees.sql.ts";
import { decideGroup, decideHold, findHold, type Hold } from "../decisions/holds.sql.ts";
import { newId } from "../postgres/ids.ts";
import { attachAcceptedHold, insertRun, manualRunsSince } from "../runs/start-run.sql.ts";
import { findOpenRun } from "../runs/runs.sql.ts";
import type { RunTrigger } from "../postgres/rows/runs.ts";
import { findSyncConnection } from "../connection/sync-connection.sql.ts";
import { type TenantScope, type TenantTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { HoldDecision, SyncActor, SyncControl, SyncRequested } from "../runs/run-requests.ts";
import { enqueueRun } from "./boss.ts";
import { urgencyOf } from "./lanes.ts";
import { followPerson, requestCheck, requestPersonRun, requestWorkerCheck } from "./person-runs.ts";
import type { RunWatch } from "./run-watch.ts";

const hourMs = 3_600_000;
const manualRunsAnHour = 20;

export interface RunRequest {
  customerId: string;
  entityId: string;
  trigger: RunTrigger;
  requestedBy: string | null;
  /** RFC 3339 */
  at: string;
  acceptedHoldId?: string;
  /** Brussels date of a nightly run. */
  scheduledFor?: string;
}

/** Queues a run of a connection, or joins the one that is open; null when tonight's run exists already. */
export async function requestRun(
  boss: PgBoss,
  trx: TenantTransaction,
  request: RunRequest,
): Promise<{ runId: string; joined: boolean } | null> {
  const runId = newId();
  if (await insertRun(trx, { ...request, runId, kind: "full_listing" })) {
    await enqueueRun(boss, trx, { customerId: request.customerId, runId }, await urgencyOf(trx, request));
    return { runId, joined: false };
  }
  const open = await findOpenRun(trx, request, "full_listing");
  return open ? { runId: open.runId, joined: true } : null;
}

export interface SyncControlDeps {
  db: Database;
  boss: PgBoss;
  watch: Pick<RunWatch, "watch">;
  now: () => Date;
}

/** What people may ask of the synchronisation: start, watch, accept, reject. */
export function createSyncControl(deps: SyncControlDeps): SyncControl {
  return {
    requestSync: (scope, entityId, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) => requestManualRun(deps, trx, scope, entityId, actor)),
    checkPerson: (scope, employeeId, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) =>
        requestCheck(deps, trx, { customerId: scope.customerId, employeeId, requestedBy: actor.actorId }),
      ),
    checkWorker: (scope, worker, actor) =>
      tenantTransaction(deps.db, scope, "app", (trx) =>
        requestWorkerCheck(deps, trx, {
          ...worker,
          customerId: scope.customerId,
          requestedBy: actor.actorId,
          at: deps.now().toISOString(),
        }),
      ),
    followPerson: (trx, follow) => followPerson(deps, trx, follow),
    watchRun: (runId, onChange) => deps.watch.watch(runId, onChange),
    acceptHold: (scope, holdId, actor) => decide(deps, scope, holdId, actor, "accepted"),
    rejectHold: (scope, holdId, actor) => decide(deps, scope, holdId, actor, "rejected"),
  };
}

async function requestManualRun(
  deps: SyncControlDeps,
  trx: TenantTransaction,
  scope: TenantScope,
  entityId: string,
  actor: SyncActor,
): Promise<SyncRequested> {
  const { customerId } = scope;
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection?.state !== "active") return { kind: "not_active" };
  const open = await findOpenRun(trx, { customerId, entityId }, "full_listing");
  // Joining is free: the limit is for starting.
  if (open) return { kind: "requested", runId: open.runId, alreadyRunning: true };
  const now = deps.now();
  const recent = await manualRunsSince(
    trx,
    customerId,
    entityId,
    new Date(now.getTime() - hourMs).toISOString(),
  );
  if (recent.count >= manualRunsAnHour && recent.oldestAt !== null) {
    const retryAfterSeconds = Math.max(
      1,
      Math.ceil((Date.parse(recent.oldestAt) + hourMs - now.getTime()) / 1000),
    );
    return { kind: "limit_reached", retryAfterSeconds, remaining: 0 };
  }
  const run = await requestRun(deps.boss, trx, {
    customerId,
    entityId,
    trigger: "manual",
    requestedBy: actor.actorId,
    at: now.toISOString(),
  });
  if (!run) return { kind: "not_active" };
  return { kind: "requested", runId: run.runId, alreadyRunning: run.joined };
}

/**
 * Accepting lets exactly what was held through, in a run that reads Liantis again: a new one, or the open one if it has not
 * begun to weigh its listing. Rejecting leaves everything as it is.
 */
async function decide(
  deps: SyncControlDeps,
  scope: TenantScope,
  holdId: string,
  actor: SyncActor,
  status: "accepted" | "rejected",
): Promise<HoldDecision> {
  const { customerId } = scope;
  const at = deps.now().toISOString();
  try {
    return await tenantTransaction(deps.db, scope, "app", async (trx) => {
      const hold = await findHold(trx, customerId, holdId);
      if (!hold) throw new NotOpen();
      const decided = await decideHold(trx, { customerId, holdId, status, at, by: actor.actorId });
      if (!decided) throw new NotOpen();
      await decideGroup(trx, hold, { status, at, by: actor.actorId });
      if (status === "rejected") return { kind: "decided", runId: null };
      const runId = await letThrough(deps, trx, { hold, requestedBy: actor.actorId, at });
      return { kind: "decided", runId };
    });
  } catch (error) {
    if (error instanceof NotOpen) return { kind: "not_open" };
    throw error;
  }
}

/** Thrown, so that a decision that cannot be carried out is not kept either. */
class NotOpen extends Error {
  override readonly name = "NotOpen";
}

async function letThrough(
  { boss }: SyncControlDeps,
  trx: TenantTransaction,
  { hold, requestedBy, at }: { hold: Hold; requestedBy: string; at: string },
): Promise<string> {
  const { customer_id: customerId, entity_id: entityId, hold_id: holdId } = hold;
  const connection = await findSyncConnection(trx, customerId, entityId);
  if (connection?.state !== "active") throw new NotOpen();
  if (hold.worker_id !== "") return await planPersonAgain(boss, trx, { hold, requestedBy, at });
  const request = { customerId, entityId, requestedBy, at, acceptedHoldId: holdId };
  const run = await requestRun(boss, trx, { ...request, trigger: "hold" });
  if (!run) throw new NotOpen();
  const { runId } = run;
  if (run.joined && !(await attachAcceptedHold(trx, { customerId, runId, holdId }))) throw new NotOpen();
  return runId;
}

/** What was held of one person passes in a run about them alone; colleagues whose addresses go round need everybody's. */
async function planPersonAgain(
  boss: PgBoss,
  trx: TenantTransaction,
  { hold, requestedBy, at }: { hold: Hold; requestedBy: string; at: string },
): Promise<string> {
  const { customer_id: customerId, entity_id: entityId, employee_id: employeeId } = hold;
  if (employeeId !== null) await forgetAppliedContent(trx, customerId, [employeeId]);
  const request = { customerId, entityId, requestedBy, at, trigger: "hold" } as const;
  const isRing = hold.reasons.some((reason) => reason.code === "EMAIL_SWAPPED");
  const run = isRing
    ? await requestRun(boss, trx, request)
    : await requestPersonRun(boss, trx, {
        ...request,
        workerId: hold.worker_id,
        acceptedHoldId: hold.hold_id,
      });
  if (!run) throw new NotOpen();
  return run.runId;
}
