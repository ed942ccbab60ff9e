import { Problem } from "../domain/catalogue/problem.ts";
import { lockConnection, recordActivationError } from "./connections.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "./activation-deps.ts";
import { checkCompany, type CheckedCompany } from "./check-company.ts";
import { mintConnectLink } from "./consent/connect-link.ts";
import { openJourney } from "./consent/consent-state.ts";

export interface ActivationStart {
  authorizationUrl: string;
  expiresAt: string;
}

/**
 * The first step of activation: checks the company and says where to send whoever gives the consent. A browser session goes
 * to the issuer itself and must come back in that session; an API key gets a connect link to hand over.
 *
 * @param sessionHash hash of the session's token; null for an API key
 * @throws Problem as checkCompany does; the code is also kept as the connection's last activation error
 */
export async function startActivation(
  deps: ActivationDeps,
  actor: ActivationActor,
  sessionHash: Buffer | null,
): Promise<ActivationStart> {
  const { customerId, entityId } = actor;
  return await rememberingTheError(deps, actor, async () => {
    const checked = await checkCompany(deps, actor, { handedOver: sessionHash === null });
    if (sessionHash === null) return await startWithLink(deps, actor, checked);
    const { url, expiresAt } = await openJourney(deps, {
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

/** Runs a step of activation and keeps how it ended with the connection: what the screen shows after a reload. */
export async function rememberingTheError<T>(
  deps: ActivationDeps,
  { customerId, entityId }: ActivationActor,
  step: () => Promise<T>,
): Promise<T> {
  const remember = async (code: string | null) => {
    const at = deps.now().toISOString();
    await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
      await lockConnection(trx, customerId, entityId, at);
      await recordActivationError(trx, customerId, entityId, code === null ? null : { code, at }, at);
    });
  };
  try {
    const result = await step();
    await remember(null);
    return result;
  } catch (error) {
    // Without the integration there is no connection that could remember anything.
    const forgets = error instanceof Problem && ["NOT_FOUND", "NOT_AVAILABLE"].includes(error.code);
    if (!forgets) await remember(error instanceof Problem ? error.code : "INTERNAL");
    throw error;
  }
}

async function startWithLink(
  deps: ActivationDeps,
  { customerId, entityId }: ActivationActor,
  { enterpriseNumber, facts }: CheckedCompany,
): Promise<ActivationStart> {
  const link = await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", (trx) =>
    mintConnectLink(trx, deps, {
      customerId,
      entityId,
      enterpriseNumber,
      addresseeEmail: null,
      language: facts.customerLanguage,
    }),
  );
  return { authorizationUrl: link.url, expiresAt: link.expiresAt };
}
