import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import readline from "node:readline";
import test, { type TestContext } from "node:test";
import { createApiKey } from "../../src/access/api-keys.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

/** A server process of its own over the database of the test. */
async function startProcess(t: TestContext, settings: Record<string, string>) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-stop-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, "../../src/main.ts")], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent", ROLE: "web", ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill("SIGKILL"));
  for await (const line of readline.createInterface({ input: child.stdout })) {
    const url = /server is ready on (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error("the process ended before it was ready");
}

test("after SIGTERM the process is not ready, ends event streams and finishes the POST that is in progress", async (t) => {
  const { simulator, database, scope, entityId } = await createConnectedEntity(t, { workers: 3 });
  const { child, url } = await startProcess(t, {
    DATABASE_URL: database.url,
    LIANTIS_API_URL: simulator.url,
    LIANTIS_ISSUER_URL: simulator.issuerUrl,
    LIANTIS_CLIENT_ID: simulator.clientId,
    LIANTIS_CLIENT_SECRET: simulator.clientSecret,
    MYLIANTIS_URL: simulator.myUrl,
    SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    STOP_GRACE_SECONDS: "1",
  });
  const ended = once(child, "exit");
  const key = { customerId: scope.customerId, role: "admin", entityIds: null, wages: true } as const;
  const headers = { authorization: `Bearer ${await createApiKey(database.db, key, new Date())}` };
  const started = await fetch(`${url}/api/v1/entities/${entityId}/liantis/syncs`, {
    method: "POST",
    headers,
  });
  const { runId } = (await started.json()) as { runId: string };
  const events = await fetch(`${url}/api/v1/syncs/${runId}/events`, { headers });
  const streamEnd = events.text();
  simulator.control.armFault({ kind: "latency", latencyMs: 2500, always: true, path: "/v1/employers" });
  const before = simulator.control.requests().length;
  const activation = fetch(`${url}/api/v1/entities/${entityId}/liantis/activation`, {
    method: "POST",
    headers,
  });
  while (simulator.control.requests().length === before) await database.owner.query("select 1");
  child.kill("SIGTERM");
  let ready = await fetch(`${url}/readyz`);
  while (ready.status === 200) ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 503);
  assert.equal(((await ready.json()) as { status: string }).status, "stopping");
  const answer = await activation;
  assert.ok(answer.status < 500, `${answer.status} ${await answer.text()}`);
  assert.match(await streamEnd, /event: run/);
  const [code] = await ended;
  assert.equal(code, 0);
  await assert.rejects(fetch(`${url}/healthz`));
});
