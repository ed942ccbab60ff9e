import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { newId } from "../../src/postgres/ids.ts";
import { startBoss } from "../../src/queue/boss.ts";
import { connectEntity } from "../support/connected-entity.ts";
import { createTestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { composeTestServer } from "../support/test-server.ts";

test("Sync now starts 20 runs within any hour for a connection; joining one, and the nights, are free", async (context) => {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  const customerId = newId();
  const connect = (name: string, number: string) => connectEntity(database, { customerId, name, number });
  const [entityId, neighbour] = [
    await connect("Fietsen", "0746748857"),
    await connect("Banden", "1009001225"),
  ];
  const queue = await startBoss(database.url, { logger: pino({ level: "silent" }), supervise: false });
  t.after(() => queue.stop({ graceful: false }));
  let minute = 0;
  const now = () => Date.parse("2026-11-23T10:00:00Z") + minute * 60_000;
  const { control } = await composeTestServer(t, database, { queue, now });
  const ask = (entity = entityId) =>
    control.requestSync({ customerId, entityIds: "all" }, entity, { actorKind: "api_key", actorId: newId() });
  const end = () => database.owner.query("update runs set status = 'finished', verdict = 'in_order'");
  for (; minute < 20; minute += 1) {
    const started = await ask();
    assert.deepEqual(started, { ...started, kind: "requested", alreadyRunning: false });
    const joined = await ask();
    assert.deepEqual(joined, { ...started, alreadyRunning: true });
    await end();
  }
  assert.deepEqual(await ask(), { kind: "limit_reached", retryAfterSeconds: 40 * 60, remaining: 0 });
  assert.equal((await ask(neighbour)).kind, "requested", "the limit is one connection's own");
  minute = 60;
  assert.equal((await ask()).kind, "requested", "an hour after the first one there is room for one");
  await end();
  assert.deepEqual(await ask(), { kind: "limit_reached", retryAfterSeconds: 60, remaining: 0 });
});
