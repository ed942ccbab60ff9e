import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields, openCodes, personOf } from "../support/people.ts";

async function contractsOf(connected: ConnectedEntity, workerId: string): Promise<unknown[]> {
  return await connected.rows(
    `select c.contract_id, c.withdrawn, c.end_date::text from wage_contracts c join links l on l.employee_id = c.employee_id
     where l.worker_id = $1 order by 1`,
    [workerId],
  );
}

test("the language is written once; later values from Liantis do not change the choice of the person", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ada", { language: "F" });
  await connected.sync("first");
  assert.equal((await personOf(connected, workerId)).language, "fr");
  connected.simulator.control.patchWorker(connected.number, workerId, { language: "N", firstName: "Adèle" });
  await connected.sync();
  assert.equal((await personOf(connected, workerId)).language, "fr");
  await connected.rows("update employees set language = 'en', row_version = row_version + 1");
  connected.simulator.control.patchWorker(connected.number, workerId, { language: "F", firstName: "Ada" });
  await connected.sync();
  const person = await personOf(connected, workerId);
  assert.deepEqual([person.language, person.first_name], ["en", "Ada"]);
});

test("a running contract that Liantis no longer lists is withdrawn and kept; an ended one does not change", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const workerId = addWorker(connected, "Ada");
  const ended = contractFields("old", { startDate: "2023-01-01", endDate: "2024-04-30" });
  const running = contractFields("running");
  control.patchWorker(connected.number, workerId, { wageContracts: [ended, running] });
  await connected.sync("first");
  assert.equal((await personOf(connected, workerId)).current_contract_id, "running");

  const next = contractFields("next", { startDate: "2026-11-01" });
  control.patchWorker(connected.number, workerId, { wageContracts: [next] });
  const run = await connected.sync();
  assert.equal(run.counts.updated, 1);
  assert.deepEqual(await contractsOf(connected, workerId), [
    { contract_id: "next", withdrawn: false, end_date: null },
    { contract_id: "old", withdrawn: false, end_date: "2024-04-30" },
    { contract_id: "running", withdrawn: true, end_date: null },
  ]);
  assert.equal((await personOf(connected, workerId)).current_contract_id, "next");
  assert.deepEqual(
    await connected.rows(
      "select kind, contract_id from changes where run_id = $1 and contract_id is not null order by 1",
      [run.runId],
    ),
    [
      { kind: "create", contract_id: "next" },
      { kind: "withdraw", contract_id: "running" },
    ],
  );
  assert.equal((await connected.sync()).counts.updated, 0, "withdrawn once");

  control.patchWorker(connected.number, workerId, { wageContracts: [ended, running] });
  await connected.sync();
  assert.equal((await personOf(connected, workerId)).current_contract_id, "running");
});

test("an end date follows Liantis when it is added, changed or removed; no employee is deactivated by it", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ada");
  await connected.sync("first");
  for (const endDate of ["2027-06-30", "2027-12-31", null]) {
    const wageContracts = [contractFields(`${workerId}-1`, { endDate })];
    connected.simulator.control.patchWorker(connected.number, workerId, { wageContracts });
    await connected.sync();
    assert.deepEqual(await contractsOf(connected, workerId), [
      { contract_id: `${workerId}-1`, withdrawn: false, end_date: endDate },
    ]);
  }
  connected.simulator.control.patchWorker(connected.number, workerId, { employmentEndDate: "2026-11-01" });
  await connected.sync();
  assert.deepEqual(await connected.rows("select end_date, deactivated_at from employees"), [
    { end_date: null, deactivated_at: null },
  ]);
});

test("a contract that starts today is current today, and one that ended is not, though Liantis changed nothing", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const workerId = addWorker(connected, "Ada");
  const wageContracts = [
    contractFields("now", { endDate: "2026-11-24" }),
    contractFields("next", { startDate: "2026-11-25", endDate: "2026-11-30", grossAmount: "3100.00" }),
  ];
  control.patchWorker(connected.number, workerId, { wageContracts });
  await connected.sync("first");
  const current = async () => (await personOf(connected, workerId)).current_contract_id;
  assert.equal(await current(), "now");
  control.setClock("2026-11-24T22:30:00Z");
  assert.equal((await connected.sync()).counts.updated, 0, "half past eleven at night in Brussels");
  assert.equal(await current(), "now");
  control.setClock("2026-11-24T23:30:00Z");
  assert.equal((await connected.sync()).counts.updated, 1);
  assert.equal(await current(), "next");
  assert.equal((await connected.sync()).counts.updated, 0);
  control.setClock("2026-12-01T08:00:00Z");
  assert.equal((await connected.sync()).counts.updated, 1);
  assert.equal(await current(), null);
});

test("a row that changes between plan and write is planned again: both changes are kept", async (t) => {
  for (const batchSize of [1, 7]) {
    const connected = await createConnectedEntity(t, { workers: 0, batchSize });
    const ids = ["Ada", "Bo", "Cas"].map((name) => addWorker(connected, name));
    await connected.sync("first");
    for (const [index, workerId] of ids.entries())
      connected.simulator.control.patchWorker(connected.number, workerId, {
        employmentStartDate: `2024-06-0${index + 1}`,
      });
    const [, second = ""] = ids;
    const { employee_id } = await personOf(connected, second);

    const other = new pg.Client({ connectionString: connected.database.ownerUrl });
    await other.connect();
    await other.query("begin");
    await other.query(
      "update employees set language = 'en', row_version = row_version + 1 where employee_id = $1",
      [employee_id],
    );
    const running = connected.sync();
    await untilBlocked(connected, running);
    await other.query("commit");
    await other.end();

    const run = await running;
    assert.deepEqual([run.counts.updated, run.counts.failed, run.verdict], [3, 0, "in_order"]);
    const person = await personOf(connected, second);
    assert.deepEqual([person.start_date, person.language, person.row_version], ["2024-06-02", "en", 3]);
  }
});

/** The run has planned and now waits for the row. */
async function untilBlocked(connected: ConnectedEntity, running: Promise<unknown>): Promise<void> {
  let isOver = false;
  void running.finally(() => (isOver = true));
  while (!isOver) {
    const waiting = await connected.rows(
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
  throw new Error("the run ended without waiting for the row");
}

test("one person whom the database refuses does not stop the others", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const ids = ["Ada", "Bo", "Cas", "Dina", "Elke", "Fien", "Gust", "Hilde", "Ida"].map((name) =>
    addWorker(connected, name),
  );
  await connected.sync("first");
  await connected.rows(
    "alter table employees add constraint refused check (employee_number not like 'Refused%')",
  );
  for (const [index, workerId] of ids.entries())
    control.patchWorker(connected.number, workerId, {
      employeeNumber: index % 4 === 1 ? `Refused${index}` : `Nieuw${index}`,
    });
  const newcomer = addWorker(connected, "Jef", { employeeNumber: "RefusedToo" });
  const run = await connected.sync();
  assert.deepEqual([run.counts.updated, run.counts.failed, run.verdict], [7, 3, "needs_attention"]);
  const refused = ids.filter((_, index) => index % 4 === 1);
  assert.deepEqual(
    await openCodes(connected),
    [...refused, newcomer].map((workerId) => ["PAYLOAD_INVALID", workerId]),
  );
  for (const workerId of refused)
    assert.match((await personOf(connected, workerId)).employee_number ?? "", /^N-/);
  assert.deepEqual(await connected.rows("select * from accounts where email = 'jef@fietsen.example'"), []);

  for (const workerId of [...refused, newcomer])
    control.patchWorker(connected.number, workerId, { employeeNumber: `Goed-${workerId}` });
  const healed = await connected.sync();
  assert.deepEqual([healed.counts.updated, healed.counts.created, healed.verdict], [2, 1, "in_order"]);
  assert.deepEqual(await openCodes(connected), []);
});

test("an address that another customer takes between plan and write is an issue like any other taken address", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const [taken, other] = [addWorker(connected, "Ada"), addWorker(connected, "Bo")];
  const rival = new pg.Client({ connectionString: connected.database.ownerUrl });
  await rival.connect();
  await rival.query("begin");
  await rival.query(
    `insert into accounts (account_id, email, customer_id, language, created_at)
     values (gen_random_uuid(), 'ada@fietsen.example', gen_random_uuid(), 'nl', now())`,
  );
  const running = connected.sync("first");
  await untilBlocked(connected, running);
  await rival.query("commit");
  await rival.end();
  const run = await running;
  assert.deepEqual([run.counts.created, run.counts.failed], [1, 1]);
  assert.deepEqual(await openCodes(connected), [["EMAIL_USED_BY_OTHER_CUSTOMER", taken]]);
  assert.equal((await personOf(connected, other)).first_name, "Bo");
});

test("a pair that is unlinked between plan and write stays unlinked", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const [ada, bo] = [addWorker(connected, "Ada"), addWorker(connected, "Bo")];
  await connected.sync("first");
  connected.simulator.control.patchWorker(connected.number, ada, { employmentEndDate: "2027-01-31" });
  connected.simulator.control.patchWorker(connected.number, bo, { employmentStartDate: "2024-06-01" });
  const { employee_id } = await personOf(connected, bo);
  const desk = new pg.Client({ connectionString: connected.database.ownerUrl });
  await desk.connect();
  await desk.query("begin");
  await desk.query("update employees set row_version = row_version where employee_id = $1", [employee_id]);
  const running = connected.sync();
  // The batch of both is planned, and waits for Bo.
  await untilBlocked(connected, running);
  await desk.query(
    `with gone as (delete from links where worker_id = $1 returning customer_id, entity_id, worker_id, employee_id)
     insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at) select *, now() from gone`,
    [ada],
  );
  await desk.query("commit");
  await desk.end();
  await running;
  assert.deepEqual(await connected.rows("select worker_id from links"), [{ worker_id: bo }]);
});
