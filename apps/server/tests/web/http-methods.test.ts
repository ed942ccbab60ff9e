import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { problem } from "@payflip/contract/problem.ts";
import { addTenant, keyOf, openHttpServer } from "../support/http-server.ts";

function webDirectory(t: TestContext): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), "payflip-web-"));
  t.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(path.join(directory, "assets"));
  writeFileSync(path.join(directory, "index.html"), "<!doctype html><title>Payflip</title>");
  writeFileSync(path.join(directory, "assets", "index-abc123.js"), "export {};");
  return directory;
}

test("HEAD answers with the status and headers of GET, and without a body", async (t) => {
  const http = await openHttpServer(t, { webDirectory: webDirectory(t) });
  const { customerId, runIds } = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId, role: "admin" });
  const paths = [
    "/api/v1/employees",
    "/api/v1/session/options",
    `/api/v1/syncs/${runIds[0]}`,
    "/api/v1/employees/00000000-0000-4000-8000-000000000000",
    "/api/openapi.json",
    "/connect/none",
    "/healthz",
    "/readyz",
    "/",
    "/assets/index-abc123.js",
    "/nothing",
  ];
  for (const url of paths) {
    const headers = { ...admin, accept: "*/*" };
    const get = await http.app.inject({ url, headers });
    const head = await http.app.inject({ method: "HEAD", url, headers });
    assert.equal(head.statusCode, get.statusCode, url);
    assert.equal(head.body, "", url);
    for (const name of ["content-type", "content-length", "cache-control", "content-security-policy"])
      assert.equal(head.headers[name], get.headers[name], `${name} of ${url}`);
  }
});

test("HEAD of the events of a run ends at once", async (t) => {
  const http = await openHttpServer(t);
  const { customerId, runIds } = await addTenant(http, "Ardennen");
  const headers = await keyOf(http, { customerId, role: "admin" });
  await http.database.owner.query("update runs set status = 'running', finished_at = null, verdict = null");
  const url = `/api/v1/syncs/${runIds[0]}/events`;
  const head = await http.app.inject({ method: "HEAD", url, headers });
  assert.equal(head.statusCode, 200);
  assert.match(String(head.headers["content-type"]), /^text\/event-stream/);
  assert.equal(http.watchers(), 0);
});

test("an address with another method answers 405 and names its methods; an unknown address stays 404", async (t) => {
  const http = await openHttpServer(t, { webDirectory: webDirectory(t) });
  const { customerId, entityIds } = await addTenant(http, "Ardennen");
  const headers = { ...(await keyOf(http, { customerId, role: "admin" })), accept: "application/json" };
  const allowed = [
    ["DELETE", "/api/v1/employees", "GET, HEAD, POST"],
    ["OPTIONS", "/api/v1/employees", "GET, HEAD, POST"],
    ["POST", `/api/v1/entities/${entityIds[0]}`, "GET, HEAD, PATCH"],
    ["GET", `/api/v1/entities/${entityIds[0]}/liantis/activation`, "POST"],
    ["PUT", "/api/v1/session", "DELETE, GET, HEAD, PATCH, POST"],
    ["PUT", "/connect/none", "GET, HEAD, POST"],
    ["POST", "/healthz", "GET, HEAD"],
    ["OPTIONS", "/api/openapi.json", "GET, HEAD"],
    ["POST", "/", "GET, HEAD"],
    ["DELETE", "/assets/index-abc123.js", "GET, HEAD"],
  ] as const;
  for (const [method, url, methods] of allowed) {
    const answer = await http.app.inject({ method, url, headers });
    assert.equal(answer.statusCode, 405, `${method} ${url}`);
    assert.equal(answer.headers.allow, methods, `${method} ${url}`);
    assert.equal(answer.headers["content-type"], "application/problem+json");
    const { code, reference } = problem.parse(answer.json());
    assert.equal(code, "METHOD_NOT_ALLOWED");
    assert.ok(reference);
  }
  for (const [method, url] of [
    ["POST", "/api/v1/nothing"],
    ["OPTIONS", "/api/v1/nothing"],
    ["DELETE", "/nothing"],
    ["PUT", "/assets/gone.js"],
  ] as const) {
    const answer = await http.app.inject({ method, url, headers });
    assert.equal(answer.statusCode, 404, `${method} ${url}`);
    assert.equal(answer.json().code, "NOT_FOUND");
  }
});

test("HEAD and 405 hold over the network as well", async (t) => {
  const http = await openHttpServer(t);
  const url = await http.app.listen({ host: "127.0.0.1", port: 0 });
  const head = await fetch(`${url}/healthz`, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-length"), "15");
  const wrong = await fetch(`${url}/api/v1/employees`, { method: "DELETE" });
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.get("allow"), "GET, HEAD, POST");
});
