import * as oidc from "openid-client";
import type { Discovery } from "./endpoints.ts";
import { findFault, isTransient, LiantisFault } from "./faults.ts";
import { faultOfTokenEndpoint } from "./partner-token.ts";

export interface ConsentAsk {
  enterpriseNumber: string;
  state: string;
  nonce: string;
  /** PKCE verifier; only its S256 challenge leaves. */
  codeVerifier: string;
  redirectUri: string;
}

export interface ConsentReturn {
  /** The address Liantis sent the person back to, with its query. */
  currentUrl: URL;
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

export type ConsentOutcome =
  | {
      kind: "granted";
      /** The person's id at the provider. */
      subject: string;
      name: string | null;
      email: string | null;
      /** The role of the signer as the provider sends it; kept unchanged with the receipt. */
      role: string | null;
      /** Only a main user may consent for an employer. */
      isMainUser: boolean;
      enterpriseNumber: string;
      consentId: string;
      /** RFC 3339, from the time the ID token was issued. */
      grantedAt: string;
    }
  | { kind: "refused"; refusal: ConsentRefusal };

/** Why there is no consent: the person cancelled or is not a main user, the company is not known, or something else failed. */
export type ConsentRefusal = "cancelled" | "not_a_main_user" | "company_unknown" | "trouble";

/** The address where a main user consents to share the data of one employer. */
export async function buildConsentUrl(discovery: Discovery, ask: ConsentAsk): Promise<string> {
  const configuration = await discovery.find();
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: ask.redirectUri,
    scope: "openid employer_consent",
    state: ask.state,
    nonce: ask.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(ask.codeVerifier),
    code_challenge_method: "S256",
    enterprise_number: ask.enterpriseNumber,
  });
  return url.href;
}

/**
 * Exchanges what Liantis sent back for the facts of the consent. Issuer, state, signature, nonce, audience and expiry
 * are verified; nothing but the ID token is used.
 *
 * @throws LiantisFault CONSENT_ANSWER_INVALID when any of it does not hold or the code was used before,
 *   PARTNER_AUTH_FAILED, UNAVAILABLE or RATE_LIMITED for trouble at the token endpoint.
 */
export async function redeemConsent(discovery: Discovery, back: ConsentReturn): Promise<ConsentOutcome> {
  const configuration = await discovery.findFresh();
  // The contract promises `iss` (RFC 9207), also when the metadata does not declare it.
  const issuers = back.currentUrl.searchParams.getAll("iss");
  if (issuers.length !== 1 || issuers[0] !== configuration.serverMetadata().issuer) throw invalid();
  const url = new URL(back.redirectUri);
  url.search = back.currentUrl.search;
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: back.codeVerifier,
      expectedState: back.state,
      expectedNonce: back.nonce,
      idTokenExpected: true,
    });
    return readClaims(tokens.claims());
  } catch (error) {
    if (error instanceof oidc.AuthorizationResponseError)
      return { kind: "refused", refusal: refusals.get(error.error) ?? "trouble" };
    throw faultOfRedemption(error);
  }
}

const refusals = new Map<string, ConsentRefusal>([
  ["access_denied", "cancelled"],
  ["not_main_user", "not_a_main_user"],
  ["unknown_employer", "company_unknown"],
]);

function faultOfRedemption(error: unknown): LiantisFault {
  const known = findFault(error);
  if (known !== null) return known;
  if (error instanceof oidc.ResponseBodyError && error.error === "invalid_grant") return invalid(error);
  const atTokenEndpoint = faultOfTokenEndpoint(error);
  const saysNothingOfTrust = isTransient(atTokenEndpoint) && atTokenEndpoint.status !== null;
  return saysNothingOfTrust || atTokenEndpoint.code === "PARTNER_AUTH_FAILED"
    ? atTokenEndpoint
    : invalid(error);
}

function invalid(cause?: unknown): LiantisFault {
  return new LiantisFault("CONSENT_ANSWER_INVALID", "The answer to the consent cannot be trusted", { cause });
}

function readClaims(claims: oidc.IDToken | undefined): ConsentOutcome {
  if (claims === undefined) throw invalid();
  const { enterprise_number: enterpriseNumber, consent_id: consentId } = claims;
  if (typeof enterpriseNumber !== "string" || typeof consentId !== "string") throw invalid();
  const text = (value: unknown) =>
    typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 320) : null;
  return {
    kind: "granted",
    subject: claims.sub,
    name: text(claims["name"]),
    email: text(claims["email"])?.toLowerCase() ?? null,
    role: text(claims["role"]),
    isMainUser: claims["role"] === "main_user",
    enterpriseNumber: enterpriseNumber.slice(0, 32),
    consentId: consentId.slice(0, 200),
    grantedAt: new Date(claims.iat * 1000).toISOString(),
  };
}
