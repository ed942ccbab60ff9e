import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import test, { type TestContext } from "node:test";
import { addAccount, addTenant, openHttpServer, publicUrl } from "../support/http-server.ts";

const email = "hr@ardennen.example";
const client = { clientId: "payflip", clientSecret: "s3cret" };
const redirectUri = `${publicUrl}/api/v1/session/oidc/callback`;

/** A strict little OpenID provider: it knows one person, and checks PKCE, client and redirect. */
async function startProvider(t: TestContext) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = {
    issuer: "",
    claims: { email, email_verified: true } as Record<string, unknown>,
    grants: new Map<string, URLSearchParams>(),
  };
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const idToken = (nonce: string | null) => {
    const now = Math.floor(Date.now() / 1000);
    const content = {
      iss: provider.issuer,
      aud: client.clientId,
      sub: "u1",
      iat: now,
      exp: now + 60,
      nonce,
      ...provider.claims,
    };
    const signed = `${base64({ alg: "RS256", kid: "k" })}.${base64(content)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
  };
  const answer = (response: ServerResponse, body: object, status = 200) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const body = new URLSearchParams(await text(request));
    const asked = provider.grants.get(body.get("code") ?? "");
    provider.grants.delete(body.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64");
    const right = asked?.get("code_challenge") === challenge && body.get("redirect_uri") === redirectUri;
    if (!right || request.headers.authorization !== `Basic ${basic}`)
      return answer(response, { error: "invalid_grant" }, 400);
    return answer(response, {
      access_token: "a",
      token_type: "Bearer",
      id_token: idToken(asked?.get("nonce") ?? null),
    });
  };
  const server = createServer((request, response) => {
    if (request.url === "/token") return void token(request, response);
    if (request.url === "/jwks")
      return void answer(response, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256" }],
      });
    return void answer(response, {
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/authorize`,
      token_endpoint: `${provider.issuer}/token`,
      jwks_uri: `${provider.issuer}/jwks`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port");
  provider.issuer = `http://127.0.0.1:${address.port}`;
  return provider;
}

async function start(t: TestContext) {
  const provider = await startProvider(t);
  const http = await openHttpServer(t, { oidc: { issuerUrl: provider.issuer, ...client } });
  const tenant = await addTenant(http, "Ardennen");
  const accountId = await addAccount(http, {
    customerId: tenant.customerId,
    email,
    role: "admin",
    passwordHash: null,
  });
  /** Leaves for the provider, which sends the browser back with `change` made to its answer. */
  const journey = async ({ returnTo = "/users", change = untouched, withCookie = true } = {}) => {
    const left = await http.app.inject({
      url: `/api/v1/session/oidc/start?returnTo=${encodeURIComponent(returnTo)}`,
    });
    assert.equal(left.statusCode, 303);
    const asked = new URL(String(left.headers.location)).searchParams;
    provider.grants.set("code-1", asked);
    const back = new URLSearchParams({
      code: "code-1",
      state: asked.get("state") ?? "",
      iss: provider.issuer,
    });
    change(back);
    const cookie = left.cookies.map((one) => `${one.name}=${encodeURIComponent(one.value)}`).join("; ");
    const answer = await http.app.inject({
      url: `/api/v1/session/oidc/callback?${back.toString()}`,
      headers: withCookie ? { cookie } : {},
    });
    assert.equal(answer.statusCode, 303);
    const session = answer.cookies.find((one) => one.name === "session" && one.value !== "");
    return { asked, location: String(answer.headers.location), session: session?.value ?? null };
  };
  return { provider, http, accountId, journey };
}

const untouched: (back: URLSearchParams) => void = () => {};
const failed = `${publicUrl}/sign-in?error=SIGN_IN_FAILED`;

test("the account with the verified address signs in and lands where it wanted to go", async (t) => {
  const { http, accountId, journey } = await start(t);
  const { asked, location, session } = await journey({ returnTo: "/settings/company?entity=1" });
  assert.equal(asked.get("code_challenge_method"), "S256");
  assert.equal(asked.get("redirect_uri"), redirectUri);
  assert.ok(asked.get("nonce"));
  assert.equal(location, `${publicUrl}/settings/company?entity=1`);
  const who = (
    await http.app.inject({ url: "/api/v1/session", headers: { cookie: `session=${session}` } })
  ).json();
  assert.equal(who.account.id, accountId);
  assert.equal(who.oidcSignIn, true);
});

test("a wrong answer of the provider signs no account in and creates none", async (t) => {
  const { provider, http, journey } = await start(t);
  const accounts = async () =>
    (await http.database.owner.query("select count(*)::int as n from accounts")).rows[0].n;
  const before = await accounts();
  const wrong: Parameters<typeof journey>[0][] = [
    { change: (back) => back.set("state", "other") },
    { change: (back) => back.set("iss", "https://evil.example") },
    { change: (back) => back.delete("iss") },
    { change: (back) => back.set("code", "other") },
    { change: (back) => (back.delete("code"), back.set("error", "access_denied")) },
    { withCookie: false },
  ];
  for (const one of wrong) assert.deepEqual(pick(await journey(one)), { location: failed, session: null });
  for (const claims of [
    { email, email_verified: false },
    { email },
    { email: "stranger@elsewhere.example", email_verified: true },
    { email, email_verified: true, nonce: "other" },
    { email, email_verified: true, aud: "other" },
    {},
  ]) {
    provider.claims = claims;
    assert.deepEqual(pick(await journey()), { location: failed, session: null }, JSON.stringify(claims));
  }
  assert.equal(await accounts(), before);
});

test("the way back never leads to another site", async (t) => {
  const { journey } = await start(t);
  for (const returnTo of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/..//evil.example",
  ]) {
    const { location } = await journey({ returnTo });
    assert.ok(
      new URL(location).origin === publicUrl && !location.includes("evil"),
      `${returnTo} → ${location}`,
    );
  }
});

test("a provider that does not answer ends on the sign-in page", async (t) => {
  const { app } = await openHttpServer(t, { oidc: { issuerUrl: "http://127.0.0.1:9", ...client } });
  const left = await app.inject({ url: "/api/v1/session/oidc/start" });
  assert.deepEqual([left.statusCode, left.headers.location], [303, failed]);
});

function pick({ location, session }: { location: string; session: string | null }) {
  return { location, session };
}
