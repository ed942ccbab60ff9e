import type { FastifyInstance, FastifyRequest } from "fastify";
import { readApiKey } from "../access/api-keys.ts";
import { readSession, type SignedIn } from "../access/sessions.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { RouteAccess } from "./route-access.ts";
import { assertSameOrigin } from "./same-origin.ts";
import { readSessionCookie } from "./session-cookie.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The session's token as the browser sent it; on public routes it is not checked. */
    sessionToken: string | null;
    /** The account behind a session; null for API keys. */
    signedIn: SignedIn | null;
  }
}

export interface AuthenticationDeps {
  db: Parameters<typeof readSession>[0];
  now: () => Date;
  publicUrl: string;
  /** Refuses a caller who calls too often, once it is known who it is. */
  fence?: (request: FastifyRequest) => Promise<void>;
}

/**
 * Authenticates the caller and refuses callers without access, before the body is read. A route of the API without a declared
 * access, or outside the contract, stops the start, so that nothing is open by omission.
 */
export function addAuthentication(app: FastifyInstance, deps: AuthenticationDeps): void {
  app.decorateRequest("principal", null);
  app.decorateRequest("signedIn", null);
  app.decorateRequest("sessionToken", null);
  app.addHook("onRoute", ({ url, config }) => {
    const guarded = url.startsWith("/api/v1/") || url.startsWith("/connect/");
    if (guarded && config?.access === undefined) throw new Error(`route ${url} declares no access`);
    if (url.startsWith("/api/v1/") && config?.endpoint === undefined)
      throw new Error(`route ${url} is no endpoint of the contract`);
  });
  app.addHook("onRequest", async (request) => {
    const { access } = request.routeOptions.config;
    if (access === undefined) return await deps.fence?.(request);
    request.sessionToken = readSessionCookie(request, deps.publicUrl);
    if (access.tenant === "public") {
      await deps.fence?.(request);
      if (isWrite(request) && request.url.startsWith("/api/")) assertSameOrigin(request, deps.publicUrl);
      return;
    }
    await authenticate(request, deps);
    await deps.fence?.(request);
    authorize(request, access);
  });
}

async function authenticate(
  request: FastifyRequest,
  { db, now, publicUrl }: AuthenticationDeps,
): Promise<void> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    request.sessionToken = null;
    request.principal = await readApiKey(db, bearer, now());
    return;
  }
  if (request.sessionToken === null) return;
  if (isWrite(request)) assertSameOrigin(request, publicUrl, { json: true });
  request.signedIn = await readSession(db, request.sessionToken, now());
  request.principal = request.signedIn?.principal ?? null;
}

function authorize({ principal }: FastifyRequest, access: RouteAccess): void {
  if (principal === null) throw new Problem("UNAUTHENTICATED");
  const permitted = access.roles.includes(principal.role) && (access.wages !== true || principal.seesWages);
  if (!permitted) throw new Problem("FORBIDDEN");
}

function isWrite({ method }: FastifyRequest): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}
