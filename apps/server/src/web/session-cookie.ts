import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * The session's cookie. Over https it is `__Host-session`: browsers then insist on Secure, on this host alone and on the
 * whole path, so that no neighbour can plant one. Loopback http cannot have that prefix.
 */
export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | null {
  return request.cookies[cookieName("session", publicUrl)] ?? null;
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, token: string): void {
  void reply.setCookie(cookieName("session", publicUrl), token, {
    ...cookieOptions(publicUrl),
    maxAge: sessionSecondsMax,
  });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(cookieName("session", publicUrl), cookieOptions(publicUrl));
}

export function cookieName(name: string, publicUrl: string): string {
  return isHttps(publicUrl) ? `__Host-${name}` : name;
}

export function cookieOptions(publicUrl: string) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isHttps(publicUrl) } as const;
}

/** The browser may forget it after 7 days: no session lives longer. */
const sessionSecondsMax = 7 * 24 * 60 * 60;

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https://");
}
