import assert from "node:assert/strict";
import { test } from "node:test";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { cancelOpenRuns } from "../../src/runs/cancel-run.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { armAlways, assertHeals, freshLiantis, onPages, openRunIssues, syncUntouched } from "./bad-day.ts";

async function connectionState(connected: ConnectedEntity): Promise<unknown> {
  const [connection] = await connected.rows("select state, paused_reason from connections");
  return connection;
}

/** Gives the consent again, at Liantis and in Payflip. */
async function reconnect(connected: ConnectedEntity): Promise<void> {
  connected.simulator.control.setConsent(connected.number, "granted");
  await connected.rows("update connections set state = 'active', paused_reason = null");
}

test("the employer's consent is gone", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  for (const [name, status, call] of [
    ["revoked before the run", "revoked", 1],
    ["revoked between two pages", "revoked", 3],
    ["not there at all", "none", 2],
  ] as const) {
    await t.test(`${name}: the connection pauses at once and the data stays`, async () => {
      const { liantis } = connected.engine;
      onPages(connected, {
        before: (page) => {
          if (page === call) connected.simulator.control.setConsent(connected.number, status);
        },
      });
      const run = await syncUntouched(connected);
      assert.equal(run.verdict, "failed");
      assert.equal(run.errorCode, "CONSENT_REVOKED");
      assert.deepEqual(await openRunIssues(connected), ["CONSENT_REVOKED"]);
      assert.deepEqual(await connectionState(connected), {
        state: "paused",
        paused_reason: "consent_revoked",
      });
      connected.engine.liantis = liantis;

      connected.simulator.control.clearRequests();
      const { runId } = await connected.queue();

      const key = { customerId: connected.scope.customerId, runId };
      assert.deepEqual(await runSync(connected.engine, key, AbortSignal.timeout(10_000)), { kind: "over" });
      assert.deepEqual(connected.simulator.control.requests(), [], "a paused connection asks nothing");

      await reconnect(connected);
      await assertHeals(connected);
    });
  }
});

test("our own credential is refused", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");

  await t.test("at every call: our alert, never the customer's; the connection stays active", async (day) => {
    await freshLiantis(connected, day);
    armAlways(connected, { kind: "invalid-token" });
    const run = await syncUntouched(connected);
    assert.equal(run.verdict, "failed");
    assert.equal(run.errorCode, "PARTNER_AUTH_FAILED");
    assert.deepEqual(await openRunIssues(connected), ["PARTNER_AUTH_FAILED"]);
    assert.deepEqual(await connectionState(connected), { state: "active", paused_reason: null });
    await assertHeals(connected);
  });

  await t.test("once, between two pages: the token is renewed and the run continues", async (day) => {
    await freshLiantis(connected, day);
    connected.simulator.control.armFault({ kind: "invalid-token", page: 2, times: 1 });
    assert.notEqual((await syncUntouched(connected)).verdict, "failed");
  });

  await t.test("the token endpoint is away: Liantis' trouble", async (day) => {
    await freshLiantis(connected, day);
    armAlways(connected, { kind: "unavailable", path: "/oidc/token" });
    const run = await syncUntouched(connected);
    assert.equal(run.errorCode, "LIANTIS_UNAVAILABLE");
    await freshLiantis(connected, day);
    await assertHeals(connected);
  });
});

test("a connection that is switched off during the run writes nothing more", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const [workerId] = connected.simulator.control.workerIds(connected.number);
  assert.ok(workerId);
  connected.simulator.control.patchWorker(connected.number, workerId, { firstName: "Wiebe" });

  const { customerId } = connected.scope;
  const { fetchWorkerPage } = connected.engine.liantis;
  connected.engine.liantis = {
    ...connected.engine.liantis,
    fetchWorkerPage: async (number, options) => {
      if (options.cursor !== null) {
        await connected.rows("update connections set state = 'disabled'");
        await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
          cancelOpenRuns(trx, customerId, connected.entityId, connected.simulator.control.now()),
        );
      }
      return await fetchWorkerPage(number, options);
    },
  };
  const run = await connected.sync();
  assert.equal(run.status, "cancelled");
  assert.deepEqual(await connected.rows("select * from changes where run_id = $1", [run.runId]), []);
  assert.deepEqual(await connected.rows("select * from employees where first_name = 'Wiebe'"), []);
});
