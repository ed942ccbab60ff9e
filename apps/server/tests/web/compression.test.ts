import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { addTenant, keyOf, openHttpServer, operatorKey } from "../support/http-server.ts";

test("a long JSON answer is compressed in the way that the caller accepts, and a short one is not", async (t) => {
  const http = await openHttpServer(t);
  const { customerId } = await addTenant(http, "Ardennen");
  const headers = await keyOf(http, { customerId, role: "admin" });
  await http.database.owner.query(
    `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
       start_date, created_at, updated_at)
     select customer_id, gen_random_uuid(), entity_id, gen_random_uuid(), 'p' || n || '@people.example', 'An', 'Peeters', '', 'nl',
       '2024-01-01', now(), now() from employees, generate_series(1, 20) n where email like 'ardennen1%'`,
  );
  const get = (encoding: string, url = "/api/v1/employees") =>
    http.app.inject({ url, headers: { ...headers, "accept-encoding": encoding } });
  const plain = await get("identity");
  assert.equal(plain.headers["content-encoding"], undefined);
  for (const [encoding, unpack] of [
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const) {
    const packed = await get(encoding);
    assert.equal(packed.headers["content-encoding"], encoding);
    assert.match(String(packed.headers["vary"]), /accept-encoding/i);
    assert.ok(packed.rawPayload.length < plain.rawPayload.length / 2);
    assert.deepEqual(JSON.parse(unpack(packed.rawPayload).toString("utf8")), plain.json());
  }
  assert.equal((await get("br", "/api/v1/employees?limit=1")).headers["content-encoding"], undefined);
});

test("an answer that may hold a token is not compressed", async (t) => {
  const http = await openHttpServer(t);
  const headers = { ...(await operatorKey(http, "success_manager")), "accept-encoding": "br, gzip" };
  const entities = Array.from({ length: 40 }, (_, index) => ({ name: `Entity ${index}` }));
  const made = await http.app.inject({
    method: "POST",
    url: "/api/v1/customers",
    headers: { ...headers, "idempotency-key": "k" },
    payload: { name: "Nieuw", entities },
  });
  assert.equal(made.statusCode, 201);
  assert.ok(made.body.length > 1024);
  assert.equal(made.headers["content-encoding"], undefined);
});

test("a compressed request body is not decompressed", async (t) => {
  const http = await openHttpServer(t);
  const answer = await http.app.inject({
    method: "POST",
    url: "/api/v1/customers",
    headers: {
      ...(await operatorKey(http, "success_manager")),
      "content-type": "application/json",
      "content-encoding": "gzip",
    },
    payload: gzipSync(JSON.stringify({ name: "Nieuw", entities: [{ name: "Een" }] })),
  });
  assert.equal(answer.statusCode, 400);
});

test("a file of the app is sent as the build compressed it, with the header Vary", async (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "payflip-web-"));
  t.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(path.join(directory, "assets"));
  const script = "export const value = 'payflip';\n".repeat(100);
  writeFileSync(path.join(directory, "index.html"), "<!doctype html><title>Payflip</title>");
  writeFileSync(path.join(directory, "assets/index-abc123.js"), script);
  writeFileSync(path.join(directory, "assets/index-abc123.js.br"), brotliCompressSync(script));
  writeFileSync(path.join(directory, "assets/index-abc123.js.gz"), gzipSync(script));
  const http = await openHttpServer(t, { webDirectory: directory });
  const base = await http.app.listen({ host: "127.0.0.1", port: 0 });
  for (const encoding of ["br", "gzip", "identity"]) {
    const answer = await fetch(`${base}/assets/index-abc123.js`, {
      headers: { "accept-encoding": encoding },
    });
    assert.equal(answer.headers.get("content-encoding"), encoding === "identity" ? null : encoding);
    assert.match(answer.headers.get("vary") ?? "", /accept-encoding/);
    assert.match(answer.headers.get("content-type") ?? "", /javascript/);
    assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(await answer.text(), script);
  }
});
