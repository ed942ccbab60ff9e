import { Provider, type Configuration } from "oidc-provider";
import type { World } from "../state/world.ts";
import { renderPlainError } from "./consent-provider.ts";
import { createMemoryAdapter } from "./memory-adapter.ts";
import type { SigningKey } from "./signing-key.ts";

export interface SignInProviderParts {
  readonly issuer: string;
  readonly world: World;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
}

/** A plain OpenID provider for the sign-in of the product's own people. It has nothing to do with Liantis. */
export function createSignInProvider(parts: SignInProviderParts): Provider {
  return new Provider(parts.issuer, configurationOf(parts));
}

function configurationOf(parts: SignInProviderParts): Configuration {
  return {
    adapter: createMemoryAdapter((clientId) => (clientId === parts.clientId ? clientOf(parts) : undefined)),
    jwks: { keys: [parts.key.jwk] },
    scopes: ["openid", "email", "profile"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 900,
      Session: 900,
      Grant: 900,
    },
    cookies: {
      keys: [`${parts.world.seed} sign-in cookies`],
      names: { session: "sim_signin", interaction: "sim_signin_interaction", resume: "sim_signin_resume" },
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    findAccount: (_ctx, email) => {
      const account = parts.world.signInAccounts.get(email);
      if (account === undefined) return undefined;
      const claims = { sub: email, email, email_verified: account.emailVerified, name: account.name };
      return { accountId: email, claims: () => claims };
    },
    // The product is the provider's own house: nobody is asked whether it may know who they are.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    renderError: renderPlainError,
  };
}

function clientOf(parts: SignInProviderParts) {
  return {
    client_id: parts.clientId,
    client_secret: parts.clientSecret,
    redirect_uris: parts.world.signInRedirectUris,
    grant_types: ["authorization_code"],
    response_types: ["code" as const],
    token_endpoint_auth_method: "client_secret_basic" as const,
    id_token_signed_response_alg: parts.key.algorithm,
  };
}
