import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createApiKey } from "../../src/access/api-keys.ts";
import { readConfig } from "../../src/config.ts";
import { startServer } from "../../src/server.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

test("a server that stops in order finishes the run in progress", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 5 });
  const { simulator, database, scope, entityId } = connected;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-stop-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startServer(
    readConfig({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: "0",
      LIANTIS_API_URL: simulator.url,
      LIANTIS_ISSUER_URL: simulator.issuerUrl,
      LIANTIS_CLIENT_ID: simulator.clientId,
      LIANTIS_CLIENT_SECRET: simulator.clientSecret,
      MYLIANTIS_URL: simulator.myUrl,
      SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
      LOG_LEVEL: "silent",
    }),
  );
  try {
    simulator.control.armFault({ kind: "latency", latencyMs: 1500, always: true, path: "/workers" });
    const key = { customerId: scope.customerId, role: "admin", entityIds: null, wages: true } as const;
    const apiKey = await createApiKey(database.db, key, new Date());
    const answer = await fetch(`${server.url}/api/v1/entities/${entityId}/liantis/syncs`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}` },
    });
    assert.equal(answer.status, 202);
    while (!simulator.control.requests().some((one) => one.path.includes("/workers")))
      await database.owner.query("select 1");
  } finally {
    await server.close();
  }
  assert.deepEqual(await connected.rows("select status, verdict is not null as ended from runs"), [
    { status: "finished", ended: true },
  ]);
  assert.equal((await connected.rows("select from links")).length > 0, true);
});
