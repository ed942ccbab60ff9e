import * as oidc from "openid-client";
import { startSimulator, type Simulator, type SimulatorOptions } from "../src/simulator.ts";
import { type Visitor, walkAuthorization } from "../src/consent-browser.ts";

export const CALLBACK = "http://127.0.0.1:9/callback";
const SIGN_IN_CALLBACK = "http://127.0.0.1:9/sign-in";

/** A simulator, and a partner that calls it as the product would. */
export interface Partner extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly enterpriseNumber: string;
  token(scope?: string): Promise<string>;
  /** Calls a path below /v1 of the partner API with a new token. */
  get(path: string): Promise<Response>;
  json(path: string): Promise<{ status: number; body: Record<string, unknown> }>;
}

export async function startPartner(options: SimulatorOptions & { workers?: number } = {}): Promise<Partner> {
  const simulator = await startSimulator({
    seed: 11,
    redirectUris: [CALLBACK],
    signInRedirectUris: [SIGN_IN_CALLBACK],
    ...options,
  });
  const employer = simulator.control.createEmployer({
    name: "Bakkerij Peeters",
    workers: options.workers ?? 30,
    consent: "granted",
  });
  const token = async (scope = "employers:read workers:read") => {
    const response = await fetch(`${simulator.issuerUrl}/token`, {
      method: "POST",
      headers: { authorization: basic(simulator.clientId, simulator.clientSecret) },
      body: new URLSearchParams({ grant_type: "client_credentials", scope }),
    });
    const { access_token: value } = (await response.json()) as { access_token: string };
    return value;
  };
  const get = async (path: string) =>
    fetch(`${simulator.url}/v1${path}`, { headers: { authorization: `Bearer ${await token()}` } });
  return {
    simulator,
    enterpriseNumber: employer.enterpriseNumber,
    token,
    get,
    json: async (path) => {
      const response = await get(path);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
}

/** An authorization that was started and whose pages are not answered yet. */
export interface Authorization {
  readonly config: oidc.Configuration;
  readonly url: URL;
  readonly verifier: string;
  walk(visitor: Visitor): Promise<URL>;
  exchange(back: URL): Promise<oidc.IDToken>;
}

export async function beginConsent(partner: Partner, enterpriseNumber?: string): Promise<Authorization> {
  const { simulator } = partner;
  return beginAuthorization({
    issuerUrl: simulator.issuerUrl,
    client: simulator,
    redirectUri: CALLBACK,
    scope: "openid employer_consent",
    extra: { enterprise_number: enterpriseNumber ?? partner.enterpriseNumber },
  });
}

export async function beginSignIn({ simulator }: Partner): Promise<Authorization> {
  const { signIn } = simulator;
  return beginAuthorization({
    issuerUrl: signIn.issuerUrl,
    client: signIn,
    redirectUri: SIGN_IN_CALLBACK,
    scope: "openid email profile",
    extra: {},
  });
}

interface AuthorizationRequest {
  readonly issuerUrl: string;
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  readonly redirectUri: string;
  readonly scope: string;
  readonly extra: Record<string, string>;
}

async function beginAuthorization({
  issuerUrl,
  client,
  redirectUri,
  scope,
  extra,
}: AuthorizationRequest): Promise<Authorization> {
  const metadata = { id_token_signed_response_alg: "ES256" };
  const config = await oidc.discovery(
    new URL(issuerUrl),
    client.clientId,
    metadata,
    oidc.ClientSecretBasic(client.clientSecret),
    { execute: [oidc.allowInsecureRequests] },
  );
  oidc.enableNonRepudiationChecks(config);
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: "the-state",
    nonce: "the-nonce",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...extra,
  });
  return {
    config,
    url,
    verifier,
    walk: (visitor) => walkAuthorization(url, visitor),
    exchange: async (back) => {
      const expected = { pkceCodeVerifier: verifier, expectedState: "the-state", expectedNonce: "the-nonce" };
      const tokens = await oidc.authorizationCodeGrant(config, back, { ...expected, idTokenExpected: true });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error("no ID token");
      return claims;
    },
  };
}
