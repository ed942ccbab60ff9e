import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { disableConnection } from "../../src/connection/switch-connection.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { startBoss } from "../../src/queue/boss.ts";
import { untilRunsLeft } from "../../src/queue/run-stop.ts";
import { type RunWatch, startRunWatch } from "../../src/queue/run-watch.ts";
import { requestRun } from "../../src/queue/sync-control.ts";
import { pauseFor } from "../../src/queue/workers.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker } from "../support/people.ts";
import { workOnRuns } from "../support/work-on-runs.ts";

/** A house whose runs are worked on by a real worker, and a way to switch the connection off. */
async function workingHouse(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const house = await createSyncHouse(t, { workers: 30 });
  const { database, scope, entityId } = house;
  const { customerId } = scope;
  const logger = pino({ level: "silent" });
  const boss = await startBoss(database.url, { logger, supervise: false });
  t.after(() => boss.stop({ graceful: false }));
  const watch = startRunWatch(database.url, logger);
  t.after(watch.close);
  const engine = { ...house.engine, pause: pauseFor };
  const work = (hears: RunWatch = watch) => workOnRuns({ boss, engine, watch: hears });
  const request = async () => {
    const at = house.simulator.control.now();
    const run = await tenantTransaction(database.db, scope, "app", (trx) =>
      requestRun(boss, trx, { customerId, entityId, trigger: "manual", requestedBy: null, at }),
    );
    return run?.runId ?? "";
  };
  const disable = async () => {
    const nowhere = () => Promise.reject(new Error("not part of switching off"));
    const began = performance.now();
    await disableConnection(
      {
        db: database.db,
        liantis: {
          findEmployer: nowhere,
          fetchWorkerPage: nowhere,
          buildConsentUrl: nowhere,
          redeemConsent: nowhere,
        },
        keyRing: [],
        publicUrl: "http://127.0.0.1",
        supportEmail: "support@payflip.example",
        logger,
        now: () => new Date(house.simulator.control.now()),
        requestRun: nowhere,
        restartRun: nowhere,
        requestPreview: nowhere,
        runsLeft: (of) => untilRunsLeft({ db: database.db, watch }, of),
        enqueueMail: nowhere,
      },
      { customerId, entityId, actorKind: "account", actorId: newId() },
    );
    return performance.now() - began;
  };
  return { house, work, request, disable };
}

/** Until Liantis was asked for a page that it takes its time over. */
async function untilAsked(house: SyncHouse, pages: number): Promise<void> {
  for (;;) {
    const asked = house.simulator.control.requests().filter(({ path }) => path.includes("/workers"));
    if (asked.length >= pages) return;
    await house.rows("select");
  }
}

/** Until the queue says that nobody works on the run any more. */
async function untilJobIsOver(house: SyncHouse, runId: string): Promise<void> {
  for (;;) {
    const [job] = await house.rows<{ state: string }>(
      "select state from pgboss.job where data->>'runId' = $1",
      [runId],
    );
    if (job?.state === "completed") return;
  }
}

test("switching off ends a run in the middle of a slow call: not one call and not one write after it is said to be done", async (t) => {
  const { house, work, request, disable } = await workingHouse(t);
  const { control } = house.simulator;
  const linked = addWorker(house, "Ann");
  await house.sync("first");
  const links = await house.rows("select worker_id from links order by 1");
  control.patchWorker(house.number, linked, { firstName: "Anna" });
  control.clearRequests();
  control.armFault({ kind: "latency", page: 2, latencyMs: 900, times: 100 });
  await work();
  const runId = await request();
  await untilAsked(house, 2);
  const tookMs = await disable();
  assert.ok(tookMs < 3_000, `acknowledged after ${tookMs} ms`);
  const writes = () =>
    house.rows(
      `select (select count(*) from changes) as changes, (select count(*) from staged_pages) as staged, (select max(xmin::text::bigint) from employees) as employees,
              (select status from runs where run_id = '${runId}') as run, (select left_at is not null from runs where run_id = '${runId}') as left`,
    );
  const [then] = await writes();
  const calls = control.requests().length;
  assert.deepEqual(
    { ...then, changes: null, employees: null },
    { changes: null, employees: null, staged: "0", run: "cancelled", left: true },
  );
  await untilJobIsOver(house, runId);
  assert.equal(control.requests().length, calls);
  assert.deepEqual((await writes())[0], then);
  assert.deepEqual(await house.rows("select worker_id from links order by 1"), links);
});

test("a worker that is not told looks for itself, and one that is dead keeps nobody waiting for long", async (t) => {
  const { house, work, request, disable } = await workingHouse(t);
  house.simulator.control.armFault({ kind: "latency", page: 1, latencyMs: 20_000, times: 100 });
  const deaf: RunWatch = {
    watch: () => () => {},
    watchCancelled: () => () => {},
    watchCall: () => () => {},
    close: async () => {},
  };
  await work(deaf);
  const runId = await request();
  await untilAsked(house, 1);
  assert.ok((await disable()) < 3_000);
  assert.deepEqual(await house.rows("select status, left_at is not null as left from runs"), [
    { status: "cancelled", left: true },
  ]);
  // A run whose worker died under it.
  await house.rows("update connections set state = 'active'");
  await house.rows("update runs set status = 'running', left_at = null where run_id = $1", [runId]);
  const tookMs = await disable();
  assert.ok(tookMs < 5_000, `${tookMs} ms`);
});
