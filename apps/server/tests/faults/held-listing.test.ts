import assert from "node:assert/strict";
import { test } from "node:test";
import { decideHold } from "../../src/decisions/holds.sql.ts";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { armAlways, assertHeals, openHold, openRunIssues, peopleChecksum, syncUntouched } from "./bad-day.ts";

/** A house after its first run, of which Liantis then forgets the first four of ten people and renames the last one. */
async function shortHouse(t: Parameters<typeof createSyncHouse>[0]): Promise<{
  house: SyncHouse;
  gone: string[];
  /** Those who are gone, as Liantis had them. */
  kept: unknown[];
  renamed: string;
}> {
  const house = await createSyncHouse(t, { workers: 10 });
  const { control } = house.simulator;
  for (const [index, workerId] of control.workerIds(house.number).entries())
    control.patchWorker(house.number, workerId, { email: `person${index}@fietsen.example` });
  await house.sync("first");
  const ids = control.workerIds(house.number);
  const gone = ids.slice(0, 4);
  const renamed = ids.at(-1) ?? "";
  const kept = gone.map((workerId) => control.worker(house.number, workerId));
  for (const workerId of gone) control.removeWorker(house.number, workerId);
  control.patchWorker(house.number, renamed, { firstName: "Wiebe" });
  return { house, gone, kept, renamed };
}

async function decide(house: SyncHouse, holdId: string, status: "accepted" | "rejected"): Promise<void> {
  const { customerId } = house.scope;
  const decision = { customerId, holdId, status, at: house.simulator.control.now(), by: customerId };
  assert.ok(
    await tenantTransaction(house.database.db, house.scope, "app", (trx) => decideHold(trx, decision)),
  );
}

async function absentWorkers(house: SyncHouse): Promise<string[]> {
  const rows = await house.rows<{ worker_id: string }>(
    "select worker_id from links where absent_since is not null order by worker_id",
  );
  return rows.map((row) => row.worker_id);
}

test("a short list that agrees with itself is held, with its reasons, again and again until somebody decides", async (t) => {
  const { house } = await shortHouse(t);
  const run = await syncUntouched(house);
  assert.equal(run.verdict, "held");
  assert.deepEqual(run.counts, { ...emptyCounts(), fetched: 6, unchanged: 5, held: 1, absent: 4 });
  const hold = await openHold(house);
  assert.equal(hold.run_id, run.runId);
  const params = { absent: "4", linked: "10", percent: "40", allowed: "2" };
  assert.deepEqual(hold.reasons, [{ code: "MANY_ABSENT", params }]);
  assert.deepEqual(await openRunIssues(house), ["SOURCE_LOOKS_WRONG"]);

  const again = await syncUntouched(house);
  assert.equal(again.verdict, "held");
  assert.equal((await openHold(house)).run_id, again.runId, "there is one question at a time");
  assert.deepEqual(await house.rows("select runs from issues where code = 'SOURCE_LOOKS_WRONG'"), [
    { runs: 2 },
  ]);
});

test("accepting lets exactly what was held through: the change is applied and the missing are marked absent", async (t) => {
  const { house, gone, renamed } = await shortHouse(t);
  await house.sync();
  const hold = await openHold(house);
  await decide(house, hold.hold_id, "accepted");
  const people = await house.rows("select * from employees where first_name <> 'Wiebe' order by employee_id");
  const run = await house.sync("hold", { acceptedHoldId: hold.hold_id });
  assert.equal(run.counts.updated, 1);
  assert.equal(run.counts.absent, 4);
  assert.equal(run.counts.held, 0);
  assert.deepEqual(await absentWorkers(house), gone);
  const changes = await house.rows<{ worker_id: string }>("select worker_id from changes where run_id = $1", [
    run.runId,
  ]);
  assert.deepEqual(changes, [{ worker_id: renamed }]);
  const after = await house.rows("select * from employees where first_name <> 'Wiebe' order by employee_id");
  assert.ok(after.every((row) => people.some((one) => JSON.stringify(one) === JSON.stringify(row))));
  assert.equal((await house.rows("select * from employees where deactivated_at is not null")).length, 0);
  assert.deepEqual(await openRunIssues(house), []);
  const calm = await assertHeals(house);
  assert.equal(calm.counts.absent, 4, "who is known to be absent holds no further run");
});

test("an acceptance does not cover other people than those who were missing when it was given", async (t) => {
  const { house } = await shortHouse(t);
  await house.sync();
  const first = await openHold(house);
  await decide(house, first.hold_id, "accepted");
  const { control } = house.simulator;
  const [another] = control.workerIds(house.number);
  assert.ok(another);
  control.removeWorker(house.number, another);
  const run = await syncUntouched(house, () => house.sync("hold", { acceptedHoldId: first.hold_id }));
  assert.equal(run.verdict, "held");
  const second = await openHold(house);
  assert.equal(second.run_id, run.runId);
  assert.equal(second.reasons[0]?.params["absent"], "5");
  await decide(house, second.hold_id, "accepted");
  await house.sync("hold", { acceptedHoldId: second.hold_id });
  assert.equal((await absentWorkers(house)).length, 5);
});

test("as many others missing are not what was accepted either", async (t) => {
  const { house, gone } = await shortHouse(t);
  await house.sync();
  const hold = await openHold(house);
  await decide(house, hold.hold_id, "accepted");
  const { control } = house.simulator;
  const [back] = gone;
  const [another] = control.workerIds(house.number);
  assert.ok(back && another);
  control.addWorker(house.number, { ...Object(control.worker(house.number, another)), workerId: back });
  control.removeWorker(house.number, another);
  const run = await syncUntouched(house, () => house.sync("hold", { acceptedHoldId: hold.hold_id }));
  assert.equal(run.verdict, "held");
});

test("a rejected hold changes nothing and authorises nothing; with everybody back, all is well", async (t) => {
  const { house, kept } = await shortHouse(t);
  await house.sync();
  const hold = await openHold(house);
  await decide(house, hold.hold_id, "rejected");
  const run = await syncUntouched(house, () => house.sync("hold", { acceptedHoldId: hold.hold_id }));
  assert.equal(run.verdict, "held");
  for (const worker of kept) house.simulator.control.addWorker(house.number, { ...Object(worker) });
  await assertHeals(house);
  assert.deepEqual(await absentWorkers(house), []);
});

test("nobody at all, said consistently, is held whatever the size of the firm", async (t) => {
  const house = await createSyncHouse(t, { workers: 1 });
  await house.sync("first");
  armAlways(house, { kind: "empty-listing" });
  const run = await syncUntouched(house);
  assert.equal(run.verdict, "held");
  assert.equal((await openHold(house)).reasons[0]?.code, "NOBODY_LISTED");
  const sum = await peopleChecksum(house);
  await assertHeals(house);
  assert.equal(await peopleChecksum(house), sum);
});

test("a few leavers in a small firm are no reason to hold: they are marked absent and stay", async (t) => {
  const house = await createSyncHouse(t, { workers: 5 });
  await house.sync("first");
  const { control } = house.simulator;
  const gone = control.workerIds(house.number).slice(0, 2);
  const people = await house.rows("select * from employees order by employee_id");
  for (const workerId of gone) control.removeWorker(house.number, workerId);
  const run = await house.sync();
  assert.notEqual(run.verdict, "held");
  assert.equal(run.counts.absent, 2);
  assert.deepEqual(await absentWorkers(house), gone);
  assert.deepEqual(await house.rows("select * from employees order by employee_id"), people);
});
