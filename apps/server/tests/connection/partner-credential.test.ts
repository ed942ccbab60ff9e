import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createApiKey } from "../../src/access/api-keys.ts";
import { readConfig } from "../../src/config.ts";
import { startServer } from "../../src/server.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("a refused credential of ours is an alert to us: no connection is paused, and no customer is asked anything", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 2 });
  const { simulator, database, scope, entityId } = connected;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-credential-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const metricsPort = await freePort();
  const server = await startServer(
    readConfig({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: "0",
      METRICS_PORT: String(metricsPort),
      LIANTIS_API_URL: simulator.url,
      LIANTIS_ISSUER_URL: simulator.issuerUrl,
      LIANTIS_CLIENT_ID: simulator.clientId,
      LIANTIS_CLIENT_SECRET: "not-the-secret-any-more",
      MYLIANTIS_URL: simulator.myUrl,
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
      LOG_LEVEL: "silent",
    }),
  );
  const metrics = async () => await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  try {
    assert.match(await metrics(), /^liantis_partner_access 1$/m);
    const key = { customerId: scope.customerId, role: "admin", entityIds: null, wages: true } as const;
    const headers = { authorization: `Bearer ${await createApiKey(database.db, key, new Date())}` };
    const get = async (place: string) => {
      const answer = await fetch(`${server.url}/api/v1${place}`, { headers });
      return (await answer.json()) as Record<string, unknown>;
    };
    const asked = await fetch(`${server.url}/api/v1/entities/${entityId}/liantis/syncs`, {
      method: "POST",
      headers,
    });
    const { runId } = (await asked.json()) as { runId: string };
    while ((await get(`/syncs/${runId}`))["status"] !== "finished");
    assert.equal((await get(`/syncs/${runId}`))["verdict"], "failed");
    assert.equal((await get(`/entities/${entityId}/liantis`))["state"], "active");
    while (!/^liantis_partner_access 0$/m.test(await metrics()));
    assert.match(
      await metrics(),
      /^liantis_runs_ended_total\{verdict="failed",code="PARTNER_AUTH_FAILED"\} 1$/m,
    );
    assert.deepEqual(await connected.rows("select mail_id from mails"), []);
    const { items } = await get(`/entities/${entityId}/issues`);
    const openIssues = (items as { code: string; who: string }[]).map(({ code, who }) => ({ code, who }));
    // It says the truth, and that the customer need not act.
    assert.deepEqual(openIssues, [{ code: "PARTNER_AUTH_FAILED", who: "operator" }]);
  } finally {
    await server.close();
  }
});
