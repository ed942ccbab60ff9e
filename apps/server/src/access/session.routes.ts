import { endpoints } from "@payflip/contract/endpoints.ts";
import type { Session } from "@payflip/contract/session.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../domain/catalogue/problem.ts";
import { strangerTransaction, tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { route } from "../web/route.ts";
import { clearSessionCookie, setSessionCookie } from "../web/session-cookie.ts";
import { isPasswordSignInPossible } from "./accounts.sql.ts";
import { findCustomer } from "./customers.sql.ts";
import { listEntities } from "./entities.sql.ts";
import { changeSessionLanguage, endSession, readSession, type SignedIn, startSession } from "./sessions.ts";
import { signInWithPassword } from "./sign-in.ts";

type SessionDeps = Pick<AppDeps, "db" | "now" | "publicUrl" | "oidc" | "supportEmail">;

/** Signing in and out, and who is signed in. */
export function registerSessionRoutes(app: FastifyInstance, deps: SessionDeps): void {
  const { db, now, publicUrl, oidc, supportEmail } = deps;
  route(app, endpoints.readSessionOptions, async () => ({
    oidcSignIn: oidc !== null,
    passwordSignIn: await strangerTransaction(db, isPasswordSignInPossible),
    supportEmail,
  }));
  route(app, endpoints.readSession, async ({ request }) => await sessionAnswer(signedInOf(request), deps));
  route(app, endpoints.signIn, async ({ body, request, reply }) => {
    const outcome = await signInWithPassword(db, { ...body, address: request.ip }, now());
    if (outcome.kind === "too_many") {
      throw new Problem("RATE_LIMITED", { retryAfterSeconds: outcome.retryAfterSeconds });
    }
    if (outcome.kind === "refused") throw new Problem("SIGN_IN_FAILED");
    // A session that the browser had ends here, so that an attacker cannot plant the token of the new one (session fixation).
    if (request.sessionToken !== null) await endSession(db, request.sessionToken);
    const token = await startSession(db, outcome.accountId, now());
    const signedIn = await readSession(db, token, now());
    if (signedIn === null) throw new Error("a session that just started cannot be read");
    setSessionCookie(reply, publicUrl, token);
    return await sessionAnswer(signedIn, deps);
  });
  registerOwnSession(app, deps);
}

function registerOwnSession(app: FastifyInstance, deps: SessionDeps): void {
  const { db, publicUrl } = deps;
  route(app, endpoints.changeSession, async ({ body, request }) => {
    const signedIn = signedInOf(request);
    const { language } = body;
    await changeSessionLanguage(db, request.sessionToken ?? "", language);
    return await sessionAnswer({ ...signedIn, account: { ...signedIn.account, language } }, deps);
  });
  route(app, endpoints.signOut, async ({ request, reply }) => {
    signedInOf(request);
    await endSession(db, request.sessionToken ?? "");
    clearSessionCookie(reply, publicUrl);
    return null;
  });
}

/** API keys have no session. */
function signedInOf({ signedIn }: FastifyRequest): SignedIn {
  if (signedIn === null) throw new Problem("NOT_FOUND");
  return signedIn;
}

async function sessionAnswer(
  { principal, account, memberships }: SignedIn,
  { db, oidc }: Pick<SessionDeps, "db" | "oidc">,
): Promise<Session> {
  const { customerId, entityIds, role, seesWages } = principal;
  const own =
    customerId === null
      ? { customer: null, entities: [] }
      : await tenantTransaction(db, { customerId, entityIds }, "app", async (trx) => ({
          customer: await findCustomer(trx, customerId),
          entities: (await listEntities(trx, customerId, { limit: 1000, after: null })).entities,
        }));
  return {
    account,
    role,
    roles: memberships.map((one) => ({
      role: one.role,
      customerId: one.customerId,
      entityIds: one.entityIds,
    })),
    seesWages,
    customer: own.customer && { id: own.customer.customerId, name: own.customer.name },
    entities: own.entities.map((entity) => ({ id: entity.entityId, name: entity.name })),
    oidcSignIn: oidc !== null,
  };
}
