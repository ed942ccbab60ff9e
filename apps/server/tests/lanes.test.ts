import assert from "node:assert/strict";
import test from "node:test";
import { pino } from "pino";
import { newId } from "../src/db/ids.ts";
import type { RunTrigger } from "../src/db/schema.ts";
import { tenantTransaction } from "../src/db/transaction.ts";
import { startBoss } from "../src/jobs/boss.ts";
import type { Lane } from "../src/jobs/lanes.ts";
import { startRunWatch } from "../src/jobs/run-watch.ts";
import { requestRun } from "../src/jobs/sync-control.ts";
import { lastInFirstOut } from "./cleanup.ts";
import { connectEntity, createSyncHouse } from "./sync-house.ts";
import { workOnRuns } from "./work-on-runs.ts";

/** Employers of several customers, and workers with the given lanes. */
async function employers(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const house = await createSyncHouse(t, { workers: 3 });
  const { database, engine, simulator } = house;
  const boss = await startBoss(database.url, { logger: pino({ level: "silent" }), supervise: false });
  t.after(() => boss.stop({ graceful: false }));
  const watch = startRunWatch(database.url, pino({ level: "silent" }));
  t.after(watch.close);
  const ended: string[] = [];
  /** Another entity, of a customer of its own unless one is named. */
  const employer = async (name: string, { customerId = newId(), slow = false, met = 0 } = {}) => {
    const { enterpriseNumber: number } = simulator.control.createEmployer({
      name,
      workers: 3,
      seed: name,
      consent: "granted",
    });
    const entityId = await connectEntity(database, { customerId, name, number });
    if (slow) simulator.control.armFault({ kind: "latency", always: true, latencyMs: 600, path: number });
    const request = async (trigger: RunTrigger) => {
      const at = simulator.control.now();
      const run = await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
        requestRun(boss, trx, { customerId, entityId, trigger, requestedBy: null, at }),
      );
      names.set(run?.runId ?? "", name);
    };
    if (met > 0) {
      await request("first");
      await database.owner.query(
        "update runs set status = 'finished', verdict = 'in_order', counts = counts || jsonb_build_object('fetched', $1::int) where entity_id = $2",
        [met, entityId],
      );
      await database.owner.query("delete from pgboss.job where name = 'sync'");
    }
    return { request, customerId };
  };
  const names = new Map<string, string>();
  const work = async (lanes: readonly Lane[], runs: number) => {
    const all = Promise.withResolvers<void>();
    await workOnRuns({
      boss,
      engine,
      watch,
      lanes,
      afterRun: async ({ runId }) => {
        ended.push(names.get(runId) ?? "");
        if (ended.length === runs) all.resolve();
      },
    });
    await all.promise;
    return ended;
  };
  return { employer, work };
}

test("whoever waits finds a worker though the night takes long, and a small employer does not wait for a large one", async (t) => {
  const { employer, work } = await employers(t);
  const large = await employer("large", { slow: true, met: 20_000 });
  const slow = await employer("slow", { slow: true });
  const small = await employer("small");
  const waited = await employer("waited for");
  await large.request("nightly");
  await slow.request("nightly");
  await small.request("nightly");
  await waited.request("manual");
  const ended = await work(
    [
      { workers: 1, takes: ["urgent"] },
      { workers: 2, takes: ["urgent", "nightly"] },
      { workers: 1, takes: ["long"] },
    ],
    4,
  );
  assert.deepEqual(ended.toSorted(), ["large", "slow", "small", "waited for"]);
  assert.deepEqual(ended.slice(0, 2).toSorted(), ["small", "waited for"]);
});

test("of one customer's entities two are read at once, and the next customer is not behind all of them", async (t) => {
  const { employer, work } = await employers(t);
  const group = await employer("group 1", { slow: true });
  const others = [2, 3, 4].map((n) => employer(`group ${n}`, { slow: true, customerId: group.customerId }));
  for (const one of [group, ...(await Promise.all(others))]) await one.request("nightly");
  const single = await employer("single");
  await single.request("nightly");
  const ended = await work([{ workers: 3, takes: ["urgent", "nightly"] }], 5);
  assert.equal(ended[0], "single");
  assert.equal(ended.length, 5);
});
