import type { RunTrigger } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import test from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import type { Lane } from "../../src/queue/lanes.ts";
import { startRunWatch } from "../../src/queue/run-watch.ts";
import { requestRun } from "../../src/runs/request-run.ts";
import type { RunJob } from "../../src/runs/run-queue.ts";
import { connectEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

/** Employers of several customers, and workers with the given lanes. Slow ones answer once every other run has ended. */
async function employers(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 3 });
  const { database, simulator } = connected;
  const slowNumbers = new Set<string>();
  const othersEnded = Promise.withResolvers<void>();
  const { liantis } = connected.engine;
  connected.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (number, options) => {
      if (slowNumbers.has(number)) await othersEnded.promise;
      return await liantis.fetchWorkerPage(number, options);
    },
  };
  const server = await serverWithQueue(t, connected, {
    notifications: startRunWatch(database.url, connected.engine.logger),
  });
  t.after(server.notifications.close);
  const names = new Map<string, string>();
  const awaited = new Set<string>();
  /** Another entity, of a customer of its own unless one is named. @param met how many people its last run met */
  const employer = async (name: string, { customerId = newId(), slow = false, met = 0 } = {}) => {
    const about = { name, workers: 3, seed: name, consent: "granted" } as const;
    const { enterpriseNumber: number } = simulator.control.createEmployer(about);
    const entityId = await connectEntity(database, { customerId, name, number });
    if (slow) slowNumbers.add(number);
    const request = async (trigger: RunTrigger) => {
      const now = simulator.control.now();
      const run = await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
        requestRun(server.runQueue, trx, { customerId, entityId, trigger, requestedBy: null, now }),
      );
      names.set(run?.runId ?? "", name);
      if (!slow) awaited.add(name);
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
  /** Carries the runs to their ends. Should the slow ones stand before another, nothing ever ends. */
  const work = async (lanes: readonly Lane[], runs: number) => {
    const ended: string[] = [];
    const all = Promise.withResolvers<void>();
    Object.assign(server.jobs, {
      lanes,
      afterRun: async ({ runId }: RunJob) => {
        const name = names.get(runId) ?? "";
        ended.push(name);
        awaited.delete(name);
        if (awaited.size === 0) othersEnded.resolve();
        if (ended.length === runs) all.resolve();
      },
    });
    await server.startWorkers();
    await all.promise;
    return ended;
  };
  return { employer, work };
}

test("a requested run finds a worker during a long night, and a small employer does not wait for a large one", {
  timeout: 60_000,
}, async (t) => {
  const { employer, work } = await employers(t);
  const large = await employer("large", { slow: true, met: 20_000 });
  const slow = await employer("slow", { slow: true });
  const small = await employer("small");
  const waited = await employer("waited for");
  await large.request("nightly");
  await slow.request("nightly");
  await small.request("nightly");
  await waited.request("manual");
  const lanes: Lane[] = [
    { workers: 1, takes: ["urgent"] },
    { workers: 2, takes: ["urgent", "nightly"] },
    { workers: 1, takes: ["long"] },
  ];
  const ended = await work(lanes, 4);
  assert.deepEqual(ended.slice(0, 2).toSorted(), ["small", "waited for"]);
  assert.deepEqual(ended.slice(2).toSorted(), ["large", "slow"]);
});

test("two entities of a customer are read at once, and the next customer does not wait for the rest", {
  timeout: 60_000,
}, async (t) => {
  const { employer, work } = await employers(t);
  const group = await employer("group 1", { slow: true });
  const { customerId } = group;
  await group.request("nightly");
  for (const name of ["group 2", "group 3", "group 4"])
    await (await employer(name, { slow: true, customerId })).request("nightly");
  await (await employer("single")).request("nightly");
  const ended = await work([{ workers: 3, takes: ["urgent", "nightly"] }], 5);
  assert.equal(ended[0], "single");
});
