import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelOpenRuns } from "../../src/runs/cancel-run.sql.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { runSync } from "../../src/sync/run.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { armAlways, assertHeals, freshLiantis, onPages, openRunIssues, syncUntouched } from "./bad-day.ts";

async function standing(house: SyncHouse): Promise<unknown> {
  const [connection] = await house.rows("select state, paused_reason from connections");
  return connection;
}

/** What giving consent again does to the connection, at both ends. */
async function reconnect(house: SyncHouse): Promise<void> {
  house.simulator.control.setConsent(house.number, "granted");
  await house.rows("update connections set state = 'active', paused_reason = null");
}

test("the employer's consent is gone", async (t) => {
  const house = await createSyncHouse(t, { workers: 25 });
  await house.sync("first");
  for (const [name, status, at] of [
    ["revoked before the run", "revoked", 1],
    ["revoked between two pages", "revoked", 3],
    ["not there at all", "none", 2],
  ] as const) {
    await t.test(`${name}: the connection pauses at once and the data stays`, async () => {
      const { liantis } = house.engine;
      onPages(house, {
        before: (page) => {
          if (page === at) house.simulator.control.setConsent(house.number, status);
        },
      });
      const run = await syncUntouched(house);
      assert.equal(run.verdict, "failed");
      assert.equal(run.errorCode, "CONSENT_REVOKED");
      assert.deepEqual(await openRunIssues(house), ["CONSENT_REVOKED"]);
      assert.deepEqual(await standing(house), { state: "paused", paused_reason: "consent_revoked" });
      house.engine.liantis = liantis;

      house.simulator.control.clearRequests();
      const { runId } = await house.queue();

      const key = { customerId: house.scope.customerId, runId };
      assert.deepEqual(await runSync(house.engine, key, AbortSignal.timeout(10_000)), { kind: "over" });
      assert.deepEqual(house.simulator.control.requests(), [], "a paused connection asks nothing");

      await reconnect(house);
      await assertHeals(house);
    });
  }
});

test("our own credential is refused", async (t) => {
  const house = await createSyncHouse(t, { workers: 25 });
  await house.sync("first");

  await t.test("again and again: our alert, never the customer's; the connection goes on", async (day) => {
    await freshLiantis(house, day);
    armAlways(house, { kind: "invalid-token" });
    const run = await syncUntouched(house);
    assert.equal(run.verdict, "failed");
    assert.equal(run.errorCode, "PARTNER_AUTH_FAILED");
    assert.deepEqual(await openRunIssues(house), ["PARTNER_AUTH_FAILED"]);
    assert.deepEqual(await standing(house), { state: "active", paused_reason: null });
    await assertHeals(house);
  });

  await t.test("once, between two pages: the token is renewed and the run goes on", async (day) => {
    await freshLiantis(house, day);
    house.simulator.control.armFault({ kind: "invalid-token", page: 2, times: 1 });
    assert.notEqual((await syncUntouched(house)).verdict, "failed");
  });

  await t.test("the token endpoint is away: Liantis' trouble", async (day) => {
    await freshLiantis(house, day);
    armAlways(house, { kind: "unavailable", path: "/oidc/token" });
    const run = await syncUntouched(house);
    assert.equal(run.errorCode, "LIANTIS_UNAVAILABLE");
    await freshLiantis(house, day);
    await assertHeals(house);
  });
});

test("a connection that is switched off during the run writes nothing more", async (t) => {
  const house = await createSyncHouse(t, { workers: 25 });
  await house.sync("first");
  const [workerId] = house.simulator.control.workerIds(house.number);
  assert.ok(workerId);
  house.simulator.control.patchWorker(house.number, workerId, { firstName: "Wiebe" });

  const { customerId } = house.scope;
  const { fetchWorkerPage } = house.engine.liantis;
  house.engine.liantis = {
    ...house.engine.liantis,
    fetchWorkerPage: async (number, options) => {
      if (options.cursor !== null) {
        await house.rows("update connections set state = 'disabled'");
        await tenantTransaction(house.database.db, house.scope, "app", (trx) =>
          cancelOpenRuns(trx, customerId, house.entityId, house.simulator.control.now()),
        );
      }
      return await fetchWorkerPage(number, options);
    },
  };
  const run = await house.sync();
  assert.equal(run.status, "cancelled");
  assert.deepEqual(await house.rows("select * from changes where run_id = $1", [run.runId]), []);
  assert.deepEqual(await house.rows("select * from employees where first_name = 'Wiebe'"), []);
});
