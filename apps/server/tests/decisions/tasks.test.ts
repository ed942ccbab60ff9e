import assert from "node:assert/strict";
import { test } from "node:test";
import { completeTask } from "../../src/decisions/tasks.sql.ts";
import { deactivate } from "../../src/people/employee-writes.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields, openCodes, personOf } from "../support/people.ts";

interface TaskRow {
  kind: string;
  worker_id: string;
  reason: string | null;
  date: string | null;
  status: string;
}

async function tasks(connected: ConnectedEntity, status = "open"): Promise<(string | null)[][]> {
  const rows = await connected.rows<TaskRow>(
    `select kind, worker_id, params->>'reason' as reason, params->>'date' as date, status from tasks
     where status = $1 order by kind, worker_id`,
    [status],
  );
  return rows.map((row) => [row.kind, row.worker_id, row.reason, row.date]);
}

async function complete(connected: ConnectedEntity): Promise<void> {
  const { customerId } = connected.scope;
  const [task] = await connected.rows<{ task_id: string }>("select task_id from tasks where status = 'open'");
  assert.ok(task);
  const done = {
    customerId,
    taskId: task.task_id,
    endedAt: connected.simulator.control.now(),
    endedBy: newId(),
  };
  await tenantTransaction(connected.database.db, connected.scope, "app", async (trx) => {
    assert.equal(await completeTask(trx, done), true);
    assert.equal(await completeTask(trx, done), false, "done is done");
  });
}

/** Versions of every row of these tables: what was written since is seen by them. */
async function rowVersions(connected: ConnectedEntity): Promise<unknown> {
  return await connected.rows(
    `select 't' as of, task_id::text as id, xmin::text from tasks union all select 'c', case_id::text, xmin::text from cases
     union all select 'l', worker_id, xmin::text from links union all select 'e', employee_id::text, xmin::text from employees order by 1, 2`,
  );
}

const day = 24 * 3600;

test("a person who seems to have left is a task, never a deactivation, and one task for any sign of it", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 8 });
  const { control } = connected.simulator;
  const gone = addWorker(connected, "Ann");
  const leaving = addWorker(connected, "Bert", { employmentEndDate: "2026-11-22" });
  const ended = addWorker(connected, "Cas");
  control.patchWorker(connected.number, ended, {
    wageContracts: [contractFields("c-1", { endDate: "2026-11-21" })],
  });
  await connected.sync("first");
  assert.deepEqual(await tasks(connected), [["contract_ending", ended, null, "2026-11-21"]]);

  const raw = control.worker(connected.number, gone);
  control.removeWorker(connected.number, gone);
  await connected.sync();
  assert.deepEqual(await tasks(connected), [
    ["contract_ending", ended, null, "2026-11-21"],
    ["leaver", gone, "absent", "2026-11-20"],
  ]);

  // Two days on: nothing changed at Liantis, and the calendar says the rest.
  control.advanceClock(2 * day);
  await connected.sync();
  const leavers = [
    ["leaver", gone, "absent", "2026-11-20"],
    ["leaver", leaving, "employment_end", "2026-11-22"],
    ["leaver", ended, "no_contract", "2026-11-21"],
  ].toSorted((a, b) => ((a[1] ?? "") < (b[1] ?? "") ? -1 : 1));
  assert.deepEqual(await tasks(connected), leavers);
  assert.deepEqual(
    await connected.rows("select from employees where deactivated_at is not null or end_date is not null"),
    [],
  );

  const before = await rowVersions(connected);
  await connected.sync();
  assert.deepEqual(await rowVersions(connected), before, "an unchanged night writes none of it");

  // The absent person is listed again, and the contract has no end any more.
  control.putWorker(connected.number, gone, raw);
  control.patchWorker(connected.number, ended, { wageContracts: [contractFields("c-1", { endDate: null })] });
  await connected.sync();
  assert.deepEqual(await tasks(connected), [["leaver", leaving, "employment_end", "2026-11-22"]]);
});

test("an unreadable end of employment leaves the task as it is; employment without an end closes it", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 2 });
  const { control } = connected.simulator;
  const leaving = addWorker(connected, "Bert", { employmentEndDate: "2026-11-19" });
  const later = addWorker(connected, "Cas", { employmentEndDate: "2026-11-22" });
  await connected.sync("first");
  const task = ["leaver", leaving, "employment_end", "2026-11-19"];
  assert.deepEqual(await tasks(connected), [task]);
  for (const unread of [undefined, "", 20261119]) {
    for (const workerId of [leaving, later]) {
      control.patchWorker(connected.number, workerId, { employmentEndDate: unread });
    }
    await connected.sync();
    assert.deepEqual(await tasks(connected), [task], String(unread));
  }
  control.patchWorker(connected.number, leaving, { employmentEndDate: null });
  control.advanceClock(2 * day);
  await connected.sync();
  assert.deepEqual(await tasks(connected), [["leaver", later, "employment_end", "2026-11-22"]]);
});

test("a task that is done is not asked again, until the person was back in between", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 8 });
  const { control } = connected.simulator;
  const gone = addWorker(connected, "Ann");
  await connected.sync("first");
  const raw = control.worker(connected.number, gone);
  control.removeWorker(connected.number, gone);
  await connected.sync();
  await complete(connected);
  for (let night = 0; night < 3; night += 1) {
    control.advanceClock(day);
    await connected.sync();
    assert.deepEqual(await tasks(connected), []);
  }
  control.putWorker(connected.number, gone, raw);
  await connected.sync();
  control.removeWorker(connected.number, gone);
  control.advanceClock(day);
  await connected.sync();
  assert.deepEqual(await tasks(connected), [["leaver", gone, "absent", "2026-11-24"]]);

  // Deactivating the person answers the task: it is not raised again.
  const [person] = await connected.rows<{ employee_id: string }>(
    "select employee_id from links where worker_id = $1",
    [gone],
  );
  const { customerId } = connected.scope;
  const writing = {
    actorKind: "account",
    actorId: newId(),
    customerId,
    now: control.now(),
    language: "en",
    myLiantisUrl: "",
  } as const;
  await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
    deactivate(trx, writing, person?.employee_id ?? "", "2026-11-24"),
  );
  assert.deepEqual(await tasks(connected), []);
  await connected.sync();
  assert.deepEqual(await tasks(connected), []);
});

test("a contract that ends within 14 days is a task, unless another one follows it", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const addWith = (name: string, ...contracts: Record<string, unknown>[]) =>
    addWorker(connected, name, {
      wageContracts: contracts.map((fields, index) => contractFields(`${name}-${index}`, fields)),
    });
  const soon = addWith("Ann", { endDate: "2026-12-04" });
  addWith("Bert", { endDate: "2026-12-05" });
  addWith("Cas", { endDate: "2026-11-30" }, { startDate: "2026-12-01" });
  addWith("Dirk", {});
  const last = addWith("Els", { endDate: "2026-11-20" });
  await connected.sync("first");
  assert.deepEqual(await tasks(connected), [
    ["contract_ending", soon, null, "2026-12-04"],
    ["contract_ending", last, null, "2026-11-20"],
  ]);
  control.patchWorker(connected.number, soon, {
    wageContracts: [contractFields("Ann-0", { endDate: "2027-12-04" })],
  });
  control.removeWorker(connected.number, last);
  await connected.sync();
  assert.deepEqual(await tasks(connected), [["leaver", last, "absent", "2026-11-20"]]);
});

test("waiting newcomers are one task with their number; it opens again for another newcomer", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const ann = addWorker(connected, "Ann");
  await connected.sync("first");
  await connected.rows("update connections set mode = 'selective'");
  const decide = (workerId: string, choice: string) =>
    connected.rows(
      `insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at) values ($1, $2, $3, $4, now())
       on conflict (customer_id, entity_id, worker_id) do update set choice = excluded.choice`,
      [connected.scope.customerId, connected.entityId, workerId, choice],
    );
  await decide(ann, "selected");
  const counts = async () => {
    connected.simulator.control.advanceClock(3_600);
    await connected.sync();
    const rows = await connected.rows<{ count: string }>(
      "select params->>'count' as count from tasks where status = 'open' and kind = 'newcomers_waiting'",
    );
    return rows.map((row) => row.count);
  };
  const [bert, cas] = [addWorker(connected, "Bert"), addWorker(connected, "Cas")];
  assert.deepEqual(await counts(), ["2"]);
  await complete(connected);
  await decide(bert, "excluded");
  assert.deepEqual(await counts(), [], "somebody has seen it");
  const dirk = addWorker(connected, "Dirk");
  assert.deepEqual(await counts(), ["2"]);
  await decide(cas, "excluded");
  await decide(dirk, "selected");
  assert.deepEqual(await counts(), []);
});

test("a released person causes no tasks", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 5 });
  const gone = addWorker(connected, "Ann");
  await connected.sync("first");
  await connected.rows("update connections set mode = 'selective'");
  await connected.rows(
    "insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at) values ($1, $2, $3, 'released', now())",
    [connected.scope.customerId, connected.entityId, gone],
  );
  const { employee_id: employeeId } = await personOf(connected, gone);
  connected.simulator.control.removeWorker(connected.number, gone);
  await connected.sync();
  assert.deepEqual(await connected.rows("select from tasks where employee_id = $1", [employeeId]), []);
});

test("the end of an earlier employment does not make a person a leaver", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const again = addWorker(connected, "Anna", {
    employmentStartDate: "2026-10-01",
    employmentEndDate: "2026-03-31",
  });
  await connected.sync("first");
  assert.ok((await personOf(connected, again)).employee_id);
  assert.deepEqual([await tasks(connected), await openCodes(connected)], [[], []]);
});
