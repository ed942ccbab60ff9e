import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker, contractFields, openCodes, personOf } from "../support/people.ts";

async function contractsOf(house: SyncHouse, workerId: string): Promise<unknown[]> {
  return await house.rows(
    `select c.contract_id, c.withdrawn, c.end_date::text from wage_contracts c join links l on l.employee_id = c.employee_id
     where l.worker_id = $1 order by 1`,
    [workerId],
  );
}

test("the language is written once; what Liantis or the person says later stays theirs", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const workerId = addWorker(house, "Ada", { language: "F" });
  await house.sync("first");
  assert.equal((await personOf(house, workerId)).language, "fr");
  house.simulator.control.patchWorker(house.number, workerId, { language: "N", firstName: "Adèle" });
  await house.sync();
  assert.equal((await personOf(house, workerId)).language, "fr");
  await house.rows("update employees set language = 'en', row_version = row_version + 1");
  house.simulator.control.patchWorker(house.number, workerId, { language: "F", firstName: "Ada" });
  await house.sync();
  const person = await personOf(house, workerId);
  assert.deepEqual([person.language, person.first_name], ["en", "Ada"]);
});

test("a running contract that Liantis no longer lists is withdrawn and kept; an ended one just stays", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const workerId = addWorker(house, "Ada");
  const ended = contractFields("old", { startDate: "2023-01-01", endDate: "2024-04-30" });
  const running = contractFields("running");
  control.patchWorker(house.number, workerId, { wageContracts: [ended, running] });
  await house.sync("first");
  assert.equal((await personOf(house, workerId)).current_contract_id, "running");

  const next = contractFields("next", { startDate: "2026-11-01" });
  control.patchWorker(house.number, workerId, { wageContracts: [next] });
  const run = await house.sync();
  assert.equal(run.counts.updated, 1);
  assert.deepEqual(await contractsOf(house, workerId), [
    { contract_id: "next", withdrawn: false, end_date: null },
    { contract_id: "old", withdrawn: false, end_date: "2024-04-30" },
    { contract_id: "running", withdrawn: true, end_date: null },
  ]);
  assert.equal((await personOf(house, workerId)).current_contract_id, "next");
  assert.deepEqual(
    await house.rows(
      "select kind, contract_id from changes where run_id = $1 and contract_id is not null order by 1",
      [run.runId],
    ),
    [
      { kind: "create", contract_id: "next" },
      { kind: "withdraw", contract_id: "running" },
    ],
  );
  assert.equal((await house.sync()).counts.updated, 0, "withdrawn once");

  control.patchWorker(house.number, workerId, { wageContracts: [ended, running] });
  await house.sync();
  assert.equal((await personOf(house, workerId)).current_contract_id, "running");
});

test("an end date comes, moves and goes with Liantis; no employee ends by it", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const workerId = addWorker(house, "Ada");
  await house.sync("first");
  for (const endDate of ["2027-06-30", "2027-12-31", null]) {
    const wageContracts = [contractFields(`${workerId}-1`, { endDate })];
    house.simulator.control.patchWorker(house.number, workerId, { wageContracts });
    await house.sync();
    assert.deepEqual(await contractsOf(house, workerId), [
      { contract_id: `${workerId}-1`, withdrawn: false, end_date: endDate },
    ]);
  }
  house.simulator.control.patchWorker(house.number, workerId, { employmentEndDate: "2026-11-01" });
  await house.sync();
  assert.deepEqual(await house.rows("select end_date, deactivated_at from employees"), [
    { end_date: null, deactivated_at: null },
  ]);
});

test("a contract that starts today is current today, and one that ended is not, though Liantis changed nothing", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const workerId = addWorker(house, "Ada");
  const wageContracts = [
    contractFields("now", { endDate: "2026-11-24" }),
    contractFields("next", { startDate: "2026-11-25", endDate: "2026-11-30", grossAmount: "3100.00" }),
  ];
  control.patchWorker(house.number, workerId, { wageContracts });
  await house.sync("first");
  const current = async () => (await personOf(house, workerId)).current_contract_id;
  assert.equal(await current(), "now");
  control.setClock("2026-11-24T22:30:00Z");
  assert.equal((await house.sync()).counts.updated, 0, "half past eleven at night in Brussels");
  assert.equal(await current(), "now");
  control.setClock("2026-11-24T23:30:00Z");
  assert.equal((await house.sync()).counts.updated, 1);
  assert.equal(await current(), "next");
  assert.equal((await house.sync()).counts.updated, 0);
  control.setClock("2026-12-01T08:00:00Z");
  assert.equal((await house.sync()).counts.updated, 1);
  assert.equal(await current(), null);
});

test("a row that somebody changes between plan and write is planned again: both changes stand", async (t) => {
  for (const batchSize of [1, 7]) {
    const house = await createSyncHouse(t, { workers: 0, batchSize });
    const ids = ["Ada", "Bo", "Cas"].map((name) => addWorker(house, name));
    await house.sync("first");
    for (const [index, workerId] of ids.entries())
      house.simulator.control.patchWorker(house.number, workerId, {
        employmentStartDate: `2024-06-0${index + 1}`,
      });
    const [, second = ""] = ids;
    const { employee_id } = await personOf(house, second);

    const other = new pg.Client({ connectionString: house.database.ownerUrl });
    await other.connect();
    await other.query("begin");
    await other.query(
      "update employees set language = 'en', row_version = row_version + 1 where employee_id = $1",
      [employee_id],
    );
    const running = house.sync();
    await untilBlocked(house, running);
    await other.query("commit");
    await other.end();

    const run = await running;
    assert.deepEqual([run.counts.updated, run.counts.failed, run.verdict], [3, 0, "in_order"]);
    const person = await personOf(house, second);
    assert.deepEqual([person.start_date, person.language, person.row_version], ["2024-06-02", "en", 3]);
  }
});

/** The run has planned and now waits for the row. */
async function untilBlocked(house: SyncHouse, running: Promise<unknown>): Promise<void> {
  let isOver = false;
  void running.finally(() => (isOver = true));
  while (!isOver) {
    const waiting = await house.rows(
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
  throw new Error("the run ended without waiting for the row");
}

test("one person whom the database refuses does not stop the others", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const ids = ["Ada", "Bo", "Cas", "Dina", "Elke", "Fien", "Gust", "Hilde", "Ida"].map((name) =>
    addWorker(house, name),
  );
  await house.sync("first");
  await house.rows(
    "alter table employees add constraint refused check (employee_number not like 'Refused%')",
  );
  for (const [index, workerId] of ids.entries())
    control.patchWorker(house.number, workerId, {
      employeeNumber: index % 4 === 1 ? `Refused${index}` : `Nieuw${index}`,
    });
  const newcomer = addWorker(house, "Jef", { employeeNumber: "RefusedToo" });
  const run = await house.sync();
  assert.deepEqual([run.counts.updated, run.counts.failed, run.verdict], [7, 3, "needs_attention"]);
  const refused = ids.filter((_, index) => index % 4 === 1);
  assert.deepEqual(
    await openCodes(house),
    [...refused, newcomer].map((workerId) => ["PAYLOAD_INVALID", workerId]),
  );
  for (const workerId of refused)
    assert.match((await personOf(house, workerId)).employee_number ?? "", /^N-/);
  assert.deepEqual(await house.rows("select * from accounts where email = 'jef@fietsen.example'"), []);

  for (const workerId of [...refused, newcomer])
    control.patchWorker(house.number, workerId, { employeeNumber: `Goed-${workerId}` });
  const healed = await house.sync();
  assert.deepEqual([healed.counts.updated, healed.counts.created, healed.verdict], [2, 1, "in_order"]);
  assert.deepEqual(await openCodes(house), []);
});

test("an address that another customer takes between plan and write is said like any other taken address", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const [taken, other] = [addWorker(house, "Ada"), addWorker(house, "Bo")];
  const rival = new pg.Client({ connectionString: house.database.ownerUrl });
  await rival.connect();
  await rival.query("begin");
  await rival.query(
    `insert into accounts (account_id, email, customer_id, language, created_at)
     values (gen_random_uuid(), 'ada@fietsen.example', gen_random_uuid(), 'nl', now())`,
  );
  const running = house.sync("first");
  await untilBlocked(house, running);
  await rival.query("commit");
  await rival.end();
  const run = await running;
  assert.deepEqual([run.counts.created, run.counts.failed], [1, 1]);
  assert.deepEqual(await openCodes(house), [["EMAIL_USED_BY_OTHER_CUSTOMER", taken]]);
  assert.equal((await personOf(house, other)).first_name, "Bo");
});

test("two whom somebody takes apart between plan and write stay apart", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const [ada, bo] = [addWorker(house, "Ada"), addWorker(house, "Bo")];
  await house.sync("first");
  house.simulator.control.patchWorker(house.number, ada, { employmentEndDate: "2027-01-31" });
  house.simulator.control.patchWorker(house.number, bo, { employmentStartDate: "2024-06-01" });
  const { employee_id } = await personOf(house, bo);
  const desk = new pg.Client({ connectionString: house.database.ownerUrl });
  await desk.connect();
  await desk.query("begin");
  await desk.query("update employees set row_version = row_version where employee_id = $1", [employee_id]);
  const running = house.sync();
  // The batch of both is planned, and waits for Bo.
  await untilBlocked(house, running);
  await desk.query(
    `with gone as (delete from links where worker_id = $1 returning customer_id, entity_id, worker_id, employee_id)
     insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at) select *, now() from gone`,
    [ada],
  );
  await desk.query("commit");
  await desk.end();
  await running;
  assert.deepEqual(await house.rows("select worker_id from links"), [{ worker_id: bo }]);
});
