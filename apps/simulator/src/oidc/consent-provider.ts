import { Provider, errors, type Configuration, type KoaContextWithOIDC } from "oidc-provider";
import type { ArmedFaults } from "../faults/armed.ts";
import type { PartnerTokens } from "../partner/tokens.ts";
import { TOKEN_LIFE_SECONDS } from "../partner/tokens.ts";
import type { World } from "../state/world.ts";
import { applyIdTokenFaults } from "./id-token-faults.ts";
import { providerConfiguration } from "./provider-configuration.ts";
import type { SigningKey } from "./signing-key.ts";

/** A consent that was given in a log-in; the ID token gets its claims from it. */
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
  /** By id of the grant. The consent page fills it; the ID token is made from it. */
  readonly consents: ReadonlyMap<string, ConsentGiven>;
}

const CONSENT_CLAIMS = ["name", "email", "role", "enterprise_number", "consent_id"];
const TEN_DIGITS = /^\d{10}$/;

/** The OpenID provider of Liantis: employer consent by authorization code, partner access by client credentials. */
export function createConsentProvider(parts: ConsentProviderParts): Provider {
  const provider = new Provider(parts.issuer, configurationOf(parts));
  provider.on("client_credentials.saved", (token) => parts.tokens.remember(token.jti, token.scope ?? ""));
  provider.use(async (ctx, next) => {
    await next();
    // Only a matched route has the `oidc` property.
    const route = (ctx as Partial<KoaContextWithOIDC>).oidc?.route;
    if (route === "token") applyTokenFaults(ctx, parts);
    if (route === "authorization" || route === "resume") applyRedirectFaults(ctx, parts);
  });
  return provider;
}

function configurationOf(parts: ConsentProviderParts): Configuration {
  const { world, clientId, clientSecret, key } = parts;
  const shared = providerConfiguration({
    client: {
      clientId,
      clientSecret,
      name: "Payflip",
      grantTypes: ["authorization_code", "client_credentials"],
      redirectUris: () => world.redirectUris,
    },
    key,
    cookieSecret: `${world.seed} consent cookies`,
    cookiePrefix: "sim",
    pagesPath: "/consent",
  });
  return {
    ...shared,
    scopes: ["openid", "employer_consent", "employers:read", "workers:read"],
    claims: { openid: ["sub"], employer_consent: CONSENT_CLAIMS },
    extraParams: { enterprise_number: (ctx, value) => checkEnterpriseNumber(ctx, value, world) },
    features: { ...shared.features, clientCredentials: { enabled: true }, userinfo: { enabled: false } },
    ttl: { ...shared.ttl, ClientCredentials: TOKEN_LIFE_SECONDS, AccessToken: TOKEN_LIFE_SECONDS },
    findAccount: (_ctx, username, token) => {
      const person = world.people.get(username);
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

function applyTokenFaults(ctx: { body: unknown }, parts: ConsentProviderParts): void {
  const { body } = ctx;
  if (typeof body !== "object" || body === null || !("id_token" in body)) return;
  ctx.body = { ...body, id_token: applyIdTokenFaults(String(body.id_token), parts.key, parts.faults) };
}

interface Redirecting {
  readonly response: { get(name: string): string; set(name: string, value: string): void };
}

function applyRedirectFaults(ctx: Redirecting, { faults }: ConsentProviderParts): void {
  const location = ctx.response.get("location");
  if (!URL.canParse(location)) return;
  const target = new URL(location);
  if (!target.searchParams.has("code") && !target.searchParams.has("error")) return;
  if (faults.takeFault("callback-wrong-state")) target.searchParams.set("state", "another-state");
  if (faults.takeFault("callback-wrong-issuer"))
    target.searchParams.set("iss", "http://127.0.0.1:1/another-issuer");
  if (faults.takeFault("callback-without-issuer")) target.searchParams.delete("iss");
  if (target.href !== location) ctx.response.set("location", target.href);
}
