import { Problem } from "../domain/catalogue/problem.ts";
import { type ActivationFacts, findActivationFacts } from "./activation-facts.sql.ts";
import {
  type Connection,
  type ConnectionState,
  findConnection,
  lockConnection,
  moveConnection,
} from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { raiseNumberIssue } from "./number-issue.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { recordAct } from "./audit-activation.ts";
import { currentNumber } from "./check-company.ts";
import { problemOfFault } from "./provider-problem.ts";

/**
 * Switches the integration off: nothing is fetched or written any more, open runs are cancelled, connect links end. What
 * was synchronised stays, links between workers and employees are kept (seed, question 1). Twice is the same as once. It is
 * said to be done once the worker of a running run has let go of it.
 *
 * @throws Problem WRONG_STATE when there is nothing to switch off
 */
export async function disableConnection(
  deps: ActivationDeps,
  actor: ActivationActor,
): Promise<{ state: ConnectionState }> {
  const { customerId, entityId } = actor;
  const at = deps.now().toISOString();
  const scope = { customerId, entityIds: [entityId] };
  const runIds = await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const { state } = await lockConnection(trx, customerId, entityId, at);
    if (state === "disabled") return [];
    if (state === "available") throw new Problem("WRONG_STATE");
    await moveConnection(trx, customerId, entityId, { from: [state], to: "disabled", at });
    const cancelled = await cancelOpenRuns(trx, customerId, entityId, at);
    await endConnectTokens(trx, customerId, entityId, { at, only: "all" });
    await recordAct(trx, deps, { ...actor, action: "connection.disabled", at });
    return cancelled;
  });
  await deps.runsLeft({ customerId, runIds });
  return { state: "disabled" };
}

/**
 * Switches the integration on again where it stopped: after somebody disabled it, or after it was paused for 28 days of trouble;
 * then a run tries it at once. A consent is asked for again only if it was revoked meanwhile: then the connection is paused
 * until a main user grants it anew. What is paused for another reason goes on by a consent, never by this.
 *
 * @throws Problem NOT_AVAILABLE, WRONG_STATE, LIANTIS_UNAVAILABLE or INTERNAL
 */
export async function enableConnection(
  deps: ActivationDeps,
  actor: ActivationActor,
): Promise<{ state: ConnectionState }> {
  const { customerId, entityId } = actor;
  const scope = { customerId, entityIds: [entityId] };
  const before = await tenantTransaction(deps.db, scope, "app", async (trx) => {
    await availableFacts(trx, actor);
    return await findConnection(trx, customerId, entityId);
  });
  if (before?.state === "active") return { state: "active" };
  if (before === undefined || !canBeSwitchedOn(before)) throw new Problem("WRONG_STATE");
  const consentStands = await consentStillStands(deps, customerId, before);
  const at = deps.now().toISOString();
  return await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const connection = await lockConnection(trx, customerId, entityId, at);
    if (!canBeSwitchedOn(connection)) return { state: connection.state };
    // Read behind the lock: company details that change meanwhile wait for it, and find what was decided here.
    const facts = await availableFacts(trx, actor);
    const next = whereItStopped(connection, { consentStands, number: currentNumber(facts) });
    await moveConnection(trx, customerId, entityId, { from: [connection.state], ...next, at });
    const { enterpriseNumber: consented } = connection;
    if (next.pausedReason === "number_changed" && consented !== null)
      await raiseNumberIssue(trx, { customerId, entityId, at }, { consented, vatNumber: facts.vatNumber });
    if (connection.state === "paused" && next.to === "active") {
      const run = { customerId, entityId, requestedBy: actor.actorId, at };
      await deps.requestRun(trx, { ...run, trigger: "manual" });
    }
    await recordAct(trx, deps, { ...actor, action: "connection.enabled", at });
    return { state: next.to };
  });
}

/** @throws Problem NOT_FOUND or NOT_AVAILABLE */
async function availableFacts(
  trx: TenantTransaction,
  { customerId, entityId }: ActivationActor,
): Promise<ActivationFacts> {
  const facts = await findActivationFacts(trx, customerId, entityId);
  if (facts === undefined) throw new Problem("NOT_FOUND");
  if (!facts.available) throw new Problem("NOT_AVAILABLE");
  return facts;
}

function canBeSwitchedOn({ state, pausedReason }: Connection): boolean {
  return state === "disabled" || (state === "paused" && pausedReason === "failing");
}

function whereItStopped(
  { mode, enterpriseNumber }: Connection,
  { consentStands, number }: { consentStands: boolean; number: string | null },
): { to: ConnectionState; pausedReason: Connection["pausedReason"] } {
  const sameNumber = enterpriseNumber === number;
  if (mode === null)
    return { to: consentStands && sameNumber ? "choosing" : "available", pausedReason: null };
  if (!consentStands) return { to: "paused", pausedReason: "consent_revoked" };
  return sameNumber ? { to: "active", pausedReason: null } : { to: "paused", pausedReason: "number_changed" };
}

async function consentStillStands(
  deps: ActivationDeps,
  customerId: string,
  { enterpriseNumber }: Connection,
): Promise<boolean> {
  if (enterpriseNumber === null) return false;
  try {
    const employer = await deps.liantis.findEmployer(enterpriseNumber, {
      caller: { customerId, urgent: true },
    });
    return employer.kind === "found" && employer.consent.status === "granted";
  } catch (error) {
    throw problemOfFault(error);
  }
}
