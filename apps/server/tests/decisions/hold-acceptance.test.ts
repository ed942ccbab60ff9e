import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { runSync } from "../../src/sync/run.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createSyncHouse, serverWithQueue, type SyncHouse } from "../support/connected-entity.ts";

/** A house whose last run is held because four of ten people are gone, and what an admin may do about it. */
async function heldHouse(context: TestContext) {
  const t = lastInFirstOut(context);
  const house = await createSyncHouse(t, { workers: 10 });
  await house.sync("first");
  for (const workerId of house.simulator.control.workerIds(house.number).slice(0, 4))
    house.simulator.control.removeWorker(house.number, workerId);
  assert.equal((await house.sync()).verdict, "held");
  const { control } = await serverWithQueue(t, house);
  const [hold] = await house.rows<{ hold_id: string }>("select hold_id from holds where status = 'open'");
  assert.ok(hold);
  const accept = () =>
    control.acceptHold(house.scope, hold.hold_id, { actorKind: "account", actorId: newId() });
  return { house, accept };
}

async function holdStatuses(house: SyncHouse): Promise<string[]> {
  const rows = await house.rows<{ status: string }>("select status from holds order by created_at, hold_id");
  return rows.map((row) => row.status);
}

test("a hold that is accepted while a run waits or reads is let through by that run", async (t) => {
  const { house, accept } = await heldHouse(t);
  const key = await house.queue("nightly");
  assert.deepEqual(await accept(), { kind: "decided", runId: key.runId });
  await runSync(house.engine, key, AbortSignal.timeout(60_000));
  const [run] = await house.rows<{ counts: { absent: number; held: number } }>(
    "select counts from runs where run_id = $1",
    [key.runId],
  );
  assert.equal(run?.counts.absent, 4);
  assert.equal(run.counts.held, 0);
  assert.deepEqual(await holdStatuses(house), ["accepted"]);
});

test("once a run has begun to weigh its listing it is too late to join it: the hold stays open", async (t) => {
  const { house, accept } = await heldHouse(t);
  const { runId } = await house.queue("nightly");
  await house.rows("update runs set status = 'running', phase = 'guard' where run_id = $1", [runId]);
  assert.deepEqual(await accept(), { kind: "not_open" });
  assert.deepEqual(await holdStatuses(house), ["open"]);
});

test("nothing is let through while the integration is off", async (t) => {
  const { house, accept } = await heldHouse(t);
  await house.rows("update connections set state = 'paused'");
  assert.deepEqual(await accept(), { kind: "not_open" });
  assert.deepEqual(await holdStatuses(house), ["open"]);
});
