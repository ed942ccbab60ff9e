import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { mayEnterEntity, type Principal } from "../../access/principal.ts";
import { readSession } from "../../access/sessions.ts";
import { hashToken } from "../../access/token.ts";
import type { AppDeps } from "../../web/app-deps.ts";
import { clearTransactionCookie, readTransactionHash } from "../../web/consent-cookie.ts";
import { routeThatSends } from "../../web/route.ts";
import type { CallbackEnd } from "./callback-outcome.ts";
import { type CallbackSession, completeCallback } from "./complete-callback.ts";

/** Where Liantis returns to. The browser always ends on a page that says how the consent ended. */
export function registerCallbackRoute(app: FastifyInstance, deps: AppDeps): void {
  routeThatSends(app, endpoints.finishConsent, async ({ request, reply }) => {
    const end = await completeCallback(deps.activation, {
      query: new URL(request.url, deps.publicUrl).searchParams,
      session: await sessionOf(request, deps),
      transactionHash: readTransactionHash(request, deps.publicUrl),
    });
    if (end.destination === "link" && end.outcome === "granted")
      clearTransactionCookie(reply, deps.publicUrl);
    return await reply.redirect(landingAddress(end, deps.publicUrl), 303);
  });
}

/** The session of the browser, if it is still valid. `covers` is asked once the state says which entity it is about. */
async function sessionOf(
  { sessionToken }: FastifyRequest,
  { db, now }: AppDeps,
): Promise<CallbackSession | null> {
  if (sessionToken === null) return null;
  const signedIn = await readSession(db, sessionToken, now());
  if (signedIn === null) return null;
  const { principal } = signedIn;
  return {
    hash: hashToken("session", sessionToken),
    covers: (customerId, entityId) => covers(principal, customerId, entityId),
  };
}

function covers(principal: Principal, customerId: string, entityId: string): boolean {
  return (
    principal.role === "admin" && principal.customerId === customerId && mayEnterEntity(principal, entityId)
  );
}

/** The app's page for a signed-in browser, the last page of the connect link for any other. */
function landingAddress({ destination, entityId, ...result }: CallbackEnd, publicUrl: string): string {
  const { outcome, reference, enterpriseNumber, grantedNumber } = result;
  const url = new URL(
    destination === "app" ? `${publicUrl}/settings/integrations/liantis` : `${publicUrl}/connect/done`,
  );
  if (destination === "app" && entityId !== null) url.searchParams.set("entity", entityId);
  url.searchParams.set(destination === "app" ? "activation" : "outcome", outcome);
  for (const [name, value] of Object.entries({ reference, enterpriseNumber, grantedNumber })) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}
