import type { Language } from "@payflip/contract/page.ts";
import { assertMailAllowed } from "../../notify/mail-limits.ts";
import { queueMail } from "../../notify/queue-mail.ts";
import { tenantTransaction } from "../../postgres/transaction.ts";
import type { ActivationActor, ActivationDeps } from "../activation-deps.ts";
import { recordActivation } from "../audit-activation.ts";
import { checkCompany } from "../check-company.ts";
import { lockConnection, moveConnection } from "../connections.sql.ts";
import { recordingOutcome } from "../start-activation.ts";
import { createConnectLink } from "./connect-link.ts";
import { type ConnectToken, endConnectTokens, findOpenConsentRequest } from "./consents.sql.ts";

/**
 * Mails a main user a link to the consent step; they need no account. A new request ends the links of earlier requests. The same
 * addressee within ten minutes is the same request: no second mail is sent, and the link that was sent stays valid.
 *
 * @throws Problem as checkCompany does for a consent that is handed over, RATE_LIMITED for too many mails
 */
export async function requestConsent(
  deps: ActivationDeps,
  actor: ActivationActor,
  addressee: { email: string; language: Language },
): Promise<{ email: string; requestedAt: string; expiresAt: string }> {
  const { customerId, entityId } = actor;
  return await recordingOutcome(deps, actor, async () => {
    const { enterpriseNumber, facts } = await checkCompany(deps, actor, { handedOver: true });
    const now = deps.now().toISOString();
    return await tenantTransaction(deps.db, { customerId, entityIds: [entityId] }, "app", async (trx) => {
      await lockConnection(trx, customerId, entityId, now);
      const open = await findOpenConsentRequest(trx, customerId, entityId, now);
      if (open !== undefined && isSameRequest(open, { email: addressee.email, enterpriseNumber, now }))
        return { email: addressee.email, requestedAt: open.createdAt, expiresAt: open.expiresAt };
      await assertMailAllowed(
        trx,
        { customerId, entityId, recipient: addressee.email, kind: "consent" },
        deps.now(),
      );
      await endConnectTokens(trx, customerId, entityId, { now, only: "addressed" });
      const link = await createConnectLink(trx, deps, {
        customerId,
        entityId,
        enterpriseNumber,
        addresseeEmail: addressee.email,
        language: addressee.language,
      });
      // An active, choosing or paused connection keeps its state until the consent is granted.
      await moveConnection(trx, customerId, entityId, {
        fromStates: ["available", "consent_requested"],
        nextState: "consent_requested",
        now,
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
      await recordActivation(trx, { ...actor, action: "consent.requested", now });
      return { email: addressee.email, requestedAt: link.createdAt, expiresAt: link.expiresAt };
    });
  });
}

/** A second click, or a repeated call, and not a reminder. */
const sameRequestMs = 10 * 60_000;

function isSameRequest(
  open: ConnectToken,
  { email, enterpriseNumber, now }: { email: string; enterpriseNumber: string; now: string },
): boolean {
  return (
    open.addresseeEmail === email &&
    open.enterpriseNumber === enterpriseNumber &&
    Date.parse(now) - Date.parse(open.createdAt) < sameRequestMs
  );
}
