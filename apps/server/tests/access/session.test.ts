import assert from "node:assert/strict";
import { scryptSync } from "node:crypto";
import test, { describe } from "node:test";
import { signInLimits } from "../../src/access/sign-in.ts";
import { addAccount, addTenant, type HttpServer, openHttpServer, publicUrl } from "../support/http-server.ts";

const email = "hr@ardennen.example";
const password = "paard-batterij-nietje";
const browser = { origin: publicUrl, "content-type": "application/json" };
/** In the stored form, with a cheap hash: the cost is part of the text. */
const cost = { N: 1024, r: 8, p: 1 };
const key = scryptSync(password, "salt", 32, cost).toString("base64url");
const passwordHash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${Buffer.from("salt").toString("base64url")}$${key}`;

async function openWithAdmin(
  t: Parameters<typeof openHttpServer>[0],
  change: Parameters<typeof openHttpServer>[1] = {},
) {
  const http = await openHttpServer(t, change);
  const tenant = await addTenant(http, "Ardennen");
  const accountId = await addAccount(http, {
    customerId: tenant.customerId,
    email,
    role: "admin",
    passwordHash,
  });
  return { http, tenant, accountId };
}

function signIn(
  { app }: HttpServer,
  { address = email, secret = password, ip = "192.0.2.1", headers = {} } = {},
) {
  return app.inject({
    method: "POST",
    url: "/api/v1/session",
    headers: { ...browser, ...headers },
    payload: { email: address, password: secret },
    remoteAddress: ip,
  });
}

function cookieOf(response: Awaited<ReturnType<typeof signIn>>): string {
  const [cookie] = response.cookies;
  assert.ok(cookie, "a cookie was set");
  return `${cookie.name}=${cookie.value}`;
}

describe("signing in with a password", () => {
  test("starts a session that names the account and its entities", async (t) => {
    const { http, tenant, accountId } = await openWithAdmin(t);
    const signedIn = await signIn(http, { address: " HR@Ardennen.example " });
    assert.equal(signedIn.statusCode, 201);
    assert.match(
      String(signedIn.headers["set-cookie"]),
      /^session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const cookie = cookieOf(signedIn);
    const session = (await http.app.inject({ url: "/api/v1/session", headers: { cookie } })).json();
    assert.deepEqual(session, {
      account: { id: accountId, name: "An Admin", email, language: "nl" },
      role: "admin",
      roles: [{ role: "admin", customerId: tenant.customerId, entityIds: null }],
      seesWages: true,
      customer: { id: tenant.customerId, name: "Ardennen groep" },
      entities: tenant.entityIds.map((id, index) => ({ id, name: `Ardennen ${index + 1}` })),
      oidcSignIn: false,
    });
    const stored = await http.database.owner.query("select token_hash from sessions");
    assert.ok(
      !stored.rows[0].token_hash.toString("base64url").includes(cookie.slice(8)),
      "only a hash is stored",
    );
  });

  test("over https the cookie is bound to the host", async (t) => {
    const https = "https://app.payflip.example";
    const { http } = await openWithAdmin(t, { publicUrl: https });
    const signedIn = await signIn(http, { headers: { origin: https } });
    assert.match(
      String(signedIn.headers["set-cookie"]),
      /^__Host-session=\S+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    assert.match(String(signedIn.headers["strict-transport-security"]), /max-age=/);
  });

  test("a wrong password, an unknown address and an account without a password answer the same", async (t) => {
    const { http, tenant } = await openWithAdmin(t);
    await addAccount(http, {
      customerId: tenant.customerId,
      email: "sso@x.example",
      role: "admin",
      passwordHash: null,
    });
    const answers = [];
    for (const address of [email, "nobody@x.example", "sso@x.example"]) {
      const { statusCode, body, cookies } = await signIn(http, { address, secret: "wrong" });
      answers.push({ statusCode, cookies, body: body.replace(/"reference":"[^"]+"/, "") });
    }
    assert.equal(answers[0]?.statusCode, 401);
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
  });

  test("another site cannot sign anybody in", async (t) => {
    const { http } = await openWithAdmin(t);
    assert.equal((await signIn(http, { headers: { origin: "https://evil.example" } })).statusCode, 403);
  });

  test("guesses from one address are refused, and the owner at another address can sign in", async (t) => {
    const { http } = await openWithAdmin(t);
    assert.equal((await signIn(http, { ip: "192.0.2.1" })).statusCode, 201);
    // The owner's address is known now. Failures are written straight to the table: each would cost a hash.
    const strangers = `insert into sign_in_attempts (attempt_id, account_bucket, address_bucket, attempted_at)
      select gen_random_uuid(), sha256($1::bytea), sha256(('203.0.113.' || n)::bytea), $2 from generate_series(1, $3::int) n`;
    await http.database.owner.query(strangers, [email, http.clock.now, signInLimits.accountMax]);
    const stranger = await signIn(http, { ip: "198.51.100.7", secret: "guess" });
    assert.equal(stranger.statusCode, 429);
    assert.ok(Number(stranger.headers["retry-after"]) > 0);
    assert.equal(stranger.json().code, "RATE_LIMITED");
    assert.equal(
      (await signIn(http, { ip: "192.0.2.1" })).statusCode,
      201,
      "a known address is not bound by strangers",
    );
    const pair = `insert into sign_in_attempts (attempt_id, account_bucket, address_bucket, attempted_at)
      select gen_random_uuid(), sha256($1::bytea), sha256('192.0.2.1'), $2 from generate_series(1, $3::int)`;
    await http.database.owner.query(pair, [email, http.clock.now, signInLimits.pairMax]);
    assert.equal((await signIn(http, { ip: "192.0.2.1" })).statusCode, 429);
    http.clock.now = new Date(http.clock.now.getTime() + 16 * 60_000);
    assert.equal((await signIn(http, { ip: "192.0.2.1" })).statusCode, 201, "it passes by itself");
  });
});

describe("a session", () => {
  test("lives 12 hours from its last use and 7 days at most", async (t) => {
    const { http } = await openWithAdmin(t);
    const cookie = cookieOf(await signIn(http));
    const look = async () =>
      (await http.app.inject({ url: "/api/v1/session", headers: { cookie } })).statusCode;
    const pass = (hours: number) => {
      http.clock.now = new Date(http.clock.now.getTime() + hours * 3_600_000);
    };
    for (let hours = 0; hours < 160; hours += 10) {
      pass(10);
      assert.equal(await look(), 200, `after ${hours + 10} hours of use`);
    }
    pass(9);
    assert.equal(await look(), 401, "after 7 days");
    const idle = cookieOf(await signIn(http));
    pass(12.1);
    assert.equal(
      (await http.app.inject({ url: "/api/v1/session", headers: { cookie: idle } })).statusCode,
      401,
    );
  });

  test("ends at sign-out and at the next sign-in; a client cannot choose its token", async (t) => {
    const { http } = await openWithAdmin(t);
    const cookie = cookieOf(await signIn(http));
    const again = cookieOf(await signIn(http, { headers: { cookie } }));
    assert.notEqual(again, cookie);
    const status = async (one: string) =>
      (await http.app.inject({ url: "/api/v1/session", headers: { cookie: one } })).statusCode;
    assert.equal(await status(cookie), 401);
    const out = await http.app.inject({
      method: "DELETE",
      url: "/api/v1/session",
      headers: { cookie: again, origin: publicUrl },
    });
    assert.equal(out.statusCode, 204);
    assert.equal(await status(again), 401);
  });

  test("writes only from our own pages", async (t) => {
    const { http } = await openWithAdmin(t);
    const cookie = cookieOf(await signIn(http));
    const change = async (headers: Record<string, string>, payload = '{"language":"fr"}') =>
      (
        await http.app.inject({
          method: "PATCH",
          url: "/api/v1/session",
          headers: { cookie, ...headers },
          payload,
        })
      ).statusCode;
    const json = "application/json";
    assert.equal(await change({ origin: publicUrl, "content-type": json }), 200);
    assert.equal(await change({ "sec-fetch-site": "same-origin", "content-type": json }), 200);
    assert.equal(await change({ "content-type": json }), 403);
    assert.equal(await change({ origin: "https://evil.example", "content-type": json }), 403);
    assert.equal(await change({ origin: publicUrl, "content-type": "text/plain" }), 403);
    const session = (await http.app.inject({ url: "/api/v1/session", headers: { cookie } })).json();
    assert.equal(session.account.language, "fr");
  });
});

test("nothing of a person, a password or a token reaches the log", async (t) => {
  const { http, tenant } = await openWithAdmin(t);
  const cookie = cookieOf(await signIn(http));
  await signIn(http, { secret: "verkeerd" });
  await http.app.inject({ url: `/api/v1/employees?q=Ardennen1&secret=x`, headers: { cookie } });
  await http.app.inject({
    url: `/api/v1/employees/${tenant.employeeIds[0]}/wage-contracts`,
    headers: { cookie },
  });
  const log = http.log.join("");
  assert.match(log, /"route":"\/api\/v1\/employees"/);
  for (const secret of [email, password, "verkeerd", cookie.slice(8), "Ardennen", "Zoé", "3318"]) {
    assert.ok(!log.includes(secret), `${secret} is in the log`);
  }
});
