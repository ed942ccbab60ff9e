import type { FaultKind } from "./fault-kind.ts";

/** Faults of the consent journey. They are looked up where they strike: log-in, redirect, ID token. */
export const authorizationFaults = [
  authorization("authorization-error", "after the log-in, back with `error` (server_error by default)"),
  authorization("consent-without-role-check", "anybody may consent; the ID token tells their role"),
  authorization("callback-wrong-state", "the redirect carries another state"),
  authorization("callback-wrong-issuer", "the redirect carries another iss"),
  authorization("callback-without-issuer", "the redirect carries no iss"),
  idToken("id-token-wrong-nonce", "another nonce"),
  idToken("id-token-wrong-issuer", "another iss"),
  idToken("id-token-wrong-audience", "for another client"),
  idToken("id-token-expired", "expired an hour ago"),
  idToken("id-token-bad-signature", "signed with another key under the same key id"),
  idToken("id-token-unsigned", "alg none, no signature"),
  idToken("id-token-claims", "the claims given as `claims` in the place of the right ones"),
] as const satisfies readonly FaultKind[];

function authorization<const Kind extends string>(kind: Kind, description: string) {
  return { kind, description, reach: "authorization" } as const;
}

function idToken<const Kind extends string>(kind: Kind, description: string) {
  return { kind, description, reach: "id-token" } as const;
}
