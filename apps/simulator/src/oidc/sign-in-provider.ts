import { Provider, type Configuration } from "oidc-provider";
import type { World } from "../state/world.ts";
import { providerConfiguration } from "./provider-configuration.ts";
import type { SigningKey } from "./signing-key.ts";

export interface SignInProviderParts {
  readonly issuer: string;
  readonly world: World;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
}

/** A plain OpenID provider for signing in to the product itself. It is no part of Liantis. */
export function createSignInProvider(parts: SignInProviderParts): Provider {
  return new Provider(parts.issuer, configurationOf(parts));
}

function configurationOf({ world, clientId, clientSecret, key }: SignInProviderParts): Configuration {
  return {
    ...providerConfiguration({
      client: {
        clientId,
        clientSecret,
        name: "Payflip sign-in",
        grantTypes: ["authorization_code"],
        redirectUris: () => world.signInRedirectUris,
      },
      key,
      cookieSecret: `${world.seed} sign-in cookies`,
      cookiePrefix: "sim_signin",
      pagesPath: "/sign-in",
    }),
    scopes: ["openid", "email", "profile"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_ctx, email) => {
      const account = world.signInAccounts.get(email);
      if (account === undefined) return undefined;
      const claims = { sub: email, email, email_verified: account.emailVerified, name: account.name };
      return { accountId: email, claims: () => claims };
    },
    // The provider and the product have the same owner: there is no consent page.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}
