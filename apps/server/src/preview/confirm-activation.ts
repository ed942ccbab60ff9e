import type { Confirmation } from "@payflip/contract/activation.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { type ActivationFacts, findActivationFacts } from "../connection/activation-facts.sql.ts";
import { cancelRunsOfUnchosen } from "../runs/cancel-run.sql.ts";
import { endCandidateList } from "../connection/candidates.sql.ts";
import { confirmChoices, hasSelected } from "../choices/choices.sql.ts";
import { type StoredConnection, lockConnection, moveConnection } from "../connection/connections.sql.ts";
import { findFirstRunId } from "../runs/runs.sql.ts";
import { findPreviewByHash, markConfirmed, type StoredPreview } from "./previews.sql.ts";
import { listRuns } from "../runs/runs.sql.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../connection/activation-deps.ts";
import { type ActivationAction, recordActivation } from "../connection/audit-activation.ts";
import { currentNumber } from "../connection/check-company.ts";
import { isOutdated, type PreviewOrder, startOrderedPreview, workerIdsOf } from "./order-preview.ts";

/**
 * The last step of activation: the admin chooses how to synchronise. The connection becomes active and its first run is queued
 * in one transaction. A second confirmation (another admin, a double click, Back) answers the same run.
 *
 * With the hash of a preview the run applies exactly what the preview showed. If anything is different, it applies nothing, and
 * the connection waits for the choice again, with a preview of the difference.
 *
 * @throws Problem NOT_FOUND; NOT_AVAILABLE; FULL_SYNC_NOT_ALLOWED for customers of the former flex plan (seed, step 3);
 *   WRONG_STATE before the consent or after disabling; CONSENT_STATE_MISMATCH if the company details name another enterprise
 *   number than the consent; PREVIEW_OUTDATED with a new preview if it is already known that the plan changed
 */
export async function confirmActivation(
  deps: ActivationDeps,
  actor: ActivationActor,
  confirmation: Confirmation,
): Promise<{ runId: string }> {
  return await runConfirmation(deps, actor, async (trx, now) => {
    const facts = await findPermittedFacts(trx, actor, confirmation.mode);
    const connection = await lockConnection(trx, actor.customerId, actor.entityId, now);
    if (connection.state === "active" && connection.mode === confirmation.mode)
      return runOutcome(await findOrRequestFirstRun(trx, deps, actor, now));
    if (connection.state !== "choosing") throw new Problem("WRONG_STATE");
    assertSameNumber(connection, facts);
    return await decideMode(trx, deps, { actor, connection, confirmation, now });
  });
}

/**
 * A later change of the mode. Nothing is deleted: links, data and choices stay, so that the same step leads back.
 *
 * @throws Problem as confirmActivation does
 */
export async function changeMode(
  deps: ActivationDeps,
  actor: ActivationActor,
  confirmation: Confirmation,
): Promise<{ runId: string }> {
  return await runConfirmation(deps, actor, async (trx, now) => {
    await findPermittedFacts(trx, actor, confirmation.mode);
    const connection = await lockConnection(trx, actor.customerId, actor.entityId, now);
    if (connection.state !== "active") throw new Problem("WRONG_STATE");
    // A repeated confirmation starts no run: "Sync now" does that, with its limit.
    if (await isConfirmedAlready(trx, connection, confirmation))
      return runOutcome(await findLatestRun(trx, deps, actor, now));
    return await decideMode(trx, deps, { actor, connection, confirmation, now });
  });
}

/** Whether a customer may choose this mode for an entity. @throws Problem NOT_FOUND, NOT_AVAILABLE, FULL_SYNC_NOT_ALLOWED */
export async function findPermittedFacts(
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
export function assertSameNumber(connection: StoredConnection, facts: ActivationFacts): void {
  if (connection.enterpriseNumber !== currentNumber(facts)) throw new Problem("CONSENT_STATE_MISMATCH");
}

type Confirmed = { kind: "run"; runId: string } | { kind: "outdated"; previewId: string };

function runOutcome({ runId }: { runId: string }): Confirmed {
  return { kind: "run", runId };
}

/** Throws the refusal of an outdated preview after the transaction, since the new preview that it names must be stored. */
async function runConfirmation(
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
  connection: StoredConnection;
  confirmation: Confirmation;
  now: string;
}

async function decideMode(
  trx: TenantTransaction,
  deps: ActivationDeps,
  decision: ModeDecision,
): Promise<Confirmed> {
  const { actor, connection, confirmation, now } = decision;
  const isFirst = connection.state === "choosing";
  if (confirmation.previewHash === undefined) await activateMode(trx, decision);
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
    await activateAfterRun(trx, decision, preview);
  }
  const action: ActivationAction = isFirst ? "connection.confirmed" : "connection.mode_changed";
  await recordActivation(trx, { ...actor, action, subject: confirmation.mode, now });
  const { customerId, entityId, actorId: requestedBy } = actor;
  const trigger = isFirst ? "first" : "mode";
  return runOutcome(await deps.requestRun(trx, { customerId, entityId, trigger, requestedBy, now }));
}

/** A confirmation that names a preview and no people is for the people of the preview. */
function orderOf(confirmation: Confirmation, preview: StoredPreview | undefined): PreviewOrder {
  const named = workerIdsOf(confirmation);
  const { mode } = confirmation;
  return { mode, workerIds: named ?? (preview?.mode === mode ? preview.workerIds : null) };
}

/** Without a preview the mode and the choices are active at once. */
async function activateMode(
  trx: TenantTransaction,
  { actor, connection, confirmation, now }: ModeDecision,
): Promise<void> {
  const { customerId, entityId, actorId: decidedBy } = actor;
  const { state, mode: modeBefore } = connection;
  if (confirmation.mode === "selective") {
    const workerIds = workerIdsOf(confirmation);
    const wasSelective = modeBefore === "selective";
    await confirmChoices(
      trx,
      { customerId, entityId, decidedAt: now, decidedBy },
      { workerIds, wasSelective },
    );
    // A check of a person who is not in scope any more must not write.
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

/** With a preview the run compares first, and activates the mode and the choices when it enters its apply phase. */
async function activateAfterRun(
  trx: TenantTransaction,
  { actor, connection, confirmation, now }: ModeDecision,
  preview: StoredPreview,
): Promise<void> {
  const { customerId, entityId } = actor;
  const { state, mode: modeBefore, confirming } = connection;
  const isFirst = state === "choosing";
  // If another confirmed preview waits already, what was before that one stays what to return to.
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

/** Whether the connection already is as confirmed, or waits for the run that makes it so. */
async function isConfirmedAlready(
  trx: TenantTransaction,
  connection: StoredConnection,
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

async function findLatestRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  actor: ActivationActor,
  now: string,
): Promise<{ runId: string }> {
  const newest = { limit: 1, before: null };
  const [latest] = (await listRuns(trx, actor.customerId, actor.entityId, newest)).runs;
  return latest ? { runId: latest.runId } : await findOrRequestFirstRun(trx, deps, actor, now);
}

async function findOrRequestFirstRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  { customerId, entityId, actorId }: ActivationActor,
  now: string,
): Promise<{ runId: string }> {
  const runId = await findFirstRunId(trx, customerId, entityId);
  if (runId !== undefined) return { runId };
  return await deps.requestRun(trx, { customerId, entityId, trigger: "first", requestedBy: actorId, now });
}
