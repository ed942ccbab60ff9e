import assert from "node:assert/strict";
import { test } from "node:test";
import { disableConnection } from "../../src/connection/switch-connection.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { noNotifications, startRunWatch } from "../../src/queue/run-watch.ts";
import { pauseFor } from "../../src/queue/workers.ts";
import { requestRun } from "../../src/runs/request-run.ts";
import { type ConnectedEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker } from "../support/people.ts";

/** A connected entity whose runs are worked on by a real worker, and a way to switch the connection off. */
async function connectWithWorker(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 30 });
  const { database, scope, entityId } = connected;
  const { customerId } = scope;
  const notifications = startRunWatch(database.url, connected.engine.logger);
  t.after(notifications.close);
  connected.engine.pause = pauseFor;
  const server = await serverWithQueue(t, connected, { notifications });
  const work = async ({ isNotified }: { isNotified: boolean }) => {
    server.jobs.watch = isNotified ? notifications : noNotifications;
    await server.startWorkers();
  };
  const request = async () => {
    const now = connected.simulator.control.now();
    const run = await tenantTransaction(database.db, scope, "app", (trx) =>
      requestRun(server.runQueue, trx, { customerId, entityId, trigger: "manual", requestedBy: null, now }),
    );
    return run?.runId ?? "";
  };
  const disable = async () => {
    const began = performance.now();
    await disableConnection(server.activation, {
      customerId,
      entityId,
      actorKind: "account",
      actorId: newId(),
    });
    return performance.now() - began;
  };
  return { connected, work, request, disable };
}

/** Waits until Liantis was asked for a slow page. */
async function untilAsked(connected: ConnectedEntity, pages: number): Promise<void> {
  for (;;) {
    const asked = connected.simulator.control.requests().filter(({ path }) => path.includes("/workers"));
    if (asked.length >= pages) return;
    await connected.rows("select");
  }
}

/** Waits until the queue has completed the job of the run. */
async function untilJobIsOver(connected: ConnectedEntity, runId: string): Promise<void> {
  for (;;) {
    const [job] = await connected.rows<{ state: string }>(
      "select state from pgboss.job where data->>'runId' = $1",
      [runId],
    );
    if (job?.state === "completed") return;
  }
}

test("switching off ends a run in the middle of a slow call: no call and no write follows the answer", async (t) => {
  const { connected, work, request, disable } = await connectWithWorker(t);
  const { control } = connected.simulator;
  const linked = addWorker(connected, "Ann");
  await connected.sync("first");
  const links = await connected.rows("select worker_id from links order by 1");
  control.patchWorker(connected.number, linked, { firstName: "Anna" });
  control.clearRequests();
  control.armFault({ kind: "latency", page: 2, latencyMs: 900, times: 100 });
  await work({ isNotified: true });
  const runId = await request();
  await untilAsked(connected, 2);
  const tookMs = await disable();
  assert.ok(tookMs < 3_000, `acknowledged after ${tookMs} ms`);
  const writes = () =>
    connected.rows(
      `select (select count(*) from changes) as changes, (select count(*) from staged_pages) as staged, (select max(xmin::text::bigint) from employees) as employees,
              (select status from runs where run_id = '${runId}') as run, (select left_at is not null from runs where run_id = '${runId}') as left`,
    );
  const [then] = await writes();
  const calls = control.requests().length;
  assert.deepEqual(
    { ...then, changes: null, employees: null },
    { changes: null, employees: null, staged: "0", run: "cancelled", left: true },
  );
  await untilJobIsOver(connected, runId);
  assert.equal(control.requests().length, calls);
  assert.deepEqual((await writes())[0], then);
  assert.deepEqual(await connected.rows("select worker_id from links order by 1"), links);
});

test("a worker without notifications polls, and a dead worker delays switching off for a few seconds only", async (t) => {
  const { connected, work, request, disable } = await connectWithWorker(t);
  connected.simulator.control.armFault({ kind: "latency", page: 1, latencyMs: 20_000, times: 100 });
  await work({ isNotified: false });
  const runId = await request();
  await untilAsked(connected, 1);
  assert.ok((await disable()) < 3_000);
  assert.deepEqual(await connected.rows("select status, left_at is not null as left from runs"), [
    { status: "cancelled", left: true },
  ]);
  // A run whose worker died under it.
  await connected.rows("update connections set state = 'active'");
  await connected.rows("update runs set status = 'running', left_at = null where run_id = $1", [runId]);
  const tookMs = await disable();
  assert.ok(tookMs < 5_000, `${tookMs} ms`);
});
