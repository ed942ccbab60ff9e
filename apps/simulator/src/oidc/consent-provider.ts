import { Provider, errors, type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import type { ArmedFaults } from "../faults/armed.ts";
import type { PartnerTokens } from "../partner/tokens.ts";
import { TOKEN_LIFE_SECONDS } from "../partner/tokens.ts";
import type { World } from "../state/world.ts";
import { spoilIdToken } from "./id-token-faults.ts";
import { createMemoryAdapter } from "./memory-adapter.ts";
import type { SigningKey } from "./signing-key.ts";

/** What a person consented to, by the grant that the ID token is made from. */
export interface ConsentGiven {
  readonly enterpriseNumber: string;
  readonly consentId: string;
  readonly role: string;
}

export interface ConsentProviderParts {
  readonly issuer: string;
  readonly world: World;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly key: SigningKey;
  readonly faults: ArmedFaults;
  readonly tokens: PartnerTokens;
  /** Filled by the consent page, read when the ID token is made. */
  readonly consents: ReadonlyMap<string, ConsentGiven>;
}

const CONSENT_CLAIMS = ["name", "email", "role", "enterprise_number", "consent_id"];
const TEN_DIGITS = /^\d{10}$/;

/** Liantis' own OpenID provider: employer consent by authorization code, partner access by client credentials. */
export function createConsentProvider(parts: ConsentProviderParts): Provider {
  const provider = new Provider(parts.issuer, configurationOf(parts));
  provider.on("client_credentials.saved", (token) => parts.tokens.remember(token.jti, token.scope ?? ""));
  provider.use(async (ctx, next) => {
    await next();
    // Only the context of a matched route has the provider's own part.
    const route = (ctx as Partial<KoaContextWithOIDC>).oidc?.route;
    if (route === "token") spoilTokenAnswer(ctx, parts);
    if (route === "authorization" || route === "resume") spoilRedirect(ctx, parts);
  });
  return provider;
}

function configurationOf(parts: ConsentProviderParts): Configuration {
  return {
    adapter: createMemoryAdapter((clientId) => (clientId === parts.clientId ? clientOf(parts) : undefined)),
    jwks: { keys: [parts.key.jwk] },
    scopes: ["openid", "employer_consent", "employers:read", "workers:read"],
    claims: { openid: ["sub"], employer_consent: CONSENT_CLAIMS },
    // The contract promises the claims in the ID token itself, also with the code flow.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    pkce: { required: () => true },
    extraParams: { enterprise_number: (ctx, value) => checkEnterpriseNumber(ctx, value, parts.world) },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    ttl: {
      ClientCredentials: TOKEN_LIFE_SECONDS,
      AccessToken: TOKEN_LIFE_SECONDS,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 900,
      Session: 900,
      Grant: 900,
    },
    cookies: {
      keys: [`${parts.world.seed} consent cookies`],
      names: { session: "sim_session", interaction: "sim_interaction", resume: "sim_resume" },
    },
    interactions: { url: (_ctx, interaction) => `/consent/${interaction.uid}` },
    findAccount: (_ctx, username, token) => {
      const person = parts.world.people.get(username);
      if (person === undefined) return undefined;
      const grantId = token !== undefined && "grantId" in token ? token.grantId : undefined;
      const given = grantId === undefined ? undefined : parts.consents.get(grantId);
      return {
        accountId: username,
        claims: () => ({
          sub: username,
          name: person.name,
          email: person.email,
          role: given?.role,
          enterprise_number: given?.enterpriseNumber,
          consent_id: given?.consentId,
        }),
      };
    },
    renderError: renderPlainError,
  };
}

function clientOf(parts: ConsentProviderParts) {
  return {
    client_id: parts.clientId,
    client_secret: parts.clientSecret,
    client_name: "Payflip",
    redirect_uris: parts.world.redirectUris,
    grant_types: ["authorization_code", "client_credentials"],
    response_types: ["code" as const],
    token_endpoint_auth_method: "client_secret_basic" as const,
    id_token_signed_response_alg: parts.key.algorithm,
  };
}

function checkEnterpriseNumber(ctx: KoaContextWithOIDC, value: string | undefined, world: World): void {
  const { scope } = ctx.oidc.params ?? {};
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (!scopes.includes("employer_consent")) return;
  if (value === undefined || !TEN_DIGITS.test(value)) {
    throw new errors.InvalidRequest(
      "enterprise_number must be given with the scope employer_consent: ten digits",
    );
  }
  if (world.employers.get(value)?.available !== true) {
    throw new errors.CustomOIDCProviderError(
      "unknown_employer",
      "no employer with this number has the integration",
    );
  }
}

function spoilTokenAnswer(ctx: { body: unknown }, parts: ConsentProviderParts): void {
  const { body } = ctx;
  if (typeof body !== "object" || body === null || !("id_token" in body)) return;
  ctx.body = { ...body, id_token: spoilIdToken(String(body.id_token), parts.key, parts.faults) };
}

interface Redirecting {
  readonly response: { get(name: string): string; set(name: string, value: string): void };
}

function spoilRedirect(ctx: Redirecting, { faults }: ConsentProviderParts): void {
  const location = ctx.response.get("location");
  if (!URL.canParse(location)) return;
  const target = new URL(location);
  if (!target.searchParams.has("code") && !target.searchParams.has("error")) return;
  if (faults.take("callback-wrong-state")) target.searchParams.set("state", "another-state");
  if (faults.take("callback-wrong-issuer"))
    target.searchParams.set("iss", "http://127.0.0.1:1/another-issuer");
  if (faults.take("callback-without-issuer")) target.searchParams.delete("iss");
  if (target.href !== location) ctx.response.set("location", target.href);
}

/** Errors that cannot be sent back to the client, for example an unknown redirect address. */
export function renderPlainError(
  ctx: { type: string; body: unknown },
  out: { error: string; error_description?: string | undefined },
) {
  ctx.type = "text/plain";
  ctx.body = `${out.error}: ${out.error_description ?? ""}\n`;
}
