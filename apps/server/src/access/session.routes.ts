import {
  session,
  sessionChange,
  sessionOptions,
  credentials,
  type Session,
} from "@payflip/contract/session.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import * as z from "zod/mini";
import { Problem } from "../domain/catalogue/problem.ts";
import { changeSessionLanguage, endSession, readSession, type SignedIn, startSession } from "./sessions.ts";
import { signInWithPassword } from "./sign-in.ts";
import { findCustomer } from "./customers.sql.ts";
import { listEntities } from "./entities.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { AppDeps } from "../web/app-deps.ts";
import { access, anybody, open, refusals, typed } from "../web/routes.ts";
import { clearSessionCookie, setSessionCookie } from "../web/session-cookie.ts";

type SessionDeps = Pick<AppDeps, "db" | "now" | "publicUrl" | "oidc" | "supportEmail">;

/** Signing in and out, and who is signed in. */
export function registerSessionRoutes(app: FastifyInstance, deps: SessionDeps): void {
  const { db, now, publicUrl, oidc, supportEmail } = deps;
  typed(app).get(
    "/api/v1/session/options",
    { config: open, schema: { tags: ["session"], response: { 200: sessionOptions } } },
    async () => ({ oidcSignIn: oidc !== null, supportEmail }),
  );
  typed(app).get(
    "/api/v1/session",
    {
      config: access(anybody, "none"),
      schema: { tags: ["session"], response: { 200: session, ...refusals } },
    },
    async (request) => await sessionAnswer(signedInOf(request), deps),
  );
  typed(app).post(
    "/api/v1/session",
    {
      config: open,
      schema: { tags: ["session"], body: credentials, response: { 201: session, ...refusals } },
    },
    async (request, reply) => {
      const outcome = await signInWithPassword(db, { ...request.body, address: request.ip }, now());
      if (outcome.kind === "too_many") {
        throw new Problem("RATE_LIMITED", { retryAfterSeconds: outcome.retryAfterSeconds });
      }
      if (outcome.kind === "refused") throw new Problem("SIGN_IN_FAILED");
      // Whatever session the browser had ends here: nobody can fix the token of the one that starts.
      if (request.sessionToken !== null) await endSession(db, request.sessionToken);
      const token = await startSession(db, outcome.accountId, now());
      const signedIn = await readSession(db, token, now());
      if (signedIn === null) throw new Error("a session that just started cannot be read");
      setSessionCookie(reply, publicUrl, token);
      return reply.code(201).send(await sessionAnswer(signedIn, deps));
    },
  );
  registerOwnSession(app, deps);
}

function registerOwnSession(app: FastifyInstance, deps: SessionDeps): void {
  const { db, publicUrl } = deps;
  typed(app).patch(
    "/api/v1/session",
    {
      config: access(anybody, "none"),
      schema: { tags: ["session"], body: sessionChange, response: { 200: session, ...refusals } },
    },
    async (request) => {
      const signedIn = signedInOf(request);
      const { language } = request.body;
      await changeSessionLanguage(db, request.sessionToken ?? "", language);
      return await sessionAnswer({ ...signedIn, account: { ...signedIn.account, language } }, deps);
    },
  );
  typed(app).delete(
    "/api/v1/session",
    {
      config: access(anybody, "none"),
      schema: { tags: ["session"], response: { 204: z.null(), ...refusals } },
    },
    async (request, reply) => {
      signedInOf(request);
      await endSession(db, request.sessionToken ?? "");
      clearSessionCookie(reply, publicUrl);
      return reply.code(204).send(null);
    },
  );
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
