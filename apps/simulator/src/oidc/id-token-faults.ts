import type { ArmedFaults } from "../faults/armed.ts";
import { claimsOf, createSigningKey, signToken, type SigningKey, unsignedToken } from "./signing-key.ts";

const HOUR_SECONDS = 3_600;

/** The ID token as the armed faults want it; the right one when none is armed. */
export function spoilIdToken(token: string, key: SigningKey, faults: ArmedFaults): string {
  const right = claimsOf(token);
  let claims: Record<string, unknown> = { ...right };
  if (faults.take("id-token-wrong-nonce")) claims["nonce"] = "another-nonce";
  if (faults.take("id-token-wrong-issuer")) claims["iss"] = "http://127.0.0.1:1/another-issuer";
  if (faults.take("id-token-wrong-audience")) claims["aud"] = "another-client";
  if (faults.take("id-token-expired")) claims = { ...claims, ...expiredAnHourAgo() };
  const given = faults.take("id-token-claims");
  if (given) claims = withoutNulls({ ...claims, ...given.claims });
  if (faults.take("id-token-unsigned")) return unsignedToken(claims);
  if (faults.take("id-token-bad-signature"))
    return signToken(createSigningKey(key.algorithm, "another key", key.jwk.kid), claims);
  return JSON.stringify(claims) === JSON.stringify(right) ? token : signToken(key, claims);
}

function expiredAnHourAgo() {
  const now = Math.floor(Date.now() / 1000);
  return { iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS };
}

function withoutNulls(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
}
