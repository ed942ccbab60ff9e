import { endpoints } from "@payflip/contract/endpoints.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod/mini";
import type { AppDeps } from "../web/app-deps.ts";
import { routeThatSends } from "../web/route.ts";
import { cookieName, cookieOptions, setSessionCookie } from "../web/session-cookie.ts";
import { createOidcSignIn, type OidcJourney } from "./oidc-sign-in.ts";
import { endSession, startSession } from "./sessions.ts";

type OidcDeps = Pick<AppDeps, "db" | "now" | "publicUrl" | "oidc" | "logger">;

const journeySeconds = 600;
const callbackPath = `/api/v1${endpoints.finishOidcSignIn.path}`;

/** Signing in with an OpenID provider. A failure ends on the sign-in page, which says so. */
export function registerOidcRoutes(
  app: FastifyInstance,
  { db, now, publicUrl, oidc, logger }: OidcDeps,
): void {
  if (oidc === null) return;
  const provider = createOidcSignIn(db, oidc);
  const cookie = cookieName("sign-in", publicUrl);
  const failed = (reply: FastifyReply) => reply.redirect(`${publicUrl}/sign-in?error=SIGN_IN_FAILED`, 303);
  routeThatSends(app, endpoints.startOidcSignIn, async ({ query, request, reply }) => {
    try {
      const returnTo = pathOfApp(query.returnTo);
      const { url, journey } = await provider.start(publicUrl + callbackPath, returnTo);
      void reply.setCookie(cookie, JSON.stringify(journey), {
        ...cookieOptions(publicUrl),
        maxAge: journeySeconds,
      });
      return await reply.redirect(url.href, 303);
    } catch (error) {
      logger.warn({ reference: request.id, code: codeOf(error) }, "openid provider cannot be reached");
      return await failed(reply);
    }
  });
  routeThatSends(app, endpoints.finishOidcSignIn, async ({ request, reply }) => {
    const journey = readJourney(request, cookie);
    void reply.clearCookie(cookie, cookieOptions(publicUrl));
    if (journey === null) return await failed(reply);
    try {
      const accountId = await provider.finish(new URL(request.url, publicUrl), journey);
      if (accountId === null) return await failed(reply);
      if (request.sessionToken !== null) await endSession(db, request.sessionToken);
      setSessionCookie(reply, publicUrl, await startSession(db, accountId, now()));
      return await reply.redirect(publicUrl + journey.returnTo, 303);
    } catch (error) {
      logger.warn({ reference: request.id, code: codeOf(error) }, "openid sign-in failed");
      return await failed(reply);
    }
  });
}

const journeyShape = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});

function readJourney(request: FastifyRequest, cookie: string): OidcJourney | null {
  try {
    const { returnTo, ...journey } = journeyShape.parse(JSON.parse(request.cookies[cookie] ?? ""));
    return { ...journey, returnTo: pathOfApp(returnTo) };
  } catch {
    return null;
  }
}

/** Keeps `returnTo` inside the app: a path of ours, never another site. */
function pathOfApp(returnTo: string | undefined): string {
  const base = "http://app.invalid";
  if (returnTo === undefined || !URL.canParse(returnTo, base)) return "/";
  const url = new URL(returnTo, base);
  return url.origin === base && returnTo.startsWith("/") && !url.pathname.startsWith("//")
    ? url.pathname + url.search
    : "/";
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
