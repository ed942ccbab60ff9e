import type { FastifyReply, FastifyRequest } from "fastify";
import { hashToken, newToken } from "../access/token.ts";
import { journeyMinutes } from "../connection/consent/consent-state.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";

/**
 * Binds a consent journey to the browser that started it, for people without an account. A second link in the same browser
 * shares the cookie, so that two tabs do not end each other's journey.
 *
 * @returns the hash that the state is bound to
 */
export function ensureTransactionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string,
): Buffer {
  const token = readToken(request, publicUrl) ?? newToken();
  void reply.setCookie(cookieName(name, publicUrl), token, {
    ...cookieOptions(publicUrl),
    maxAge: journeyMinutes * 60,
  });
  return hashToken("consent-cookie", token);
}

export function readTransactionHash(request: FastifyRequest, publicUrl: string): Buffer | null {
  const token = readToken(request, publicUrl);
  return token === null ? null : hashToken("consent-cookie", token);
}

export function clearTransactionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(cookieName(name, publicUrl), cookieOptions(publicUrl));
}

const name = "liantis-consent";

function readToken(request: FastifyRequest, publicUrl: string): string | null {
  const token = request.cookies[cookieName(name, publicUrl)];
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}
