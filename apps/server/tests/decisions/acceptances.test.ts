import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { findHoldDecisions, markAcceptancesUsed } from "../../src/decisions/person-holds.sql.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { undoRun } from "../../src/undo/undo.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields, personOf } from "../support/people.ts";

/** Two people; Anna's wage became twelve times as high and was accepted. */
async function acceptWage(t: TestContext) {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const [anna, bram] = [addWorker(connected, "Anna"), addWorker(connected, "Bram")];
  await connected.sync("first");
  const pay = (workerId: string, amount: string) =>
    connected.simulator.control.patchWorker(connected.number, workerId, {
      wageContracts: [contractFields(`${workerId}-1`, { grossAmount: amount })],
    });
  for (const workerId of [anna, bram]) pay(workerId, "36000.00");
  assert.equal((await connected.sync()).counts.held, 2);
  await accept(connected, "wage");
  return { connected, anna, bram, pay };
}

async function accept(connected: ConnectedEntity, kind: string): Promise<void> {
  await connected.rows("update holds set status = 'accepted' where status = 'open' and kind = $1", [kind]);
}

async function fingerprintOf(connected: ConnectedEntity, workerId: string): Promise<string> {
  const [hold] = await connected.rows<{ fingerprint: string }>(
    "select fingerprint from holds where worker_id = $1 order by created_at limit 1",
    [workerId],
  );
  assert.ok(hold);
  return hold.fingerprint;
}

function nextDay(connected: ConnectedEntity): void {
  connected.simulator.control.advanceClock(24 * 3600);
}

test("an accepted wage passes until it was written, and is held when it comes a second time", async (t) => {
  const { connected, anna, bram, pay } = await acceptWage(t);
  const { customerId } = connected.scope;
  const run = {
    customerId,
    entityId: connected.entityId,
    runId: newId(),
    now: connected.simulator.control.now(),
  };
  const inSync = <T>(work: Parameters<typeof tenantTransaction<T>>[3]) =>
    tenantTransaction(connected.database.db, connected.scope, "sync", work);
  const acceptedHolds = async () => {
    const decisions = await inSync((trx) => findHoldDecisions(trx, run, [anna, bram]));
    return [anna, bram].map((workerId) => (decisions.get(workerId) ?? []).map(({ status }) => status));
  };
  assert.deepEqual(await acceptedHolds(), [["accepted"], ["accepted"]], "a run that failed has used nothing");
  const used = { workerId: anna, kind: "wage" as const, fingerprint: await fingerprintOf(connected, anna) };
  await inSync((trx) => markAcceptancesUsed(trx, run, [{ ...used, fingerprint: "another question" }]));
  await inSync((trx) => markAcceptancesUsed(trx, run, [{ ...used, kind: "identity_swap" }]));
  assert.deepEqual(await acceptedHolds(), [["accepted"], ["accepted"]], "nothing but what was let through");

  assert.deepEqual((await connected.sync()).counts.updated, 2);
  assert.deepEqual((await acceptedHolds())[0], []);
  const [once] = await connected.rows("select used_at from holds where worker_id = $1", [anna]);
  await inSync((trx) => markAcceptancesUsed(trx, { ...run, now: "2030-01-01T00:00:00Z" }, [used]));
  assert.deepEqual(await connected.rows("select used_at from holds where worker_id = $1", [anna]), [once]);
  assert.equal((await connected.sync("nightly")).verdict, "in_order", "what stays as it is, is no question");

  for (const workerId of [anna, bram]) pay(workerId, "3000.00");
  assert.equal((await connected.sync()).counts.held, 2);
  await accept(connected, "wage");
  assert.equal((await connected.sync()).counts.updated, 2);
  pay(anna, "36000.00");
  assert.equal((await connected.sync()).counts.held, 1, "the same slip is asked about again");
});

test("an undo ends earlier acceptances: the person is held again", async (t) => {
  const { connected, anna, bram } = await acceptWage(t);
  const run = await connected.sync();
  assert.equal(run.counts.updated, 2);
  nextDay(connected);
  const { employee_id: employeeId } = await personOf(connected, anna);
  const outcome = await undoRun(connected.database.db, connected.scope, {
    actorKind: "account",
    actorId: newId(),
    runId: run.runId,
    employeeIds: [employeeId],
    now: new Date(connected.simulator.control.now()),
  });
  assert.equal(outcome.kind, "undone");
  assert.deepEqual(
    await connected.rows("select worker_id, status from holds where kind = 'wage' order by worker_id"),
    [
      { worker_id: anna, status: "superseded" },
      { worker_id: bram, status: "accepted" },
    ],
  );
  await accept(connected, "reverted");
  assert.equal((await connected.sync()).counts.held, 1);
  assert.deepEqual(await connected.rows("select kind, worker_id from holds where status = 'open'"), [
    { kind: "wage", worker_id: anna },
  ]);
});
