import type { Configuration } from "oidc-provider";
import { createMemoryAdapter } from "./memory-adapter.ts";
import type { SigningKey } from "./signing-key.ts";

export interface ProviderClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly grantTypes: string[];
  /** Read at each look-up, so that redirect addresses can change while the provider runs. */
  redirectUris(): string[];
}

interface ProviderSettings {
  readonly client: ProviderClient;
  readonly key: SigningKey;
  readonly cookieSecret: string;
  readonly cookiePrefix: string;
  /** The path of the log-in pages; the id of the interaction follows it. */
  readonly pagesPath: string;
}

/** The settings that both OpenID providers share: one client, the code flow with PKCE, state in memory. */
export function providerConfiguration(settings: ProviderSettings): Configuration {
  const { client, key, cookieSecret, cookiePrefix, pagesPath } = settings;
  return {
    adapter: createMemoryAdapter((clientId) =>
      clientId === client.clientId ? clientMetadata(client, key) : undefined,
    ),
    jwks: { keys: [key.jwk] },
    // The contract puts the claims in the ID token itself, also with the code flow.
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
      keys: [cookieSecret],
      names: {
        session: `${cookiePrefix}_session`,
        interaction: `${cookiePrefix}_interaction`,
        resume: `${cookiePrefix}_resume`,
      },
    },
    interactions: { url: (_ctx, interaction) => `${pagesPath}/${interaction.uid}` },
    renderError: renderPlainError,
  };
}

function clientMetadata(client: ProviderClient, key: SigningKey) {
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    client_name: client.name,
    redirect_uris: client.redirectUris(),
    grant_types: client.grantTypes,
    response_types: ["code" as const],
    token_endpoint_auth_method: "client_secret_basic" as const,
    id_token_signed_response_alg: key.algorithm,
  };
}

/** Renders errors that cannot be sent back to the client, for example an unknown redirect address. */
function renderPlainError(
  ctx: { type: string; body: unknown },
  out: { error: string; error_description?: string | undefined },
) {
  ctx.type = "text/plain";
  ctx.body = `${out.error}: ${out.error_description ?? ""}\n`;
}
