import * as oidc from "openid-client";
import { normaliseEmail } from "../domain/values/email.ts";
import { isLoopbackHost } from "../domain/values/loopback.ts";
import type { Database } from "../postgres/database.ts";
import { strangerTransaction } from "../postgres/transaction.ts";
import { findSignInAccount } from "./accounts.sql.ts";

export interface OidcSettings {
  issuerUrl: string;
  clientId: string;
  clientSecret: string;
}

/** What the browser's cookie holds between the redirect to the provider and the callback. */
export interface OidcJourney {
  state: string;
  nonce: string;
  codeVerifier: string;
  /** A path of the app. */
  returnTo: string;
}

export interface OidcSignIn {
  start(redirectUri: string, returnTo: string): Promise<{ url: URL; journey: OidcJourney }>;
  /** @returns the account that has the verified address from the provider; null when there is none: no account is created */
  finish(callback: URL, journey: OidcJourney): Promise<string | null>;
}

/** Sign-in with any OpenID provider: code flow with PKCE, state, nonce and `iss`. The provider is discovered at the first use. */
export function createOidcSignIn(db: Database, settings: OidcSettings): OidcSignIn {
  let discovered: Promise<oidc.Configuration> | null = null;
  const configuration = () => {
    discovered ??= discover(settings).catch((error: unknown) => {
      // The next sign-in tries again.
      discovered = null;
      throw error;
    });
    return discovered;
  };
  return {
    async start(redirectUri, returnTo) {
      const journey = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        returnTo,
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.codeVerifier),
        code_challenge_method: "S256",
        state: journey.state,
        nonce: journey.nonce,
      });
      return { url, journey };
    },
    async finish(callback, { state, nonce, codeVerifier }) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const email = claims?.["email"];
      if (typeof email !== "string" || claims?.["email_verified"] !== true) return null;
      const account = await strangerTransaction(db, (trx) => findSignInAccount(trx, normaliseEmail(email)));
      return account?.accountId ?? null;
    },
  };
}

/** Plain http is accepted only for a provider on this machine. */
async function discover({ issuerUrl, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
  const issuer = new URL(issuerUrl);
  const allowsPlainHttp = issuer.protocol === "http:" && isLoopbackHost(issuer.hostname);
  return await oidc.discovery(issuer, clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
    execute: allowsPlainHttp ? [oidc.allowInsecureRequests] : [],
    timeout: 10,
  });
}
