import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import { defaultRetryPolicy } from "../../src/domain/time/retry.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";
import {
  armAlways,
  assertHeals,
  freshLiantis,
  openRunIssues,
  peopleChecksum,
  syncUntouched,
} from "./bad-day.ts";

/** Faults that outlast the retries of a run: it fails with a reason, at any page. */
const failingDays: [string, FaultRequest][] = [
  ["an empty answer with status 200", { kind: "empty-body" }],
  ["half a body", { kind: "truncated-body", page: 2 }],
  ["a maintenance page with status 200", { kind: "html", page: 3 }],
  ["a bare array", { kind: "bare-array", page: 2 }],
  ["JSON that is announced as text", { kind: "wrong-content-type" }],
  ["a connection that is reset", { kind: "connection-reset", page: 2 }],
  ["503 without Retry-After", { kind: "unavailable" }],
  ["503 with Retry-After", { kind: "unavailable", page: 2, retryAfterSeconds: 20 }],
  ["429 without Retry-After", { kind: "rate-limited", page: 2 }],
  [
    "429 with Retry-After as a date",
    { kind: "rate-limited", retryAfterSeconds: 30, retryAfterFormat: "http-date" },
  ],
  ["429 that asks for an hour", { kind: "rate-limited", retryAfterSeconds: 3600 }],
  ["500", { kind: "server-error", page: 3 }],
  ["a cursor that expires again and again", { kind: "cursor-expired" }],
];

test("answers that cannot be used", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const sum = await peopleChecksum(connected);
  for (const [name, fault] of failingDays) {
    await t.test(`${name}: the run fails, no person is changed, the connection stays active`, async () => {
      armAlways(connected, fault);
      const run = await syncUntouched(connected);
      assert.equal(run.verdict, "failed");
      assert.equal(run.errorCode, "LIANTIS_UNAVAILABLE");
      assert.deepEqual(await openRunIssues(connected), ["LIANTIS_UNAVAILABLE"]);
      assert.deepEqual(await connected.rows("select state from connections"), [{ state: "active" }]);
      await assertHeals(connected);
      assert.equal(await peopleChecksum(connected), sum);
    });
  }

  await t.test("a run gives up when the first page does not arrive in time", async (day) => {
    const { liantis } = connected.engine;
    await freshLiantis(connected, day, 100);
    armAlways(connected, { kind: "stall" });
    const run = await syncUntouched(connected);
    assert.equal(run.errorCode, "LIANTIS_UNAVAILABLE");
    connected.engine.liantis = liantis;
    await assertHeals(connected);
  });
});

test("a run waits until short trouble is over", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const waits: number[] = [];
  connected.engine.pause = async (ms) => {
    waits.push(ms);
  };
  connected.engine.retryPolicy = defaultRetryPolicy;
  connected.engine.random = () => 1;

  await t.test("a run waits at least as long as Retry-After says", async () => {
    connected.simulator.control.armFault({ kind: "unavailable", page: 2, retryAfterSeconds: 45, times: 2 });
    const run = await syncUntouched(connected);
    assert.notEqual(run.verdict, "failed");
    assert.deepEqual(waits, [46_000, 47_000]);
  });

  await t.test("without Retry-After each wait is longer than the one before", async () => {
    waits.length = 0;
    connected.simulator.control.armFault({ kind: "server-error", page: 3, times: 9 });
    const run = await syncUntouched(connected);
    assert.notEqual(run.verdict, "failed");
    assert.deepEqual(waits, [1_000, 2_000, 4_000]);
  });

  await t.test("a run gives up after its last retry", async () => {
    waits.length = 0;
    armAlways(connected, { kind: "server-error" });
    const run = await syncUntouched(connected);
    assert.equal(run.verdict, "failed");
    assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 16_000]);
    await assertHeals(connected);
  });
});

test("a first load that fails creates no person; the next one creates all of them", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  armAlways(connected, { kind: "truncated-body", page: 3 });
  const broken = await connected.sync("first");
  assert.equal(broken.verdict, "failed");
  assert.deepEqual(await connected.rows("select * from employees"), []);
  const run = await assertHeals(connected);
  assert.equal(run.counts.created + run.counts.failed, 25);
});
