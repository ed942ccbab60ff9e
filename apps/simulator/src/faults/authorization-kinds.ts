import type { FaultKind } from "./fault-kind.ts";

/** Faults of the consent journey. The log-in, the redirect and the ID token each look up their own faults. */
export const authorizationFaults = [
  authorization(
    "authorization-error",
    "redirects back with `error` after the consent (server_error by default)",
  ),
  authorization("consent-without-role-check", "people of any role may consent; the ID token has their role"),
  authorization("callback-wrong-state", "the redirect has another state"),
  authorization("callback-wrong-issuer", "the redirect has another iss"),
  authorization("callback-without-issuer", "the redirect has no iss"),
  idToken("id-token-wrong-nonce", "another nonce"),
  idToken("id-token-wrong-issuer", "another iss"),
  idToken("id-token-wrong-audience", "issued for another client"),
  idToken("id-token-expired", "expired an hour ago"),
  idToken("id-token-bad-signature", "signed with another key that has the same key id"),
  idToken("id-token-unsigned", "alg none, no signature"),
  idToken("id-token-claims", "the claims in `claims` replace the correct ones"),
] as const satisfies readonly FaultKind[];

function authorization<const Kind extends string>(kind: Kind, description: string) {
  return { kind, description, reach: "authorization" } as const;
}

function idToken<const Kind extends string>(kind: Kind, description: string) {
  return { kind, description, reach: "id-token" } as const;
}
