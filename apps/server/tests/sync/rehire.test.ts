import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { type TenantTransaction, tenantTransaction } from "../../src/postgres/transaction.ts";
import { deactivate, reactivate, type Writing } from "../../src/people/employee-writes.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker, openCodes, personOf } from "../support/people.ts";

/** What an admin does by hand. */
async function byHand(
  house: SyncHouse,
  act: (trx: TenantTransaction, writing: Writing) => Promise<void>,
): Promise<void> {
  const writing: Writing = {
    actorKind: "account",
    actorId: newId(),
    customerId: house.scope.customerId,
    at: house.simulator.control.now(),
    language: "en",
    myLiantisUrl: "",
  };
  await tenantTransaction(house.database.db, house.scope, "app", (trx) => act(trx, writing));
}

/** Somebody whom Liantis listed until the last run. */
async function someoneWhoLeft(house: SyncHouse): Promise<{ old: string; employeeId: string }> {
  const old = addWorker(house, "Ida");
  await house.sync("first");
  const { employee_id: employeeId } = await personOf(house, old);
  house.simulator.control.removeWorker(house.number, old);
  await house.sync();
  return { old, employeeId };
}

test("whoever comes back under another worker id is matched again once an admin re-activated them", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  for (const name of ["Ann", "Bert", "Cas", "Dirk"]) addWorker(house, name);
  const { old, employeeId } = await someoneWhoLeft(house);
  await byHand(house, (trx, writing) => deactivate(trx, writing, employeeId, "2026-11-20"));
  await house.sync();

  const back = addWorker(house, "Ida");
  assert.equal((await house.sync()).counts.held, 1);
  assert.deepEqual(await openCodes(house), [["REHIRE_OF_DEACTIVATED_USER", back]]);
  assert.equal((await personOf(house, old)).employee_id, employeeId, "nobody changes hands without a human");

  await byHand(house, (trx, writing) => reactivate(trx, writing, employeeId));
  const run = await house.sync();
  assert.deepEqual([run.counts.linked, run.counts.held], [1, 0]);
  assert.deepEqual(await openCodes(house), []);
  const now = await personOf(house, back);
  assert.deepEqual([now.employee_id, now.deactivated], [employeeId, false]);
  assert.deepEqual(await house.rows("select from links where worker_id = $1", [old]), []);
  const actions = await house.rows("select action from audit_entries order by action");
  assert.deepEqual(actions, [
    { action: "employee.deactivated" },
    { action: "employee.reactivated" },
    { action: "link.ended" },
  ]);
  assert.equal((await house.sync()).counts.unchanged, 5);
});

test("re-activated without anybody having come back, they stay who they were, and are asked about again", async (t) => {
  const house = await createSyncHouse(t, { workers: 4 });
  const { old, employeeId } = await someoneWhoLeft(house);
  await byHand(house, async (trx, writing) => {
    await deactivate(trx, writing, employeeId, "2026-11-20");
    await reactivate(trx, writing, employeeId);
  });
  const leavers = () => house.rows("select worker_id from tasks where kind = 'leaver' and status = 'open'");
  assert.deepEqual(await leavers(), []);
  await house.sync();
  assert.equal((await personOf(house, old)).employee_id, employeeId);
  assert.deepEqual(await leavers(), [{ worker_id: old }]);
});

test("an address of somebody who is still listed is not free because they were deactivated", async (t) => {
  const house = await createSyncHouse(t, { workers: 4 });
  const ida = addWorker(house, "Ida");
  await house.sync("first");
  const { employee_id: employeeId } = await personOf(house, ida);
  await byHand(house, (trx, writing) => deactivate(trx, writing, employeeId, "2026-11-20"));
  house.simulator.control.patchWorker(house.number, ida, { email: "" });
  const other = addWorker(house, "Ida");
  await house.sync();
  const codes = await openCodes(house);
  assert.ok(codes.some(([code, id]) => code === "EMAIL_ALREADY_IN_USE_SAME_ENTITY" && id === other));
});
