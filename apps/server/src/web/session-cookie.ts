import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * The session's token. Over https the cookie is `__Host-session`: browsers accept that name only with Secure, for this host
 * and the whole path, so that another host of the domain cannot set it. Plain http cannot have the prefix.
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

/** 7 days: no session lives longer. */
const sessionSecondsMax = 7 * 24 * 60 * 60;

function isHttps(publicUrl: string): boolean {
  return publicUrl.startsWith("https://");
}
