import type { Confirmation } from "@payflip/contract/activation.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type ActivationFacts, findActivationFacts } from "../connection/activation-facts.sql.ts";
import { cancelRunsOfUnchosen } from "../runs/cancel-run.sql.ts";
import { endCandidateList } from "../connection/candidates.sql.ts";
import { confirmChoices, hasSelected } from "../choices/choices.sql.ts";
import { type Connection, lockConnection, moveConnection } from "../connection/connections.sql.ts";
import { findFirstRunId } from "../runs/runs.sql.ts";
import { findPreviewByHash, markConfirmed, type Preview } from "./previews.sql.ts";
import { listRuns } from "../runs/runs.sql.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";
import { type ActivationAction, recordActivation } from "../connection/audit-activation.ts";
import { currentNumber } from "../connection/check-company.ts";
import { isOutdated, type PreviewOrder, startOrderedPreview, workerIdsOf } from "./order-preview.ts";

/**
 * The last step of activation: the choice of how to synchronise. The connection becomes active and its first run is queued
 * in one transaction; confirming twice (two admins, a double click, Back) answers the same run.
 *
 * With the hash of a preview the run applies exactly what that showed: until it has compared nothing is decided, and where anything
 * is different the connection waits for its choice again, with a preview of the difference.
 *
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, FULL_SYNC_NOT_ALLOWED for customers of the former flex plan (seed, step 3),
 *   WRONG_STATE before the consent or after disabling, CONSENT_STATE_MISMATCH when company details say another number than the one
 *   the consent is for, PREVIEW_OUTDATED with a new preview when it is known already that another plan was shown
 */
export async function confirmActivation(
  deps: ActivationDeps,
  actor: ActivationActor,
  confirmation: Confirmation,
): Promise<{ runId: string }> {
  return await confirmed(deps, actor, async (trx, now) => {
    const facts = await permittedFacts(trx, actor, confirmation.mode);
    const connection = await lockConnection(trx, actor.customerId, actor.entityId, now);
    if (connection.state === "active" && connection.mode === confirmation.mode)
      return run(await firstRun(trx, deps, actor, now));
    if (connection.state !== "choosing") throw new Problem("WRONG_STATE");
    assertSameNumber(connection, facts);
    return await decideMode(trx, deps, { actor, connection, confirmation, now });
  });
}

/**
 * A later change of the mode. It never deletes anything: links, data and choices stay, so that the way back is the same step again.
 *
 * @throws Problem as confirmActivation does
 */
export async function changeMode(
  deps: ActivationDeps,
  actor: ActivationActor,
  confirmation: Confirmation,
): Promise<{ runId: string }> {
  return await confirmed(deps, actor, async (trx, now) => {
    await permittedFacts(trx, actor, confirmation.mode);
    const connection = await lockConnection(trx, actor.customerId, actor.entityId, now);
    if (connection.state !== "active") throw new Problem("WRONG_STATE");
    // What is so already starts nothing: there is Sync now for that, with its limit.
    if (await isSo(trx, connection, confirmation)) return run(await latestRun(trx, deps, actor, now));
    return await decideMode(trx, deps, { actor, connection, confirmation, now });
  });
}

/** Whether a customer may choose this mode for an entity. @throws Problem NOT_FOUND, NOT_AVAILABLE, FULL_SYNC_NOT_ALLOWED */
export async function permittedFacts(
  trx: TenantTransaction,
  { customerId, entityId }: Pick<ActivationActor, "customerId" | "entityId">,
  mode: Confirmation["mode"],
): Promise<ActivationFacts> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  if (mode === "full" && facts.migratedFromFlexPlan) throw new Problem("FULL_SYNC_NOT_ALLOWED");
  return facts;
}

/** @throws Problem CONSENT_STATE_MISMATCH */
export function assertSameNumber(connection: Connection, facts: ActivationFacts): void {
  if (connection.enterpriseNumber !== currentNumber(facts)) throw new Problem("CONSENT_STATE_MISMATCH");
}

type Confirmed = { kind: "run"; runId: string } | { kind: "outdated"; previewId: string };

function run({ runId }: { runId: string }): Confirmed {
  return { kind: "run", runId };
}

/** The refusal of an outdated preview is thrown behind the transaction: the new preview that it names must be kept. */
async function confirmed(
  deps: ActivationDeps,
  { customerId, entityId }: ActivationActor,
  work: (trx: TenantTransaction, now: string) => Promise<Confirmed>,
): Promise<{ runId: string }> {
  const now = deps.now().toISOString();
  const outcome = await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    work(trx, now),
  );
  if (outcome.kind === "outdated")
    throw new Problem("PREVIEW_OUTDATED", { members: { previewId: outcome.previewId } });
  return { runId: outcome.runId };
}

interface ModeDecision {
  actor: ActivationActor;
  connection: Connection;
  confirmation: Confirmation;
  now: string;
}

async function decideMode(
  trx: TenantTransaction,
  deps: ActivationDeps,
  of: ModeDecision,
): Promise<Confirmed> {
  const { actor, connection, confirmation, now } = of;
  const isFirst = connection.state === "choosing";
  if (confirmation.previewHash === undefined) await putInForceAtOnce(trx, of);
  else {
    const preview = await findPreviewByHash(trx, actor, confirmation.previewHash);
    const order = orderOf(confirmation, preview);
    if (preview === undefined || (await isOutdated(trx, preview, order, now))) {
      const previewId = await startOrderedPreview(trx, deps, actor, {
        order,
        differsFrom: preview?.previewId ?? null,
        now,
      });
      return { kind: "outdated", previewId };
    }
    await awaitRun(trx, of, preview);
  }
  const action: ActivationAction = isFirst ? "connection.confirmed" : "connection.mode_changed";
  await recordActivation(trx, { ...actor, action, subject: confirmation.mode, now });
  const { customerId, entityId, actorId: requestedBy } = actor;
  const trigger = isFirst ? "first" : "mode";
  return run(await deps.requestRun(trx, { customerId, entityId, trigger, requestedBy, now }));
}

/** Whoever only names a preview means what that is of. */
function orderOf(confirmation: Confirmation, preview: Preview | undefined): PreviewOrder {
  const named = workerIdsOf(confirmation);
  const { mode } = confirmation;
  return { mode, workerIds: named ?? (preview?.mode === mode ? preview.workerIds : null) };
}

/** Nobody looked at a preview: what is decided holds from now on, whatever the run will find. */
async function putInForceAtOnce(
  trx: TenantTransaction,
  { actor, connection, confirmation, now }: ModeDecision,
): Promise<void> {
  const { customerId, entityId, actorId: by } = actor;
  const { state, mode: before } = connection;
  if (confirmation.mode === "selective") {
    const workerIds = workerIdsOf(confirmation);
    const wasSelective = before === "selective";
    await confirmChoices(
      trx,
      { customerId, entityId, decidedAt: now, decidedBy: by },
      { workerIds, wasSelective },
    );
    // A check of somebody who is not in scope any more must not write them.
    await cancelRunsOfUnchosen(trx, { customerId, entityId }, now);
  }
  await endCandidateList(trx, { customerId, entityId });
  await moveConnection(trx, customerId, entityId, {
    fromStates: [state],
    nextState: "active",
    mode: confirmation.mode,
    now,
    confirming: null,
    ...(state === "choosing" ? { activatedAt: now } : {}),
  });
}

/** The run compares first; what is decided holds from the moment on in which it begins to write. */
async function awaitRun(
  trx: TenantTransaction,
  { actor, connection, confirmation, now }: ModeDecision,
  preview: Preview,
): Promise<void> {
  const { customerId, entityId } = actor;
  const { state, mode: modeBefore, confirming } = connection;
  const isFirst = state === "choosing";
  // Where another preview waits already, the way back is still the one from before that.
  const stateBefore = confirming?.stateBefore ?? (isFirst ? "choosing" : "active");
  const before = confirming === null ? modeBefore : confirming.modeBefore;
  await moveConnection(trx, customerId, entityId, {
    fromStates: [state],
    nextState: "active",
    now,
    confirming: { previewId: preview.previewId, stateBefore, modeBefore: before },
    ...(isFirst ? { mode: confirmation.mode, activatedAt: now } : {}),
  });
  await markConfirmed(trx, customerId, preview.previewId, now);
}

/** Whether the connection is as this confirmation wants it, or on its way to that. */
async function isSo(
  trx: TenantTransaction,
  connection: Connection,
  confirmation: Confirmation,
): Promise<boolean> {
  const { customerId, entityId, mode, confirming } = connection;
  if (confirmation.previewHash !== undefined) {
    const preview = await findPreviewByHash(trx, { customerId, entityId }, confirmation.previewHash);
    if (preview === undefined || preview.confirmedAt === null) return false;
    return confirming === null ? mode === preview.mode : confirming.previewId === preview.previewId;
  }
  if (mode !== confirmation.mode || confirming !== null) return false;
  const workerIds = workerIdsOf(confirmation);
  return workerIds === null || (await hasSelected(trx, { customerId, entityId }, workerIds));
}

async function latestRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  actor: ActivationActor,
  now: string,
): Promise<{ runId: string }> {
  const newest = { limit: 1, before: null };
  const [latest] = (await listRuns(trx, actor.customerId, actor.entityId, newest)).runs;
  return latest ? { runId: latest.runId } : await firstRun(trx, deps, actor, now);
}

async function firstRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  { customerId, entityId, actorId }: ActivationActor,
  now: string,
): Promise<{ runId: string }> {
  const runId = await findFirstRunId(trx, customerId, entityId);
  if (runId !== undefined) return { runId };
  return await deps.requestRun(trx, { customerId, entityId, trigger: "first", requestedBy: actorId, now });
}
