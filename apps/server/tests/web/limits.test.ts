import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import test from "node:test";
import { defaultHttpLimits } from "../../src/web/limits/http-limits.ts";
import { addTenant, keyOf, openHttpServer } from "../support/http-server.ts";

test("the calls of a caller are counted by account or key, or by address, whatever headers the caller invents", async (t) => {
  const limits = { ...defaultHttpLimits, callsPerMinuteMax: 5 };
  const http = await openHttpServer(t, { limits });
  const { customerId } = await addTenant(http, "Ardennen");
  const [one, other] = [
    await keyOf(http, { customerId, role: "admin" }),
    await keyOf(http, { customerId, role: "admin" }),
  ];
  const get = async (headers: Record<string, string>, ip: string) => {
    const answer = await http.app.inject({ url: "/api/v1/employees", headers, remoteAddress: ip });
    if (answer.statusCode === 429) assert.ok(Number(answer.headers["retry-after"]) > 0);
    return answer.statusCode;
  };
  for (let call = 0; call < 5; call += 1) assert.equal(await get(one, `192.0.2.${call}`), 200);
  assert.equal(await get({ ...one, cookie: "x=1" }, "192.0.2.99"), 429, "the same key from elsewhere");
  assert.equal(await get(other, "192.0.2.0"), 200, "another key from the same address");
  for (let call = 0; call < 5; call += 1)
    assert.equal(await get({ authorization: `Bearer pfk_${call}` }, "198.51.100.1"), 401);
  assert.equal(await get({ authorization: "Bearer pfk_new", cookie: "new=1" }, "198.51.100.1"), 429);
  assert.equal(await get({}, "198.51.100.2"), 401);
});

test("a caller may have so many event streams open, and another one when one of them ends", async (t) => {
  const http = await openHttpServer(t, { limits: { ...defaultHttpLimits, eventStreamsMax: 2 } });
  const { customerId, runIds } = await addTenant(http, "Ardennen");
  await http.database.owner.query("update runs set status = 'running', finished_at = null, verdict = null");
  const headers = await keyOf(http, { customerId, role: "admin" });
  const base = await http.app.listen({ host: "127.0.0.1", port: 0 });
  const follow = async () => {
    const abort = new AbortController();
    const url = `${base}/api/v1/syncs/${runIds[0]}/events`;
    return { abort, answer: await fetch(url, { headers, signal: abort.signal }) };
  };
  const streams = [await follow(), await follow()];
  assert.deepEqual(
    streams.map(({ answer }) => answer.status),
    [200, 200],
  );
  const refused = await follow();
  assert.equal(refused.answer.status, 429);
  assert.ok(Number(refused.answer.headers.get("retry-after")) > 0);
  streams[0]?.abort.abort();
  let next = await follow();
  while (next.answer.status === 429) next = await follow();
  assert.equal(next.answer.status, 200);
  for (const { abort } of [...streams, next]) abort.abort();
});

test("a request that does not arrive in time is cut, with a problem", async (t) => {
  const http = await openHttpServer(t, { limits: { ...defaultHttpLimits, requestMs: 300 } });
  const base = new URL(await http.app.listen({ host: "127.0.0.1", port: 0 }));
  const socket = net.connect(Number(base.port), base.hostname);
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    received += text;
  });
  socket.write(
    "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nOrigin: http://127.0.0.1:3000\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
  );
  await once(socket, "close");
  assert.match(received, /^HTTP\/1\.1 408 /);
  assert.match(received, /application\/problem\+json/);
  assert.match(received, /"reference":"[0-9a-f-]{36}"/);
});

test("bytes that are no request get a problem with a reference", async (t) => {
  const http = await openHttpServer(t);
  const base = new URL(await http.app.listen({ host: "127.0.0.1", port: 0 }));
  for (const [bytes, status] of [
    ["nonsense\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const socket = net.connect(Number(base.port), base.hostname);
    let received = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      received += text;
    });
    socket.write(bytes);
    await once(socket, "close");
    assert.match(received, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(received, /"code":"INVALID_REQUEST".*"reference"/);
  }
});
