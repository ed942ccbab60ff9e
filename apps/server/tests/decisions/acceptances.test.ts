import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { holdDecisions, useAcceptances } from "../../src/decisions/person-holds.sql.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { revertRun } from "../../src/undo/undo.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker, contractFields, personOf } from "../support/people.ts";

/** Two people, of whom Anna's wage was let through after it had become twelve times what it was. */
async function letThrough(t: TestContext) {
  const house = await createSyncHouse(t, { workers: 0 });
  const [anna, bram] = [addWorker(house, "Anna"), addWorker(house, "Bram")];
  await house.sync("first");
  const pay = (workerId: string, amount: string) =>
    house.simulator.control.patchWorker(house.number, workerId, {
      wageContracts: [contractFields(`${workerId}-1`, { grossAmount: amount })],
    });
  for (const workerId of [anna, bram]) pay(workerId, "36000.00");
  assert.equal((await house.sync()).counts.held, 2);
  await accept(house, "wage");
  return { house, anna, bram, pay };
}

async function accept(house: SyncHouse, kind: string): Promise<void> {
  await house.rows("update holds set status = 'accepted' where status = 'open' and kind = $1", [kind]);
}

async function fingerprintOf(house: SyncHouse, workerId: string): Promise<string> {
  const [hold] = await house.rows<{ fingerprint: string }>(
    "select fingerprint from holds where worker_id = $1 order by created_at limit 1",
    [workerId],
  );
  assert.ok(hold);
  return hold.fingerprint;
}

function nextDay(house: SyncHouse): void {
  house.simulator.control.advanceClock(24 * 3600);
}

test("what an admin let through passes until it was written, and is asked about when it comes a second time", async (t) => {
  const { house, anna, bram, pay } = await letThrough(t);
  const { customerId } = house.scope;
  const run = { customerId, entityId: house.entityId, runId: newId(), at: house.simulator.control.now() };
  const inSync = <T>(work: Parameters<typeof tenantTransaction<T>>[3]) =>
    tenantTransaction(house.database.db, house.scope, "sync", work);
  const standing = async () => {
    const decisions = await inSync((trx) => holdDecisions(trx, run, [anna, bram]));
    return [anna, bram].map((workerId) => (decisions.get(workerId) ?? []).map(({ status }) => status));
  };
  assert.deepEqual(await standing(), [["accepted"], ["accepted"]], "a run that failed has used nothing");
  const used = { workerId: anna, kind: "wage" as const, fingerprint: await fingerprintOf(house, anna) };
  await inSync((trx) => useAcceptances(trx, run, [{ ...used, fingerprint: "another question" }]));
  await inSync((trx) => useAcceptances(trx, run, [{ ...used, kind: "identity_swap" }]));
  assert.deepEqual(await standing(), [["accepted"], ["accepted"]], "nothing but what was let through");

  assert.deepEqual((await house.sync()).counts.updated, 2);
  assert.deepEqual((await standing())[0], []);
  const [once] = await house.rows("select used_at from holds where worker_id = $1", [anna]);
  await inSync((trx) => useAcceptances(trx, { ...run, at: "2030-01-01T00:00:00Z" }, [used]));
  assert.deepEqual(await house.rows("select used_at from holds where worker_id = $1", [anna]), [once]);
  assert.equal((await house.sync("nightly")).verdict, "in_order", "what stays as it is, is no question");

  for (const workerId of [anna, bram]) pay(workerId, "3000.00");
  assert.equal((await house.sync()).counts.held, 2);
  await accept(house, "wage");
  assert.equal((await house.sync()).counts.updated, 2);
  pay(anna, "36000.00");
  assert.equal((await house.sync()).counts.held, 1, "the same slip is asked about again");
});

test("whoever was put back is asked about anew, whatever was let through before", async (t) => {
  const { house, anna, bram } = await letThrough(t);
  const run = await house.sync();
  assert.equal(run.counts.updated, 2);
  nextDay(house);
  const { employee_id: employeeId } = await personOf(house, anna);
  const outcome = await revertRun(house.database.db, house.scope, {
    actorKind: "account",
    actorId: newId(),
    runId: run.runId,
    employeeIds: [employeeId],
    at: new Date(house.simulator.control.now()),
  });
  assert.equal(outcome.kind, "reverted");
  assert.deepEqual(
    await house.rows("select worker_id, status from holds where kind = 'wage' order by worker_id"),
    [
      { worker_id: anna, status: "superseded" },
      { worker_id: bram, status: "accepted" },
    ],
  );
  await accept(house, "reverted");
  assert.equal((await house.sync()).counts.held, 1);
  assert.deepEqual(await house.rows("select kind, worker_id from holds where status = 'open'"), [
    { kind: "wage", worker_id: anna },
  ]);
});
