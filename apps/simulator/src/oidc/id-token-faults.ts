import type { ArmedFaults } from "../faults/armed.ts";
import { claimsOf, createSigningKey, signToken, type SigningKey, unsignedToken } from "./signing-key.ts";

const HOUR_SECONDS = 3_600;

/** The ID token with the armed faults applied; unchanged if none is armed. */
export function applyIdTokenFaults(token: string, key: SigningKey, faults: ArmedFaults): string {
  const correct = claimsOf(token);
  let claims: Record<string, unknown> = { ...correct };
  if (faults.takeFault("id-token-wrong-nonce")) claims["nonce"] = "another-nonce";
  if (faults.takeFault("id-token-wrong-issuer")) claims["iss"] = "http://127.0.0.1:1/another-issuer";
  if (faults.takeFault("id-token-wrong-audience")) claims["aud"] = "another-client";
  if (faults.takeFault("id-token-expired")) claims = { ...claims, ...expiredAnHourAgo() };
  const replacement = faults.takeFault("id-token-claims");
  if (replacement) claims = withoutNulls({ ...claims, ...replacement.claims });
  if (faults.takeFault("id-token-unsigned")) return unsignedToken(claims);
  if (faults.takeFault("id-token-bad-signature"))
    return signToken(createSigningKey(key.algorithm, "another key", key.jwk.kid), claims);
  return JSON.stringify(claims) === JSON.stringify(correct) ? token : signToken(key, claims);
}

function expiredAnHourAgo() {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS };
}

function withoutNulls(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}
