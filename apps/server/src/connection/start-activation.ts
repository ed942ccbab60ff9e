import { Problem } from "../domain/catalogue/problem.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { checkCompany, type CheckedCompany } from "./check-company.ts";
import { lockConnection, recordActivationError } from "./connections.sql.ts";
import { createConnectLink } from "./consent/connect-link.ts";
import { startJourney } from "./consent/consent-state.ts";

export interface ActivationStart {
  authorizationUrl: string;
  expiresAt: string;
}

/**
 * The first step of the activation: checks the company and answers where the consent is given. A browser session goes to the
 * issuer and must come back in that session; an API key gets a connect link to pass on.
 *
 * @param sessionHash hash of the session's token; null for an API key
 * @throws Problem as checkCompany does; the code is also stored as the connection's last activation error
 */
export async function startActivation(
  deps: ActivationDeps,
  actor: ActivationActor,
  sessionHash: Buffer | null,
): Promise<ActivationStart> {
  const { customerId, entityId } = actor;
  return await recordingOutcome(deps, actor, async () => {
    const checked = await checkCompany(deps, actor, { handedOver: sessionHash === null });
    if (sessionHash === null) return await startWithLink(deps, actor, checked);
    const { url, expiresAt } = await startJourney(deps, {
      customerId,
      entityId,
      enterpriseNumber: checked.enterpriseNumber,
      bindingHash: sessionHash,
      connectTokenId: null,
      accountId: actor.actorId,
    });
    return { authorizationUrl: url, expiresAt };
  });
}

/** Runs a step of the activation and stores its outcome with the connection, for the screen to show after a reload. */
export async function recordingOutcome<T>(
  deps: ActivationDeps,
  { customerId, entityId }: ActivationActor,
  step: () => Promise<T>,
): Promise<T> {
  const record = async (code: string | null) => {
    const now = deps.now().toISOString();
    await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
      await lockConnection(trx, customerId, entityId, now);
      await recordActivationError(
        trx,
        customerId,
        entityId,
        code === null ? null : { code, occurredAt: now },
        now,
      );
    });
  };
  try {
    const result = await step();
    await record(null);
    return result;
  } catch (error) {
    // Without the integration there is no connection to store it with.
    // A caller who asks too often learns nothing about the connection.
    const hasNoOutcome =
      error instanceof Problem && ["NOT_FOUND", "NOT_AVAILABLE", "RATE_LIMITED"].includes(error.code);
    if (!hasNoOutcome) await record(error instanceof Problem ? error.code : "INTERNAL");
    throw error;
  }
}

async function startWithLink(
  deps: ActivationDeps,
  { customerId, entityId }: ActivationActor,
  { enterpriseNumber, facts }: CheckedCompany,
): Promise<ActivationStart> {
  const link = await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    createConnectLink(trx, deps, {
      customerId,
      entityId,
      enterpriseNumber,
      addresseeEmail: null,
      language: facts.customerLanguage,
    }),
  );
  return { authorizationUrl: link.url, expiresAt: link.expiresAt };
}
