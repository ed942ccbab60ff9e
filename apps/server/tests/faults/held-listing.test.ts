import assert from "node:assert/strict";
import { test } from "node:test";
import { decideHold } from "../../src/decisions/holds.sql.ts";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { armAlways, assertHeals, openHold, openRunIssues, peopleChecksum, syncUntouched } from "./bad-day.ts";

/** A connected entity after its first run, of which Liantis then forgets the first four of ten people and renames the last one. */
async function connectWithShortListing(t: Parameters<typeof createConnectedEntity>[0]): Promise<{
  connected: ConnectedEntity;
  gone: string[];
  /** Those who are gone, as Liantis had them. */
  kept: unknown[];
  renamed: string;
}> {
  const connected = await createConnectedEntity(t, { workers: 10 });
  const { control } = connected.simulator;
  for (const [index, workerId] of control.workerIds(connected.number).entries())
    control.patchWorker(connected.number, workerId, { email: `person${index}@fietsen.example` });
  await connected.sync("first");
  const ids = control.workerIds(connected.number);
  const gone = ids.slice(0, 4);
  const renamed = ids.at(-1) ?? "";
  const kept = gone.map((workerId) => control.worker(connected.number, workerId));
  for (const workerId of gone) control.removeWorker(connected.number, workerId);
  control.patchWorker(connected.number, renamed, { firstName: "Wiebe" });
  return { connected, gone, kept, renamed };
}

async function decide(
  connected: ConnectedEntity,
  holdId: string,
  status: "accepted" | "rejected",
): Promise<void> {
  const { customerId } = connected.scope;
  const decision = {
    customerId,
    holdId,
    status,
    decidedAt: connected.simulator.control.now(),
    decidedBy: customerId,
  };
  assert.ok(
    await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
      decideHold(trx, decision),
    ),
  );
}

async function absentWorkers(connected: ConnectedEntity): Promise<string[]> {
  const rows = await connected.rows<{ worker_id: string }>(
    "select worker_id from links where absent_since is not null order by worker_id",
  );
  return rows.map((row) => row.worker_id);
}

test("a short but consistent list is held with its reasons, at every run until an admin decides", async (t) => {
  const { connected } = await connectWithShortListing(t);
  const run = await syncUntouched(connected);
  assert.equal(run.verdict, "held");
  assert.deepEqual(run.counts, { ...emptyCounts(), fetched: 6, unchanged: 5, held: 1, absent: 4 });
  const hold = await openHold(connected);
  assert.equal(hold.run_id, run.runId);
  const params = { absent: "4", linked: "10", percent: "40", allowed: "2" };
  assert.deepEqual(hold.reasons, [{ code: "MANY_ABSENT", params }]);
  assert.deepEqual(await openRunIssues(connected), ["SOURCE_LOOKS_WRONG"]);

  const again = await syncUntouched(connected);
  assert.equal(again.verdict, "held");
  assert.equal((await openHold(connected)).run_id, again.runId, "there is one question at a time");
  assert.deepEqual(await connected.rows("select runs from issues where code = 'SOURCE_LOOKS_WRONG'"), [
    { runs: 2 },
  ]);
});

test("accepting lets exactly what was held through: the change is applied and the missing are marked absent", async (t) => {
  const { connected, gone, renamed } = await connectWithShortListing(t);
  await connected.sync();
  const hold = await openHold(connected);
  await decide(connected, hold.hold_id, "accepted");
  const people = await connected.rows(
    "select * from employees where first_name <> 'Wiebe' order by employee_id",
  );
  const run = await connected.sync("hold", { acceptedHoldId: hold.hold_id });
  assert.equal(run.counts.updated, 1);
  assert.equal(run.counts.absent, 4);
  assert.equal(run.counts.held, 0);
  assert.deepEqual(await absentWorkers(connected), gone);
  const changes = await connected.rows<{ worker_id: string }>(
    "select worker_id from changes where run_id = $1",
    [run.runId],
  );
  assert.deepEqual(changes, [{ worker_id: renamed }]);
  const after = await connected.rows(
    "select * from employees where first_name <> 'Wiebe' order by employee_id",
  );
  assert.ok(after.every((row) => people.some((one) => JSON.stringify(one) === JSON.stringify(row))));
  assert.equal((await connected.rows("select * from employees where deactivated_at is not null")).length, 0);
  assert.deepEqual(await openRunIssues(connected), []);
  const calm = await assertHeals(connected);
  assert.equal(calm.counts.absent, 4, "who is known to be absent holds no further run");
});

test("an acceptance does not cover other people than those who were missing when it was given", async (t) => {
  const { connected } = await connectWithShortListing(t);
  await connected.sync();
  const first = await openHold(connected);
  await decide(connected, first.hold_id, "accepted");
  const { control } = connected.simulator;
  const [another] = control.workerIds(connected.number);
  assert.ok(another);
  control.removeWorker(connected.number, another);
  const run = await syncUntouched(connected, () => connected.sync("hold", { acceptedHoldId: first.hold_id }));
  assert.equal(run.verdict, "held");
  const second = await openHold(connected);
  assert.equal(second.run_id, run.runId);
  assert.equal(second.reasons[0]?.params["absent"], "5");
  await decide(connected, second.hold_id, "accepted");
  await connected.sync("hold", { acceptedHoldId: second.hold_id });
  assert.equal((await absentWorkers(connected)).length, 5);
});

test("an acceptance does not cover the same number of other missing people", async (t) => {
  const { connected, gone } = await connectWithShortListing(t);
  await connected.sync();
  const hold = await openHold(connected);
  await decide(connected, hold.hold_id, "accepted");
  const { control } = connected.simulator;
  const [back] = gone;
  const [another] = control.workerIds(connected.number);
  assert.ok(back && another);
  control.addWorker(connected.number, {
    ...Object(control.worker(connected.number, another)),
    workerId: back,
  });
  control.removeWorker(connected.number, another);
  const run = await syncUntouched(connected, () => connected.sync("hold", { acceptedHoldId: hold.hold_id }));
  assert.equal(run.verdict, "held");
});

test("a rejected hold changes nothing; once all people are listed again the run is in order", async (t) => {
  const { connected, kept } = await connectWithShortListing(t);
  await connected.sync();
  const hold = await openHold(connected);
  await decide(connected, hold.hold_id, "rejected");
  const run = await syncUntouched(connected, () => connected.sync("hold", { acceptedHoldId: hold.hold_id }));
  assert.equal(run.verdict, "held");
  for (const worker of kept) connected.simulator.control.addWorker(connected.number, { ...Object(worker) });
  await assertHeals(connected);
  assert.deepEqual(await absentWorkers(connected), []);
});

test("a consistent empty listing is held for a firm of any size", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 1 });
  await connected.sync("first");
  armAlways(connected, { kind: "empty-listing" });
  const run = await syncUntouched(connected);
  assert.equal(run.verdict, "held");
  assert.equal((await openHold(connected)).reasons[0]?.code, "NOBODY_LISTED");
  const sum = await peopleChecksum(connected);
  await assertHeals(connected);
  assert.equal(await peopleChecksum(connected), sum);
});

test("a few leavers in a small firm do not hold the run: they are marked absent and stay", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 5 });
  await connected.sync("first");
  const { control } = connected.simulator;
  const gone = control.workerIds(connected.number).slice(0, 2);
  const people = await connected.rows("select * from employees order by employee_id");
  for (const workerId of gone) control.removeWorker(connected.number, workerId);
  const run = await connected.sync();
  assert.notEqual(run.verdict, "held");
  assert.equal(run.counts.absent, 2);
  assert.deepEqual(await absentWorkers(connected), gone);
  assert.deepEqual(await connected.rows("select * from employees order by employee_id"), people);
});
