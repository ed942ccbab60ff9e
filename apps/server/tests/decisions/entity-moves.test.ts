import assert from "node:assert/strict";
import { test } from "node:test";
import { decideAnyMove, decideOwnMove, listCases, type MoveOutcome } from "../../src/decisions/cases.sql.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { TenantScope } from "../../src/postgres/transaction.ts";
import { platformTransaction, tenantTransaction } from "../../src/postgres/transaction.ts";
import { findRun } from "../../src/runs/runs.sql.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, connectEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, contractFields, employee, openCodes, personOf } from "../support/people.ts";

const secondNumber = "1009001225";

/** A customer with two connected entities. */
async function twoEntities(t: Parameters<typeof createConnectedEntity>[0]) {
  const connected = await createConnectedEntity(t, { workers: 3 });
  connected.simulator.control.createEmployer({
    enterpriseNumber: secondNumber,
    name: "Banden De Vos",
    workers: 0,
    consent: "granted",
  });
  const { customerId } = connected.scope;
  const second = await connectEntity(connected.database, {
    customerId,
    name: "Banden",
    number: secondNumber,
  });
  await connected.sync("first");
  const syncSecond = async () => {
    const runId = newId();
    await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
      insertRun(trx, {
        customerId,
        runId,
        entityId: second,
        kind: "full_listing",
        trigger: "manual",
        now: connected.simulator.control.now(),
      }),
    );
    await runSync(connected.engine, { customerId, runId }, AbortSignal.timeout(60_000));
    const run = await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
      findRun(trx, customerId, runId),
    );
    assert.ok(run);
    return run;
  };
  return { connected, second, syncSecond };
}

/** The same person, listed by the second employer too. */
function listAtSecond(connected: ConnectedEntity, email: string, employeeNumber = "B-7"): string {
  const { control } = connected.simulator;
  const workerId = control.addWorker(secondNumber, {
    firstName: "Ann",
    lastName: "Peeters",
    email,
    language: "F",
    employmentStartDate: "2026-11-01",
    employeeNumber,
  });
  control.patchWorker(secondNumber, workerId, {
    wageContracts: [contractFields(`${workerId}-1`, { startDate: "2026-11-01", grossAmount: "3100.00" })],
  });
  return workerId;
}

interface CaseRow {
  case_id: string;
  worker_id: string;
  status: string;
  entity_id: string;
}

function cases(connected: ConnectedEntity): Promise<CaseRow[]> {
  return connected.rows<CaseRow>(
    "select case_id, worker_id, status, entity_id from cases order by opened_at, case_id",
  );
}

async function decide(
  connected: ConnectedEntity,
  caseId: string,
  { confirm, scope }: { confirm: boolean; scope: TenantScope | "support" },
): Promise<MoveOutcome> {
  const actorId = newId();
  const decision = {
    caseId,
    confirm,
    actorId,
    actor: `account:${actorId}`,
    auditEntryId: newId(),
    reason: "gebeld met HR",
    decidedAt: connected.simulator.control.now(),
  };
  return scope === "support"
    ? platformTransaction(connected.database.db, (trx) =>
        decideAnyMove(trx, connected.scope.customerId, decision),
      )
    : tenantTransaction(connected.database.db, scope, "app", (trx) => decideOwnMove(trx, decision));
}

async function moveTasks(connected: ConnectedEntity): Promise<unknown[]> {
  return await connected.rows(
    "select status, worker_id from tasks where kind = 'entity_move' order by first_seen_at",
  );
}

test("a move is a case with both records; once support confirms it, the person moves with all of their data", async (t) => {
  const { connected, second, syncSecond } = await twoEntities(t);
  const oldWorker = addWorker(connected, "Ann");
  await connected.sync();
  const before = await personOf(connected, oldWorker);
  await connected.rows("update employees set invited_at = now() where employee_id = $1", [
    before.employee_id,
  ]);
  const newWorker = listAtSecond(connected, "ann@fietsen.example");
  assert.equal((await syncSecond()).counts.failed, 1);
  assert.deepEqual(await openCodes(connected), [["EMAIL_ALREADY_IN_USE_OTHER_ENTITY", newWorker]]);
  const [opened] = await connected.rows<{ case_id: string; records: Record<string, unknown> }>(
    "select case_id, records from cases where status = 'open'",
  );
  assert.ok(opened);
  assert.deepEqual(opened.records, {
    old: {
      entityId: connected.entityId,
      entityName: "Fietsen De Vos",
      firstName: "Ann",
      lastName: "Peeters",
      email: "ann@fietsen.example",
      employeeNumber: "N-Ann",
      startDate: "2024-05-01",
    },
    new: {
      entityId: second,
      entityName: "Banden",
      firstName: "Ann",
      lastName: "Peeters",
      email: "ann@fietsen.example",
      employeeNumber: "B-7",
      startDate: "2026-11-01",
    },
  });
  assert.deepEqual(await moveTasks(connected), [{ status: "open", worker_id: newWorker }]);
  await syncSecond();
  assert.equal((await cases(connected)).length, 1, "one case however often it is seen");

  assert.equal(await decide(connected, opened.case_id, { confirm: true, scope: "support" }), "confirmed");
  assert.equal(await decide(connected, opened.case_id, { confirm: true, scope: "support" }), "not_open");
  const moved = await employee(connected, before.employee_id);
  assert.deepEqual(moved, { ...before, worker_id: newWorker, row_version: before.row_version + 1 });
  assert.deepEqual(await moveTasks(connected), [{ status: "done", worker_id: newWorker }]);
  assert.deepEqual(
    await connected.rows("select action, reason, subject from audit_entries where action like 'case.%'"),
    [{ action: "case.confirmed", reason: "gebeld met HR", subject: opened.case_id }],
  );

  // The new entity takes the person on; what they earned at the old one is history.
  const run = await syncSecond();
  assert.deepEqual([run.verdict, run.counts.updated], ["in_order", 1]);
  assert.deepEqual(
    await connected.rows(
      "select contract_id, entity_id, withdrawn from wage_contracts where employee_id = $1 order by withdrawn",
      [before.employee_id],
    ),
    [
      { contract_id: `${newWorker}-1`, entity_id: second, withdrawn: false },
      { contract_id: `${oldWorker}-1`, entity_id: second, withdrawn: true },
    ],
  );
  assert.deepEqual(
    await connected.rows(
      "select language, invited_at is not null as invited, employee_number from employees where employee_id = $1",
      [before.employee_id],
    ),
    [{ language: "nl", invited: true, employee_number: "B-7" }],
  );

  // The old entity still lists them: no new employee, no case to move them back, but an issue there.
  await connected.sync();
  await connected.sync();
  assert.deepEqual(await openCodes(connected), [["EMAIL_ALREADY_IN_USE_OTHER_ENTITY", oldWorker]]);
  assert.deepEqual(
    (await cases(connected)).map((one) => one.status),
    ["confirmed"],
  );
  assert.deepEqual(
    await connected.rows("select from employees where email = 'ann@fietsen.example' having count(*) = 1"),
    [{}],
  );

  // It stops listing them; should they come back one day, that is a move of its own.
  const { control } = connected.simulator;
  const raw = control.worker(connected.number, oldWorker);
  control.removeWorker(connected.number, oldWorker);
  await connected.sync();
  assert.deepEqual(await openCodes(connected), []);
  assert.deepEqual(await connected.rows("select from tasks where status = 'open'"), [], "nobody left");
  control.putWorker(connected.number, oldWorker, raw);
  await connected.sync();
  assert.deepEqual(
    (await cases(connected)).map((one) => [one.status, one.worker_id]),
    [
      ["confirmed", newWorker],
      ["open", oldWorker],
    ],
  );
});

test("a declined move stays an issue and is not asked again; the case closes when the addresses no longer clash", async (t) => {
  const { connected, syncSecond } = await twoEntities(t);
  addWorker(connected, "Ann");
  addWorker(connected, "Bert");
  await connected.sync();
  const ann = listAtSecond(connected, "ann@fietsen.example");
  const bert = listAtSecond(connected, "bert@fietsen.example", "B-8");
  await syncSecond();
  const [first] = (await cases(connected)).filter((one) => one.worker_id === ann);
  assert.ok(first);
  assert.equal(
    await decide(connected, first.case_id, { confirm: false, scope: connected.scope }),
    "declined",
  );
  connected.simulator.control.patchWorker(secondNumber, bert, { email: "bert@banden.example" });
  await syncSecond();
  await syncSecond();
  const statuses = new Map((await cases(connected)).map((one) => [one.worker_id, one.status]));
  assert.deepEqual([statuses.get(ann), statuses.get(bert), statuses.size], ["declined", "closed", 2]);
  assert.deepEqual(await openCodes(connected), [["EMAIL_ALREADY_IN_USE_OTHER_ENTITY", ann]]);
  assert.deepEqual(await connected.rows("select from tasks where status = 'open'"), []);
});

test("a case is seen and decided by admins of both entities and by support, with no right to the people", async (t) => {
  const { connected, second, syncSecond } = await twoEntities(t);
  const oldWorker = addWorker(connected, "Ann");
  await connected.sync();
  listAtSecond(connected, "ann@fietsen.example");
  await syncSecond();
  const [{ case_id: caseId } = { case_id: "" }] = await cases(connected);
  const { customerId } = connected.scope;
  const scopes: [TenantScope, number][] = [
    [{ customerId, entityIds: [connected.entityId] }, 0],
    [{ customerId, entityIds: [second] }, 0],
    [{ customerId: newId(), entityIds: "all" }, 0],
    [{ customerId, entityIds: [second, connected.entityId] }, 1],
  ];
  for (const [scope, seen] of scopes) {
    const { total } = await tenantTransaction(connected.database.db, scope, "app", (trx) =>
      listCases(trx, { caseId: null, status: null }, { limit: 10, after: null }),
    );
    assert.equal(total, seen);
    if (seen === 0) assert.equal(await decide(connected, caseId, { confirm: true, scope }), "not_open");
  }
  const { db } = connected.database;
  await assert.rejects(
    platformTransaction(db, (trx) => trx.selectFrom("employees").select("email").execute()),
    /permission denied/,
  );
  await assert.rejects(
    platformTransaction(db, (trx) => trx.updateTable("cases").set({ status: "confirmed" }).execute()),
    /permission denied/,
  );
  const decision = {
    caseId,
    confirm: true,
    actorId: newId(),
    actor: "account:x",
    auditEntryId: newId(),
    reason: null,
    decidedAt: connected.simulator.control.now(),
  };
  await assert.rejects(
    tenantTransaction(db, { customerId: newId(), entityIds: "all" }, "app", (trx) =>
      decideAnyMove(trx, customerId, decision),
    ),
    /permission denied/,
  );
  await assert.rejects(
    tenantTransaction(db, connected.scope, "sync", (trx) => decideOwnMove(trx, decision)),
    /permission denied/,
  );

  // The employee was moved by hand in the meantime: the case is outdated.
  await connected.rows("update employees set entity_id = $1 where email = 'ann@fietsen.example'", [second]);
  assert.equal(await decide(connected, caseId, { confirm: true, scope: connected.scope }), "outdated");
  await connected.rows("update employees set entity_id = $1 where email = 'ann@fietsen.example'", [
    connected.entityId,
  ]);
  assert.equal(
    await decide(connected, caseId, {
      confirm: true,
      scope: { customerId, entityIds: [second, connected.entityId] },
    }),
    "confirmed",
  );
  assert.equal((await connected.rows("select from links where worker_id = $1", [oldWorker])).length, 0);
});

test("a decision about a case with outdated records is refused until the case shows the current ones", async (t) => {
  const { connected, second, syncSecond } = await twoEntities(t);
  const oldWorker = addWorker(connected, "Ann");
  await connected.sync();
  const newWorker = listAtSecond(connected, "ann@fietsen.example");
  await syncSecond();
  const [{ case_id: caseId } = { case_id: "" }] = await cases(connected);
  const confirm = () => decide(connected, caseId, { confirm: true, scope: "support" });

  // At the old entity the address belongs to another person.
  const { control } = connected.simulator;
  for (const correction of [{ lastName: "Smet" }, { employeeNumber: "N-77" }]) {
    control.patchWorker(connected.number, oldWorker, correction);
    await connected.sync();
    assert.equal(await confirm(), "outdated", Object.keys(correction)[0]);
    await syncSecond();
  }
  // The reason of the case is gone: an excluded worker has not moved here.
  const issue = (status: string) =>
    connected.rows("update issues set status = $1 where worker_id = $2", [status, newWorker]);
  await issue("closed");
  assert.equal(await confirm(), "outdated");
  assert.equal((await cases(connected))[0]?.status, "open");
  await issue("open");

  const versions = () =>
    connected.rows<{ entity_id: string; row_version: number }>(
      "select c.entity_id, c.row_version from wage_contracts c join employees e using (employee_id) where e.email = $1",
      ["ann@fietsen.example"],
    );
  assert.deepEqual(await versions(), [{ entity_id: connected.entityId, row_version: 1 }]);
  assert.equal(await confirm(), "confirmed");
  assert.deepEqual(
    await versions(),
    [{ entity_id: second, row_version: 2 }],
    "a run that planned them must look again",
  );
});
