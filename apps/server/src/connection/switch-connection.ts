import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction, type TenantTransaction } from "../postgres/transaction.ts";
import { cancelOpenRuns } from "../runs/cancel-run.sql.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { type ActivationFacts, findActivationFacts } from "./activation-facts.sql.ts";
import { recordActivation } from "./audit-activation.ts";
import { currentNumber } from "./check-company.ts";
import {
  type StoredConnection,
  type ConnectionState,
  findConnection,
  lockConnection,
  moveConnection,
} from "./connections.sql.ts";
import { endConnectTokens } from "./consent/consents.sql.ts";
import { raiseNumberIssue } from "./number-issue.ts";
import { problemOfFault } from "./provider-problem.ts";

/**
 * Switches the integration off: nothing is fetched or written any more, open runs are cancelled, connect links end. Synchronised
 * data and links stay. Disabling a disabled connection does nothing. It returns once no worker process works on the cancelled
 * runs, or after three seconds.
 *
 * @throws Problem WRONG_STATE when there is nothing to switch off
 */
export async function disableConnection(
  deps: ActivationDeps,
  actor: ActivationActor,
): Promise<{ state: ConnectionState }> {
  const { customerId, entityId } = actor;
  const now = deps.now().toISOString();
  const scope = { customerId, entityIds: [entityId] };
  const runIds = await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const { state } = await lockConnection(trx, customerId, entityId, now);
    if (state === "disabled") return [];
    if (state === "available") throw new Problem("WRONG_STATE");
    await moveConnection(trx, customerId, entityId, { fromStates: [state], nextState: "disabled", now });
    const cancelled = await cancelOpenRuns(trx, customerId, entityId, now);
    await endConnectTokens(trx, customerId, entityId, { now, only: "all" });
    await recordActivation(trx, { ...actor, action: "connection.disabled", now });
    return cancelled;
  });
  await deps.runsLeft({ customerId, runIds });
  return { state: "disabled" };
}

/**
 * Switches a disabled connection on again, or one that was paused after 28 days of failures; a run then starts at once. If the
 * consent was revoked meanwhile, the connection is paused until a main user grants it again. A connection that is paused for
 * another reason needs a consent, not this.
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
  if (before === undefined || !canBeEnabled(before)) throw new Problem("WRONG_STATE");
  const hasConsent = await isConsentGranted(deps, customerId, before);
  const now = deps.now().toISOString();
  return await tenantTransaction(deps.db, scope, "app", async (trx) => {
    const connection = await lockConnection(trx, customerId, entityId, now);
    if (!canBeEnabled(connection)) return { state: connection.state };
    // Read after the lock: a change of company details waits for the lock and then sees the new state.
    const facts = await availableFacts(trx, actor);
    const next = resumedState(connection, { hasConsent, number: currentNumber(facts) });
    await moveConnection(trx, customerId, entityId, { fromStates: [connection.state], ...next, now });
    const { enterpriseNumber: consented } = connection;
    if (next.pausedReason === "number_changed" && consented !== null)
      await raiseNumberIssue(trx, { customerId, entityId, now }, { consented, vatNumber: facts.vatNumber });
    if (connection.state === "paused" && next.nextState === "active") {
      const run = { customerId, entityId, requestedBy: actor.actorId, now };
      await deps.requestRun(trx, { ...run, trigger: "manual" });
    }
    await recordActivation(trx, { ...actor, action: "connection.enabled", now });
    return { state: next.nextState };
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

function canBeEnabled({ state, pausedReason }: StoredConnection): boolean {
  return state === "disabled" || (state === "paused" && pausedReason === "failing");
}

function resumedState(
  { mode, enterpriseNumber }: StoredConnection,
  { hasConsent, number }: { hasConsent: boolean; number: string | null },
): { nextState: ConnectionState; pausedReason: StoredConnection["pausedReason"] } {
  const sameNumber = enterpriseNumber === number;
  if (mode === null)
    return { nextState: hasConsent && sameNumber ? "choosing" : "available", pausedReason: null };
  if (!hasConsent) return { nextState: "paused", pausedReason: "consent_revoked" };
  return sameNumber
    ? { nextState: "active", pausedReason: null }
    : { nextState: "paused", pausedReason: "number_changed" };
}

async function isConsentGranted(
  deps: ActivationDeps,
  customerId: string,
  { enterpriseNumber }: StoredConnection,
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
