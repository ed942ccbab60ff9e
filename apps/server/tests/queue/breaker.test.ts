import type { RunTrigger } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import test from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { startRunWatch } from "../../src/queue/run-watch.ts";
import { requestRun } from "../../src/runs/request-run.ts";
import type { RunEnd } from "../../src/sync/report.ts";
import { connectEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

/** Customers with a worker at work, and the ends of their runs as they come. */
async function customers(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 2 });
  const { database, simulator } = connected;
  const ends = new Map<string, PromiseWithResolvers<RunEnd>>();
  const endOf = (runId: string) => {
    const known = ends.get(runId) ?? Promise.withResolvers<RunEnd>();
    ends.set(runId, known);
    return known;
  };
  const notifications = startRunWatch(database.url, connected.engine.logger);
  t.after(notifications.close);
  const server = await serverWithQueue(t, connected, {
    notifications,
    jobs: { afterRun: async ({ runId }, end) => endOf(runId).resolve(end) },
  });
  await server.startWorkers();
  const customer = async (name: string) => {
    const customerId = newId();
    const { enterpriseNumber: number } = simulator.control.createEmployer({
      name,
      workers: 2,
      seed: name,
      consent: "granted",
    });
    const entityId = await connectEntity(database, { customerId, name, number });
    return async (trigger: RunTrigger) => {
      const now = simulator.control.now();
      const run = await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
        requestRun(server.runQueue, trx, { customerId, entityId, trigger, requestedBy: null, now }),
      );
      return run?.runId ?? "";
    };
  };
  const codeAtEnd = async (runId: string) => {
    const end = await endOf(runId).promise;
    return end.kind === "ended" ? (end.code ?? end.verdict) : end.kind;
  };
  /** A job that was put aside is done; its run is as it was. */
  const putAside = async (runId: string) => {
    const jobs = () =>
      connected.rows<{ state: string }>(
        "select state from pgboss.job where name = 'sync' and data->>'runId' = $1 order by created_on desc",
        [runId],
      );
    while ((await jobs())[0]?.state !== "completed");
    return (await connected.rows<{ status: string }>("select status from runs where run_id = $1", [runId]))[0]
      ?.status;
  };
  return { connected, server, customer, codeAtEnd, putAside };
}

test("after failures of five customers in a row nightly runs rest and requested ones do not, until the first success", async (t) => {
  const { connected, server, customer, codeAtEnd, putAside } = await customers(t);
  const { control } = connected.simulator;
  control.armFault({ kind: "unavailable", always: true });
  for (const name of ["one", "two", "three", "four", "five"]) {
    const request = await customer(name);
    assert.equal(await codeAtEnd(await request("nightly")), "LIANTIS_UNAVAILABLE", name);
  }
  const six = await customer("six");
  const waiting = await six("nightly");
  assert.equal(await putAside(waiting), "queued", "nobody waits for it");
  assert.equal(await codeAtEnd(await (await customer("seven"))("manual")), "LIANTIS_UNAVAILABLE");
  control.clearFaults();
  const eight = await customer("eight");
  assert.equal(await codeAtEnd(await eight("manual")), "in_order");
  await server.queueDueRuns();
  assert.equal(await codeAtEnd(waiting), "in_order", "it was given a job again, and its turn");
});
