import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

/** A connected entity whose last run is held because four of ten people are gone, and what an admin may do about it. */
async function connectWithHold(context: TestContext) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 10 });
  await connected.sync("first");
  for (const workerId of connected.simulator.control.workerIds(connected.number).slice(0, 4))
    connected.simulator.control.removeWorker(connected.number, workerId);
  assert.equal((await connected.sync()).verdict, "held");
  const { control } = await serverWithQueue(t, connected);
  const [hold] = await connected.rows<{ hold_id: string }>("select hold_id from holds where status = 'open'");
  assert.ok(hold);
  const accept = () =>
    control.acceptHold(connected.scope, hold.hold_id, { actorKind: "account", actorId: newId() });
  return { connected, accept };
}

async function holdStatuses(connected: ConnectedEntity): Promise<string[]> {
  const rows = await connected.rows<{ status: string }>(
    "select status from holds order by created_at, hold_id",
  );
  return rows.map((row) => row.status);
}

test("a hold that is accepted while a run waits or reads is applied by that run", async (t) => {
  const { connected, accept } = await connectWithHold(t);
  const key = await connected.queue("nightly");
  assert.deepEqual(await accept(), { kind: "decided", runId: key.runId });
  await runSync(connected.engine, key, AbortSignal.timeout(60_000));
  const [run] = await connected.rows<{ counts: { absent: number; held: number } }>(
    "select counts from runs where run_id = $1",
    [key.runId],
  );
  assert.equal(run?.counts.absent, 4);
  assert.equal(run.counts.held, 0);
  assert.deepEqual(await holdStatuses(connected), ["accepted"]);
});

test("a run whose guard has started cannot be joined: the hold stays open", async (t) => {
  const { connected, accept } = await connectWithHold(t);
  const { runId } = await connected.queue("nightly");
  await connected.rows("update runs set status = 'running', phase = 'guard' where run_id = $1", [runId]);
  assert.deepEqual(await accept(), { kind: "not_open" });
  assert.deepEqual(await holdStatuses(connected), ["open"]);
});

test("no hold is accepted while the integration is off", async (t) => {
  const { connected, accept } = await connectWithHold(t);
  await connected.rows("update connections set state = 'paused'");
  assert.deepEqual(await accept(), { kind: "not_open" });
  assert.deepEqual(await holdStatuses(connected), ["open"]);
});
