import type { Confirmation } from "@payflip/contract/connection.ts";
import { Problem } from "../access/problem.ts";
import { type ActivationFacts, findActivationFacts } from "../db/activation-facts.ts";
import { type Connection, lockConnection, moveConnection } from "../db/connections.ts";
import { findFirstRunId } from "../db/first-run.ts";
import { listRuns } from "../db/runs.ts";
import { tenantTransaction, type TenantTransaction } from "../db/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { recordAct } from "./audit.ts";
import { currentNumber } from "./check-company.ts";

/**
 * The last step of activation: the choice of how to synchronise. The connection becomes active and its first run is queued
 * in one transaction; confirming twice (two admins, a double click, Back) answers the same run.
 *
 * @throws Problem NOT_FOUND, NOT_AVAILABLE, FULL_SYNC_NOT_ALLOWED for customers of the former flex plan (seed, step 3),
 *   NOT_IMPLEMENTED for the selective mode, WRONG_STATE before the consent or after disabling, CONSENT_STATE_MISMATCH
 *   when company details say another number than the one the consent is for
 */
export async function confirmActivation(
  deps: ActivationDeps,
  actor: ActivationActor,
  { mode }: Confirmation,
): Promise<{ runId: string }> {
  const { customerId, entityId } = actor;
  const at = deps.now().toISOString();
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    const facts = await permittedFacts(trx, actor, mode);
    const connection = await lockConnection(trx, customerId, entityId, at);
    if (connection.state === "active" && connection.mode === mode)
      return await firstRun(trx, deps, actor, at);
    if (connection.state !== "choosing") throw new Problem("WRONG_STATE");
    assertSameNumber(connection, facts);
    await moveConnection(trx, customerId, entityId, {
      from: ["choosing"],
      to: "active",
      mode,
      at,
      activatedAt: at,
    });
    await recordAct(trx, deps, { ...actor, action: "connection.confirmed", subject: mode, at });
    return await deps.requestRun(trx, {
      customerId,
      entityId,
      trigger: "first",
      requestedBy: actor.actorId,
      at,
    });
  });
}

/**
 * A later change of the mode. Only what a connection has already can be asked for until the selective mode exists.
 *
 * @throws Problem as confirmActivation does
 */
export async function changeMode(
  deps: ActivationDeps,
  actor: ActivationActor,
  { mode }: Confirmation,
): Promise<{ runId: string }> {
  const { customerId, entityId } = actor;
  const at = deps.now().toISOString();
  return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
    await permittedFacts(trx, actor, mode);
    const connection = await lockConnection(trx, customerId, entityId, at);
    if (connection.state !== "active") throw new Problem("WRONG_STATE");
    // What is so already starts nothing: there is Sync now for that, with its limit.
    if (connection.mode === mode) return await latestRun(trx, deps, actor, at);
    await moveConnection(trx, customerId, entityId, { from: ["active"], to: "active", mode, at });
    return await deps.requestRun(trx, {
      customerId,
      entityId,
      trigger: "mode",
      requestedBy: actor.actorId,
      at,
    });
  });
}

async function permittedFacts(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
  mode: Confirmation["mode"],
): Promise<ActivationFacts> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  if (mode === "full" && facts.migratedFromFlexPlan) throw new Problem("FULL_SYNC_NOT_ALLOWED");
  if (mode === "selective") throw new Problem("NOT_IMPLEMENTED");
  return facts;
}

function assertSameNumber(connection: Connection, facts: ActivationFacts): void {
  if (connection.enterpriseNumber !== currentNumber(facts)) throw new Problem("CONSENT_STATE_MISMATCH");
}

async function latestRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  actor: ActivationActor,
  at: string,
): Promise<{ runId: string }> {
  const newest = { limit: 1, before: null };
  const [run] = (await listRuns(trx, actor.customerId, actor.entityId, newest)).runs;
  return run ? { runId: run.runId } : await firstRun(trx, deps, actor, at);
}

async function firstRun(
  trx: TenantTransaction,
  deps: ActivationDeps,
  { customerId, entityId, actorId }: ActivationActor,
  at: string,
): Promise<{ runId: string }> {
  const runId = await findFirstRunId(trx, customerId, entityId);
  if (runId !== undefined) return { runId };
  return await deps.requestRun(trx, { customerId, entityId, trigger: "first", requestedBy: actorId, at });
}
