import { Problem } from "../access/problem.ts";
import { findActivationFacts } from "../db/activation-facts.ts";
import {
  type Connection,
  type ConnectionState,
  findConnection,
  lockConnection,
  moveConnection,
} from "../db/connections.ts";
import { endConnectTokens } from "../db/consents.ts";
import { cancelOpenRuns } from "../db/runs.ts";
import { tenantTransaction } from "../db/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { recordAct } from "./audit.ts";
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
 * Switches the integration on again where it stopped. A consent is asked for again only if it was revoked meanwhile: then
 * the connection is paused until a main user grants it anew.
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
    const facts = await findActivationFacts(trx, customerId, entityId);
    if (facts === undefined) throw new Problem("NOT_FOUND");
    if (!facts.available) throw new Problem("NOT_AVAILABLE");
    const connection = await findConnection(trx, customerId, entityId);
    return { connection, number: currentNumber(facts) };
  });
  if (before.connection?.state === "active") return { state: "active" };
  if (before.connection?.state !== "disabled") throw new Problem("WRONG_STATE");
  const consentStands = await consentStillStands(deps, customerId, before.connection);
  const at = deps.now().toISOString();
  return await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const connection = await lockConnection(trx, customerId, entityId, at);
    if (connection.state !== "disabled") return { state: connection.state };
    const next = whereItStopped(connection, { consentStands, number: before.number });
    await moveConnection(trx, customerId, entityId, { from: ["disabled"], ...next, at });
    await recordAct(trx, deps, { ...actor, action: "connection.enabled", at });
    return { state: next.to };
  });
}

function whereItStopped(
  { mode, enterpriseNumber }: Connection,
  { consentStands, number }: { consentStands: boolean; number: string | null },
): { to: ConnectionState; pausedReason: string | null } {
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
