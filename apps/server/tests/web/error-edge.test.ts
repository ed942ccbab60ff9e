import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import Fastify from "fastify";
import { endpoints } from "@payflip/contract/endpoints.ts";
import { newId } from "../../src/postgres/ids.ts";
import { addAuthentication } from "../../src/web/authenticate.ts";
import { addTenant, keyOf, openHttpServer, operatorKey } from "../support/http-server.ts";

test("a problem is in the caller's language and has a reference", async (t) => {
  const { app } = await openHttpServer(t);
  const titles = [];
  for (const language of ["nl-BE", "fr", "en", "de"]) {
    const { statusCode, headers, body } = await app.inject({
      url: "/api/v1/employees",
      headers: { "accept-language": language },
    });
    assert.equal(statusCode, 401);
    assert.equal(headers["content-type"], "application/problem+json");
    assert.equal(headers["cache-control"], "no-store");
    const problem = JSON.parse(body);
    assert.equal(problem.code, "UNAUTHENTICATED");
    assert.ok(problem.remedy && problem.detail && problem.reference);
    titles.push(problem.title);
  }
  assert.deepEqual(titles, ["Meld je aan", "Connectez-vous", "Please sign in", "Please sign in"]);
});

test("an internal error answers only a reference, and the log has the place of the error under it", async (t) => {
  const secret = "geheim@people.example";
  const http = await openHttpServer(t, {
    sync: {
      requestSync: () => Promise.reject(new Error(`duplicate key (email)=(${secret})`)),
      checkPerson: async () => ({ kind: "not_possible" }),
      checkWorker: async () => ({ kind: "not_possible" }),
      followPerson: async () => null,
      watchRun: () => () => {},
      acceptHold: async () => ({ kind: "not_open" }),
      rejectHold: async () => ({ kind: "not_open" }),
    },
  });
  const { customerId, entityIds } = await addTenant(http, "Ardennen");
  const headers = await keyOf(http, { customerId, role: "admin" });
  const answer = await http.app.inject({
    method: "POST",
    url: `/api/v1/entities/${entityIds[0]}/liantis/syncs`,
    headers,
  });
  assert.equal(answer.statusCode, 500);
  const problem = answer.json();
  assert.equal(problem.code, "INTERNAL");
  assert.ok(!answer.body.includes(secret));
  const line = http.log.find((one) => one.includes("request failed")) ?? "";
  assert.ok(line.includes(problem.reference));
  assert.match(line, /error-edge\.test\.ts/);
  assert.ok(!http.log.join("").includes(secret));
});

test("a body that is no JSON, too large or of another type is the caller's mistake", async (t) => {
  const http = await openHttpServer(t);
  const headers = await operatorKey(http, "success_manager");
  const post = async (type: string, payload: string) =>
    (
      await http.app.inject({
        method: "POST",
        url: "/api/v1/customers",
        headers: { ...headers, "content-type": type },
        payload,
      })
    ).statusCode;
  assert.equal(await post("application/json", "{"), 400);
  assert.equal(await post("application/json", '{"__proto__":{"a":1}}'), 400);
  assert.equal(await post("application/json", ""), 400);
  assert.equal(await post("text/plain", "{}"), 415);
  assert.equal(await post("application/json", JSON.stringify({ name: "x".repeat(2 ** 21) })), 413);
});

test("the same Idempotency-Key does the work once and answers the same", async (t) => {
  const http = await openHttpServer(t);
  const headers = await operatorKey(http, "success_manager");
  const post = (key: string, name: string, more = {}) =>
    http.app.inject({
      method: "POST",
      url: "/api/v1/customers",
      headers: { ...headers, ...more, "idempotency-key": key },
      payload: {
        name,
        entities: [{ name: "Een", vatNumber: "BE 0403.019.261" }],
        admins: [{ email: "x@y.example", name: "X" }],
      },
    });
  const [first, second] = [await post("k-1", "Nieuw"), await post("k-1", "Nieuw")];
  assert.equal(first.statusCode, 201);
  assert.equal(second.body, first.body);
  assert.equal(second.headers["idempotency-replayed"], "true");
  const reused = await post("k-1", "Anders");
  assert.equal(reused.statusCode, 422);
  assert.equal(reused.json().code, "IDEMPOTENCY_KEY_REUSED");
  const refused = await post("k-2", "Nieuw");
  assert.equal(refused.statusCode, 400, "the address is in use");
  assert.equal(
    (await post("k-2", "Nieuw")).headers["idempotency-replayed"],
    undefined,
    "a refusal is not kept",
  );
  assert.equal((await post("k 3", "Nieuw")).statusCode, 400);
  const others = await operatorKey(http, "success_manager");
  assert.equal((await post("k-1", "Anders", others)).statusCode, 400, "another caller's key is another key");
  const customers = await http.app.inject({ url: "/api/v1/customers", headers });
  assert.equal(customers.json().total, 1);
  const kept = await http.database.owner.query(
    "select response from idempotency_keys where status is not null",
  );
  assert.ok(!JSON.stringify(kept.rows).includes("Nieuw"), "answers are sealed");
  http.clock.now = new Date(http.clock.now.getTime() + 25 * 3_600_000);
  assert.equal((await post("k-1", "Anders")).statusCode, 400, "after a day the key is free again");
});

test("two at once with the same key: one is carried out, the other is refused until it is done", async (t) => {
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  let starts = 0;
  const http = await openHttpServer(t, {
    sync: {
      async requestSync() {
        starts += 1;
        entered.resolve();
        await gate.promise;
        return { kind: "requested", runId: newId(), alreadyRunning: false };
      },
      checkPerson: async () => ({ kind: "not_possible" }),
      checkWorker: async () => ({ kind: "not_possible" }),
      followPerson: async () => null,
      watchRun: () => () => {},
      acceptHold: async () => ({ kind: "not_open" }),
      rejectHold: async () => ({ kind: "not_open" }),
    },
  });
  const { customerId, entityIds } = await addTenant(http, "Ardennen");
  const headers = { ...(await keyOf(http, { customerId, role: "admin" })), "idempotency-key": "once" };
  const post = () =>
    http.app.inject({ method: "POST", url: `/api/v1/entities/${entityIds[0]}/liantis/syncs`, headers });
  const first = post();
  await entered.promise;
  const second = await post();
  assert.equal(second.statusCode, 409);
  gate.resolve();
  assert.equal((await first).statusCode, 202);
  assert.equal((await post()).body, (await first).body);
  assert.equal(starts, 1);
});

test("every answer carries the strict headers; consent forms may go to the provider", async (t) => {
  const { app } = await openHttpServer(t);
  const { headers } = await app.inject({ url: "/api/v1/session/options" });
  const policy = String(headers["content-security-policy"]);
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]) {
    assert.ok(policy.split(";").includes(rule), `${rule} in ${policy}`);
  }
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["cross-origin-opener-policy"], "same-origin");
  assert.equal(headers["cross-origin-resource-policy"], "same-origin");
  assert.equal(headers["strict-transport-security"], undefined, "plain http promises no https");
  const connect = await app.inject({ url: "/connect/none" });
  assert.match(
    String(connect.headers["content-security-policy"]),
    /form-action 'self' https:\/\/issuer\.liantis\.example/,
  );
});

test("the API describes itself as OpenAPI 3.1 and can be browsed", async (t) => {
  const { app } = await openHttpServer(t);
  const document = (await app.inject({ url: "/api/openapi.json" })).json();
  assert.equal(document.openapi, "3.1.0");
  const run = document.paths["/api/v1/syncs/{id}"].get.responses["200"].content["application/json"].schema;
  assert.equal(run.$ref, "#/components/schemas/Run");
  assert.deepEqual(document.components.schemas.Run.properties.status.enum, [
    "queued",
    "running",
    "finished",
    "cancelled",
  ]);
  const page = await app.inject({ url: "/api/docs/" });
  assert.equal(page.statusCode, 200);
  for (const { path, summary } of Object.values(endpoints))
    assert.ok(page.body.includes(`/api/v1${path}`) && page.body.includes(summary), path);
  assert.doesNotMatch(page.body, /<script>[^<]/, "no script stands in the page");
  assert.doesNotMatch(page.body, /<style|style="| on\w+="/, "the policy of every page holds for this one");
  assert.equal(
    page.headers["content-security-policy"],
    (await app.inject({ url: "/healthz" })).headers["content-security-policy"],
  );
  assert.equal((await app.inject({ url: "/api/docs/page.css" })).statusCode, 200);
});

test("over https the description of the API is for callers who are signed in or have a key", async (t) => {
  const http = await openHttpServer(t, { publicUrl: "https://app.payflip.example" });
  const headers = await operatorKey(http, "support");
  for (const url of ["/api/docs", "/api/docs/", "/api/openapi.json"]) {
    assert.equal((await http.app.inject({ url })).statusCode, 401, url);
    assert.equal((await http.app.inject({ url, headers })).statusCode, 200, url);
  }
});

test("/healthz is the process; /readyz names the part that cannot work", async (t) => {
  const { app } = await openHttpServer(t, {
    readiness: async () => ({ database: true, queue: false, migrations: true }),
  });
  assert.equal((await app.inject({ url: "/healthz" })).statusCode, 200);
  const ready = await app.inject({ url: "/readyz" });
  assert.equal(ready.statusCode, 503);
  assert.deepEqual(ready.json(), { status: "unavailable", database: true, queue: false, migrations: true });
  assert.equal((await app.inject({ url: "/metrics" })).statusCode, 404, "figures have a port of their own");
});

test("the web app: hashed files for ever, its page for every address, 404 for the rest", async (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "payflip-web-"));
  t.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(path.join(directory, "assets"));
  writeFileSync(path.join(directory, "index.html"), "<!doctype html><title>Payflip</title>");
  writeFileSync(path.join(directory, "assets", "index-abc123.js"), "export {};");
  const { app } = await openHttpServer(t, { webDirectory: directory });
  const get = (url: string, accept = "text/html") => app.inject({ url, headers: { accept } });
  const script = await get("/assets/index-abc123.js", "*/*");
  assert.equal(script.headers["cache-control"], "public, max-age=31536000, immutable");
  for (const url of ["/", "/settings/integrations/liantis", "/users/123?x=1"]) {
    const page = await get(url);
    assert.equal(page.statusCode, 200, url);
    assert.match(page.body, /Payflip/);
    assert.equal(page.headers["cache-control"], "no-cache");
    assert.match(String(page.headers["content-security-policy"]), /require-trusted-types-for/);
  }
  for (const [url, accept] of [
    ["/assets/gone.js", "text/html"],
    ["/api/v1/nothing", "text/html"],
    ["/users/123", "application/json"],
    ["/../package.json", "*/*"],
    ["/%2e%2e/package.json", "*/*"],
  ] as const) {
    assert.equal((await get(url, accept)).statusCode, 404, url);
  }
});

test("a route of the API that declares no access stops the start", async (t) => {
  const { database } = await openHttpServer(t);
  const app = Fastify();
  addAuthentication(app, { db: database.db, now: () => new Date(), publicUrl: "http://127.0.0.1:3000" });
  assert.throws(() => app.get("/api/v1/open-door", async () => "come in"), /declares no access/);
  assert.throws(() => app.get("/connect/open-door", async () => "come in"), /declares no access/);
});

test("an invented cursor and the character zero are refused as the caller's mistake", async (t) => {
  const http = await openHttpServer(t);
  const { customerId, entityIds, employeeIds, runIds } = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId, role: "admin" });
  const operator = await operatorKey(http, "success_manager");
  const cursor = (...values: string[]) => Buffer.from(JSON.stringify(values)).toString("base64url");
  const [entityId] = entityIds;
  const lists = [
    `/api/v1/entities?cursor=${cursor("x", "y")}`,
    `/api/v1/employees?cursor=${cursor("x", "y", "z")}`,
    `/api/v1/employees?q=%00`,
    `/api/v1/employees/${employeeIds[0]}/wage-contracts?cursor=${cursor("-3")}`,
    `/api/v1/entities/${entityId}/issues?cursor=${cursor("yesterday", "y")}`,
    `/api/v1/entities/${entityId}/liantis/syncs?cursor=${cursor("yesterday", "y")}`,
    `/api/v1/syncs/${runIds[0]}/changes?cursor=${cursor("one", "y")}`,
  ];
  for (const url of lists) {
    const { statusCode, body } = await http.app.inject({ url, headers: admin });
    assert.equal(statusCode, 400, url);
    assert.equal(JSON.parse(body).code, "INVALID_REQUEST", url);
  }
  const customers = await http.app.inject({
    url: `/api/v1/customers?cursor=${cursor("x", "y")}`,
    headers: operator,
  });
  assert.equal(customers.statusCode, 400);
  const patch = await http.app.inject({
    method: "PATCH",
    url: `/api/v1/entities/${entityId}`,
    headers: admin,
    payload: { name: "Fietsen\u0000" },
  });
  assert.equal(patch.statusCode, 400);
  assert.equal(http.log.filter((line) => line.includes("request failed")).length, 0);
});
