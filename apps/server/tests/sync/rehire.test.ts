import assert from "node:assert/strict";
import { test } from "node:test";
import { deactivate, reactivate, type Writing } from "../../src/people/employee-writes.ts";
import { newId } from "../../src/postgres/ids.ts";
import { type TenantTransaction, tenantTransaction } from "../../src/postgres/transaction.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, openCodes, personOf } from "../support/people.ts";

/** What an admin does by hand. */
async function byHand(
  connected: ConnectedEntity,
  act: (trx: TenantTransaction, writing: Writing) => Promise<void>,
): Promise<void> {
  const writing: Writing = {
    actorKind: "account",
    actorId: newId(),
    customerId: connected.scope.customerId,
    now: connected.simulator.control.now(),
    language: "en",
    myLiantisUrl: "",
  };
  await tenantTransaction(connected.database.db, connected.scope, "app", (trx) => act(trx, writing));
}

/** A person whom Liantis listed until the last run. */
async function someoneWhoLeft(connected: ConnectedEntity): Promise<{ old: string; employeeId: string }> {
  const old = addWorker(connected, "Ida");
  await connected.sync("first");
  const { employee_id: employeeId } = await personOf(connected, old);
  connected.simulator.control.removeWorker(connected.number, old);
  await connected.sync();
  return { old, employeeId };
}

test("a person who returns under another worker id is matched again once an admin reactivated them", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  for (const name of ["Ann", "Bert", "Cas", "Dirk"]) addWorker(connected, name);
  const { old, employeeId } = await someoneWhoLeft(connected);
  await byHand(connected, (trx, writing) => deactivate(trx, writing, employeeId, "2026-11-20"));
  await connected.sync();

  const back = addWorker(connected, "Ida");
  assert.equal((await connected.sync()).counts.held, 1);
  assert.deepEqual(await openCodes(connected), [["REHIRE_OF_DEACTIVATED_USER", back]]);
  assert.equal(
    (await personOf(connected, old)).employee_id,
    employeeId,
    "nobody changes hands without a human",
  );

  await byHand(connected, (trx, writing) => reactivate(trx, writing, employeeId));
  const run = await connected.sync();
  assert.deepEqual([run.counts.linked, run.counts.held], [1, 0]);
  assert.deepEqual(await openCodes(connected), []);
  const now = await personOf(connected, back);
  assert.deepEqual([now.employee_id, now.deactivated], [employeeId, false]);
  assert.deepEqual(await connected.rows("select from links where worker_id = $1", [old]), []);
  const actions = await connected.rows("select action from audit_entries order by action");
  assert.deepEqual(actions, [
    { action: "employee.deactivated" },
    { action: "employee.reactivated" },
    { action: "link.ended" },
  ]);
  assert.equal((await connected.sync()).counts.unchanged, 5);
});

test("a reactivated person who has not returned stays as they were, and causes a task again", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 4 });
  const { old, employeeId } = await someoneWhoLeft(connected);
  await byHand(connected, async (trx, writing) => {
    await deactivate(trx, writing, employeeId, "2026-11-20");
    await reactivate(trx, writing, employeeId);
  });
  const leavers = () =>
    connected.rows("select worker_id from tasks where kind = 'leaver' and status = 'open'");
  assert.deepEqual(await leavers(), []);
  await connected.sync();
  assert.equal((await personOf(connected, old)).employee_id, employeeId);
  assert.deepEqual(await leavers(), [{ worker_id: old }]);
});

test("the address of a listed person is not free because they were deactivated", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 4 });
  const ida = addWorker(connected, "Ida");
  await connected.sync("first");
  const { employee_id: employeeId } = await personOf(connected, ida);
  await byHand(connected, (trx, writing) => deactivate(trx, writing, employeeId, "2026-11-20"));
  connected.simulator.control.patchWorker(connected.number, ida, { email: "" });
  const other = addWorker(connected, "Ida");
  await connected.sync();
  const codes = await openCodes(connected);
  assert.ok(codes.some(([code, id]) => code === "EMAIL_ALREADY_IN_USE_SAME_ENTITY" && id === other));
});
