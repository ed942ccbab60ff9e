import type { Language } from "@payflip/contract/page.ts";
import { lockConnection, moveConnection } from "../connections.sql.ts";
import { endConnectTokens } from "./consents.sql.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import { queueMail } from "../../notify/queue-mail.ts";
import type { ActivationActor, ActivationDeps } from "../activation-deps.ts";
import { recordAct } from "../audit-activation.ts";
import { checkCompany } from "../check-company.ts";
import { mintConnectLink } from "./connect-link.ts";
import { rememberingTheError } from "../start-activation.ts";

/**
 * Sends a main user a link to the consent step alone; they need no account here. A new request ends the one before: whoever
 * had that link was the wrong person or lost it.
 *
 * @throws Problem as checkCompany does for a consent that is handed over
 */
export async function requestConsent(
  deps: ActivationDeps,
  actor: ActivationActor,
  addressee: { email: string; language: Language },
): Promise<{ email: string; requestedAt: string; expiresAt: string }> {
  const { customerId, entityId } = actor;
  return await rememberingTheError(deps, actor, async () => {
    const { enterpriseNumber, facts } = await checkCompany(deps, actor, { handedOver: true });
    const at = deps.now().toISOString();
    return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
      await lockConnection(trx, customerId, entityId, at);
      await endConnectTokens(trx, customerId, entityId, { at, only: "addressed" });
      const link = await mintConnectLink(trx, deps, {
        customerId,
        entityId,
        enterpriseNumber,
        addresseeEmail: addressee.email,
        language: addressee.language,
      });
      // A connection that works, waits for a choice or is paused stays what it is until the consent is there.
      await moveConnection(trx, customerId, entityId, {
        from: ["available", "consent_requested"],
        to: "consent_requested",
        at,
      });
      await queueMail(trx, deps, {
        customerId,
        entityId,
        template: "consent_request",
        language: addressee.language,
        recipient: addressee.email,
        params: { customerName: facts.customerName, entityName: facts.entityName, enterpriseNumber },
        secret: link.token,
      });
      await recordAct(trx, deps, { ...actor, action: "consent.requested", at });
      return { email: addressee.email, requestedAt: link.createdAt, expiresAt: link.expiresAt };
    });
  });
}
