import assert from "node:assert/strict";
import { test } from "node:test";
import { isIssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import { newId } from "../../src/postgres/ids.ts";
import { renderIssue } from "../../src/texts/issues.ts";
import { connectEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, employee, enterByHand, openCodes, openIssues, personOf } from "../support/people.ts";

test("an existing employee is matched by e-mail once, and keeps their own data", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ada", { email: "  ADA@Fietsen.example " });
  const employeeId = await enterByHand(connected, {
    email: "ada@fietsen.example",
    firstName: "Ada",
    lastName: "Pieters",
  });
  const before = await employee(connected, employeeId);
  const run = await connected.sync("first");
  assert.equal(run.counts.linked, 1);
  assert.equal(run.counts.created, 0);
  const after = await employee(connected, employeeId);
  assert.deepEqual(
    [after.worker_id, after.account_id, after.email, after.language, after.last_name],
    [workerId, before.account_id, "ada@fietsen.example", "fr", "Peeters"],
  );
  assert.deepEqual(await connected.rows("select kind from changes order by seq"), [
    { kind: "link" },
    { kind: "update" },
    { kind: "create" },
  ]);
  assert.equal((await connected.rows("select * from accounts")).length, 1);

  connected.simulator.control.patchWorker(connected.number, workerId, {
    email: "ada.peeters@fietsen.example",
  });
  const next = await connected.sync();
  assert.equal(next.counts.updated, 1);
  assert.equal(
    (await personOf(connected, workerId)).employee_id,
    employeeId,
    "the link leads, not the address",
  );
});

test("an address with both names different is held until an admin accepts; one different name is not", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const other = addWorker(connected, "Bo");
  const same = addWorker(connected, "Cas");
  const held = await enterByHand(connected, {
    email: "bo@fietsen.example",
    firstName: "Karel",
    lastName: "Janssens",
  });
  const found = await enterByHand(connected, {
    email: "cas@fietsen.example",
    firstName: "Casper",
    lastName: "Peeters",
  });
  const before = await employee(connected, held);
  const run = await connected.sync("first");
  assert.deepEqual([run.counts.held, run.counts.linked, run.verdict], [1, 1, "needs_attention"]);
  assert.deepEqual(await employee(connected, held), before);
  assert.equal((await employee(connected, found)).worker_id, same);
  const [issue] = await openIssues(connected);
  assert.equal(issue?.code, "AMBIGUOUS_MATCH");
  assert.equal(issue.worker_id, other);
  assert.deepEqual(
    [issue.params["liantisName"], issue.params["payflipName"]],
    ["Bo Peeters", "Karel Janssens"],
  );

  // An admin says that this worker and this employee are the same person.
  await connected.rows("update issues set status = 'accepted' where code = 'AMBIGUOUS_MATCH'");
  const accepted = await connected.sync();
  assert.deepEqual([accepted.counts.held, accepted.counts.linked], [0, 1]);
  const linked = await employee(connected, held);
  assert.equal(linked.worker_id, other);
  assert.deepEqual(await openIssues(connected), []);
  const rows = await connected.rows("select status from issues where code = 'AMBIGUOUS_MATCH'");
  assert.deepEqual(rows, [{ status: "closed" }]);
});

test("an HR admin on the payroll joins with their own account: it is kept, and so is the role", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const accountId = newId();
  const { customerId } = connected.scope;
  await connected.rows(
    `insert into accounts (account_id, email, customer_id, name, language, password_hash, created_at)
     values ($1, 'dina@fietsen.example', $2, 'Dina', 'en', 'secret', now())`,
    [accountId, customerId],
  );
  await connected.rows(
    "insert into memberships (account_id, role, customer_id, sees_wages, created_at) values ($1, 'admin', $2, true, now())",
    [accountId, customerId],
  );
  const matches = async () => [
    await connected.rows("select * from accounts"),
    await connected.rows("select * from memberships"),
  ];
  const before = await matches();
  const workerId = addWorker(connected, "Dina");
  const run = await connected.sync("first");
  assert.equal(run.counts.created, 1);
  assert.equal((await personOf(connected, workerId)).account_id, accountId);
  assert.deepEqual(await matches(), before);
  assert.deepEqual(await openCodes(connected), []);

  connected.simulator.control.patchWorker(connected.number, workerId, { email: "dina.new@fietsen.example" });
  await connected.sync();
  assert.equal((await personOf(connected, workerId)).email, "dina.new@fietsen.example");
  assert.deepEqual(await matches(), before, "a sign-in with a role never follows");
});

test("the sign-in of an invited person does not follow their address", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Elke");
  await connected.sync("first");
  await connected.rows("update employees set invited_at = now()");
  connected.simulator.control.patchWorker(connected.number, workerId, { email: "elke.new@fietsen.example" });
  await connected.sync();
  const person = await personOf(connected, workerId);
  assert.deepEqual([person.email, person.sign_in], ["elke.new@fietsen.example", "elke@fietsen.example"]);
});

test("an address at another entity of the customer opens a case: no person is moved or merged", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { customerId } = connected.scope;
  const entityId = await connectEntity(connected.database, {
    customerId,
    name: "Fietsen West",
    number: "0440966354",
  });
  const employeeId = await enterByHand(connected, {
    email: "fien@fietsen.example",
    firstName: "Fien",
    lastName: "Peeters",
    entityId,
  });
  const before = await employee(connected, employeeId);
  const workerId = addWorker(connected, "Fien");
  const run = await connected.sync("first");
  assert.deepEqual([run.counts.failed, run.counts.created, run.counts.linked], [1, 0, 0]);
  assert.deepEqual(await openCodes(connected), [["EMAIL_ALREADY_IN_USE_OTHER_ENTITY", workerId]]);
  assert.deepEqual(await employee(connected, employeeId), before);
  assert.deepEqual(await connected.rows("select * from links"), []);
});

test("an address of another customer is an issue that reveals nothing", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const other = newId();
  const entityId = await connectEntity(connected.database, {
    customerId: other,
    name: "Bakkerij Geheim",
    number: "0440966354",
  });
  const stranger = { firstName: "Zwaantje", lastName: "Verborgen", customerId: other, entityId };
  const employeeId = await enterByHand(connected, { ...stranger, email: "gust@fietsen.example" });
  const taken = await employee(connected, employeeId);
  const newcomer = addWorker(connected, "Gust");
  const linked = addWorker(connected, "Hilde");
  await connected.sync("first");
  connected.simulator.control.patchWorker(connected.number, linked, {
    email: "gust@fietsen.example",
    firstName: "Hilda",
  });
  connected.simulator.control.removeWorker(connected.number, newcomer);
  await connected.sync();
  const person = await personOf(connected, linked);
  assert.deepEqual([person.email, person.first_name], ["hilde@fietsen.example", "Hilda"]);
  const issues = await openIssues(connected);
  assert.deepEqual(await openCodes(connected), [["EMAIL_USED_BY_OTHER_CUSTOMER", linked]]);
  for (const { code, params } of issues) {
    assert.ok(isIssueCode(code));
    const texts = (["nl", "fr", "en"] as const).map((language) => renderIssue(code, params, language));
    const shown = JSON.stringify([params, texts]);
    for (const secret of ["Zwaantje", "Verborgen", "Geheim", other, employeeId, entityId, "0440966354"])
      assert.ok(!shown.includes(secret), secret);
  }
  assert.deepEqual(await employee(connected, employeeId), taken);
});

test("a deactivated person is never reactivated by a sync", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const first = addWorker(connected, "Ida");
  const linked = addWorker(connected, "Jef");
  const employeeId = await enterByHand(connected, {
    email: "ida@fietsen.example",
    firstName: "Ida",
    lastName: "Peeters",
  });
  await connected.rows("update employees set deactivated_at = now(), end_date = '2026-10-31'");
  const before = await employee(connected, employeeId);
  const run = await connected.sync("first");
  assert.deepEqual([run.counts.held, run.counts.created], [1, 1]);
  assert.deepEqual(await openCodes(connected), [["REHIRE_OF_DEACTIVATED_USER", first]]);
  assert.deepEqual(await employee(connected, employeeId), before);

  await connected.rows(
    "update employees set deactivated_at = now(), row_version = row_version + 1 where email = 'jef@fietsen.example'",
  );
  connected.simulator.control.patchWorker(connected.number, linked, { lastName: "Peters" });
  await connected.sync();
  const jef = await personOf(connected, linked);
  assert.deepEqual([jef.last_name, jef.deactivated], ["Peters", true], "their data goes on, they stay out");
  assert.ok(
    (await openCodes(connected)).some(([code, id]) => code === "REHIRE_OF_DEACTIVATED_USER" && id === linked),
  );
});

test("an address that two workers share goes to neither; an employee who has it keeps it", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [kim, lot] = [
    addWorker(connected, "Kim"),
    addWorker(connected, "Lot", { email: "kim@fietsen.example" }),
  ];
  const first = await connected.sync("first");
  assert.deepEqual([first.counts.failed, first.counts.created], [2, 0]);
  const duplicate = "EMAIL_DUPLICATE_IN_LIANTIS";
  assert.deepEqual(await openCodes(connected), [
    [duplicate, kim],
    [duplicate, lot],
  ]);

  control.patchWorker(connected.number, lot, { email: "lot@fietsen.example" });
  assert.equal((await connected.sync()).counts.created, 2);
  assert.deepEqual(await openCodes(connected), []);

  const mo = addWorker(connected, "Mo", { email: "kim@fietsen.example" });
  const run = await connected.sync();
  assert.equal(run.counts.failed, 1);
  assert.equal((await personOf(connected, kim)).email, "kim@fietsen.example");
  assert.ok((await openCodes(connected)).every(([, workerId]) => workerId === mo));
});

test("the address of a colleague is written only once it is free", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ada, bo] = [addWorker(connected, "Ada"), addWorker(connected, "Bo")];
  await connected.sync("first");
  control.patchWorker(connected.number, ada, { email: "bo@fietsen.example" });
  control.patchWorker(connected.number, bo, { email: "bo.peeters@fietsen.example" });
  await connected.sync();
  await connected.sync();
  assert.equal((await personOf(connected, ada)).email, "bo@fietsen.example");
  assert.equal((await personOf(connected, bo)).email, "bo.peeters@fietsen.example");
  assert.deepEqual(await openCodes(connected), []);
});

test("two people who swap their addresses keep their own until an admin decides", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ada, bo] = [addWorker(connected, "Ada"), addWorker(connected, "Bo")];
  await connected.sync("first");
  control.patchWorker(connected.number, ada, { email: "bo@fietsen.example" });
  control.patchWorker(connected.number, bo, { email: "ada@fietsen.example" });
  const run = await connected.sync();
  assert.equal(run.verdict, "needs_attention");
  assert.equal((await personOf(connected, ada)).email, "ada@fietsen.example");
  assert.equal((await personOf(connected, bo)).email, "bo@fietsen.example");
});

test("a worker who returns under a new id does not take over the employee of the old one", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const old = addWorker(connected, "Ada");
  addWorker(connected, "Bo");
  await connected.sync("first");
  const before = await personOf(connected, old);
  control.removeWorker(connected.number, old);
  const again = addWorker(connected, "Ada");
  const run = await connected.sync();
  assert.deepEqual([run.counts.failed, run.counts.absent], [1, 1]);
  assert.deepEqual(await openCodes(connected), [["EMAIL_ALREADY_IN_USE_SAME_ENTITY", again]]);
  assert.deepEqual(await personOf(connected, old), before);
});

test("an address that a colleague still signs in with stays theirs, though Liantis gives it to a newcomer", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const ada = addWorker(connected, "Ada");
  await connected.sync("first");
  const { employee_id: adaId, account_id: adaAccount } = await personOf(connected, ada);
  await connected.rows("update employees set invited_at = now() where employee_id = $1", [adaId]);
  connected.simulator.control.patchWorker(connected.number, ada, { email: "ada.new@fietsen.example" });
  await connected.sync();
  const noor = addWorker(connected, "Noor", { email: "ada@fietsen.example" });
  const run = await connected.sync();
  assert.deepEqual([run.counts.created, run.counts.failed], [0, 1]);
  assert.deepEqual(
    await connected.rows("select employee_id from employees where account_id = $1", [adaAccount]),
    [{ employee_id: adaId }],
  );
  const issues = (await openIssues(connected)).filter((issue) => issue.worker_id === noor);
  assert.deepEqual(
    issues.map((issue) => issue.code),
    ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
  );
  // The person whose sign-in it is gets it back.
  connected.simulator.control.patchWorker(connected.number, noor, { email: "noor@fietsen.example" });
  connected.simulator.control.patchWorker(connected.number, ada, { email: "ada@fietsen.example" });
  const back = await connected.sync();
  assert.deepEqual([back.counts.created, back.counts.updated], [1, 1]);
  assert.equal((await personOf(connected, ada)).email, "ada@fietsen.example");
});

test("an address that a person gives up is free from the next run on, in any order of writing", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0, batchSize: 1 });
  const ada = addWorker(connected, "Ada");
  await connected.sync("first");
  connected.simulator.control.patchWorker(connected.number, ada, { email: "ada.new@fietsen.example" });
  const noor = addWorker(connected, "Noor", { email: "ada@fietsen.example" });
  assert.ok(ada < noor, "the one who leaves it is written first");
  const run = await connected.sync();
  assert.deepEqual([run.counts.updated, run.counts.created, run.counts.failed], [1, 0, 1]);
  const next = await connected.sync();
  assert.deepEqual([next.counts.created, next.counts.failed], [1, 0]);
});

test("of two people with one number the same person is without it in the next run, also when the other is not created yet", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  addWorker(connected, "Ada", { email: null, employeeNumber: "N-1" });
  const bo = addWorker(connected, "Bo", { employeeNumber: "N-1" });
  await connected.sync("first");
  assert.equal((await personOf(connected, bo)).employee_number, null);
  const again = await connected.sync();
  assert.deepEqual([again.changeSeq, (await personOf(connected, bo)).employee_number], [0, null]);
});
