import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { isIssueCode } from "../../src/domain/catalogue/issue-catalogue.ts";
import { renderIssue } from "../../src/texts/issues.ts";
import { connectEntity, createSyncHouse } from "../support/connected-entity.ts";
import { addWorker, employee, enterByHand, openCodes, openIssues, personOf } from "../support/people.ts";

test("somebody who is in Payflip already is found by e-mail once, and keeps what is theirs", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const workerId = addWorker(house, "Ada", { email: "  ADA@Fietsen.example " });
  const employeeId = await enterByHand(house, {
    email: "ada@fietsen.example",
    firstName: "Ada",
    lastName: "Pieters",
  });
  const before = await employee(house, employeeId);
  const run = await house.sync("first");
  assert.equal(run.counts.linked, 1);
  assert.equal(run.counts.created, 0);
  const after = await employee(house, employeeId);
  assert.deepEqual(
    [after.worker_id, after.account_id, after.email, after.language, after.last_name],
    [workerId, before.account_id, "ada@fietsen.example", "fr", "Peeters"],
  );
  assert.deepEqual(await house.rows("select kind from changes order by seq"), [
    { kind: "link" },
    { kind: "update" },
    { kind: "create" },
  ]);
  assert.equal((await house.rows("select * from accounts")).length, 1);

  house.simulator.control.patchWorker(house.number, workerId, { email: "ada.peeters@fietsen.example" });
  const next = await house.sync();
  assert.equal(next.counts.updated, 1);
  assert.equal((await personOf(house, workerId)).employee_id, employeeId, "the link leads, not the address");
});

test("an address whose both names differ is held until somebody accepts; one name alone is no doubt", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const other = addWorker(house, "Bo");
  const same = addWorker(house, "Cas");
  const held = await enterByHand(house, {
    email: "bo@fietsen.example",
    firstName: "Karel",
    lastName: "Janssens",
  });
  const found = await enterByHand(house, {
    email: "cas@fietsen.example",
    firstName: "Casper",
    lastName: "Peeters",
  });
  const before = await employee(house, held);
  const run = await house.sync("first");
  assert.deepEqual([run.counts.held, run.counts.linked, run.verdict], [1, 1, "needs_attention"]);
  assert.deepEqual(await employee(house, held), before);
  assert.equal((await employee(house, found)).worker_id, same);
  const [issue] = await openIssues(house);
  assert.equal(issue?.code, "AMBIGUOUS_MATCH");
  assert.equal(issue.worker_id, other);
  assert.deepEqual(
    [issue.params["liantisName"], issue.params["payflipName"]],
    ["Bo Peeters", "Karel Janssens"],
  );

  // An admin says that it is the same person: this worker and this employee, and nobody else.
  await house.rows("update issues set status = 'accepted' where code = 'AMBIGUOUS_MATCH'");
  const accepted = await house.sync();
  assert.deepEqual([accepted.counts.held, accepted.counts.linked], [0, 1]);
  const linked = await employee(house, held);
  assert.equal(linked.worker_id, other);
  assert.deepEqual(await openIssues(house), []);
  const rows = await house.rows("select status from issues where code = 'AMBIGUOUS_MATCH'");
  assert.deepEqual(rows, [{ status: "closed" }]);
});

test("an HR admin on the payroll joins with their own account: it is kept, and so is the role", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const accountId = newId();
  const { customerId } = house.scope;
  await house.rows(
    `insert into accounts (account_id, email, customer_id, name, language, password_hash, created_at)
     values ($1, 'dina@fietsen.example', $2, 'Dina', 'en', 'secret', now())`,
    [accountId, customerId],
  );
  await house.rows(
    "insert into memberships (account_id, role, customer_id, sees_wages, created_at) values ($1, 'admin', $2, true, now())",
    [accountId, customerId],
  );
  const standing = async () => [
    await house.rows("select * from accounts"),
    await house.rows("select * from memberships"),
  ];
  const before = await standing();
  const workerId = addWorker(house, "Dina");
  const run = await house.sync("first");
  assert.equal(run.counts.created, 1);
  assert.equal((await personOf(house, workerId)).account_id, accountId);
  assert.deepEqual(await standing(), before);
  assert.deepEqual(await openCodes(house), []);

  house.simulator.control.patchWorker(house.number, workerId, { email: "dina.new@fietsen.example" });
  await house.sync();
  assert.equal((await personOf(house, workerId)).email, "dina.new@fietsen.example");
  assert.deepEqual(await standing(), before, "a sign-in with a role never follows");
});

test("the sign-in of somebody who was invited does not follow their address", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const workerId = addWorker(house, "Elke");
  await house.sync("first");
  await house.rows("update employees set invited_at = now()");
  house.simulator.control.patchWorker(house.number, workerId, { email: "elke.new@fietsen.example" });
  await house.sync();
  const person = await personOf(house, workerId);
  assert.deepEqual([person.email, person.sign_in], ["elke.new@fietsen.example", "elke@fietsen.example"]);
});

test("an address at another entity of the customer is a case for a human: nobody is moved or merged", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { customerId } = house.scope;
  const entityId = await connectEntity(house.database, {
    customerId,
    name: "Fietsen West",
    number: "0440966354",
  });
  const employeeId = await enterByHand(house, {
    email: "fien@fietsen.example",
    firstName: "Fien",
    lastName: "Peeters",
    entityId,
  });
  const before = await employee(house, employeeId);
  const workerId = addWorker(house, "Fien");
  const run = await house.sync("first");
  assert.deepEqual([run.counts.failed, run.counts.created, run.counts.linked], [1, 0, 0]);
  assert.deepEqual(await openCodes(house), [["EMAIL_ALREADY_IN_USE_OTHER_ENTITY", workerId]]);
  assert.deepEqual(await employee(house, employeeId), before);
  assert.deepEqual(await house.rows("select * from links"), []);
});

test("an address of another customer is an issue that reveals nothing", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const other = newId();
  const entityId = await connectEntity(house.database, {
    customerId: other,
    name: "Bakkerij Geheim",
    number: "0440966354",
  });
  const stranger = { firstName: "Zwaantje", lastName: "Verborgen", customerId: other, entityId };
  const employeeId = await enterByHand(house, { ...stranger, email: "gust@fietsen.example" });
  const taken = await employee(house, employeeId);
  const newcomer = addWorker(house, "Gust");
  const linked = addWorker(house, "Hilde");
  await house.sync("first");
  house.simulator.control.patchWorker(house.number, linked, {
    email: "gust@fietsen.example",
    firstName: "Hilda",
  });
  house.simulator.control.removeWorker(house.number, newcomer);
  await house.sync();
  const person = await personOf(house, linked);
  assert.deepEqual([person.email, person.first_name], ["hilde@fietsen.example", "Hilda"]);
  const issues = await openIssues(house);
  assert.deepEqual(await openCodes(house), [["EMAIL_USED_BY_OTHER_CUSTOMER", linked]]);
  for (const { code, params } of issues) {
    assert.ok(isIssueCode(code));
    const texts = (["nl", "fr", "en"] as const).map((language) => renderIssue(code, params, language));
    const said = JSON.stringify([params, texts]);
    for (const secret of ["Zwaantje", "Verborgen", "Geheim", other, employeeId, entityId, "0440966354"])
      assert.ok(!said.includes(secret), secret);
  }
  assert.deepEqual(await employee(house, employeeId), taken);
});

test("somebody who was deactivated is never brought back by a sync", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const first = addWorker(house, "Ida");
  const linked = addWorker(house, "Jef");
  const employeeId = await enterByHand(house, {
    email: "ida@fietsen.example",
    firstName: "Ida",
    lastName: "Peeters",
  });
  await house.rows("update employees set deactivated_at = now(), end_date = '2026-10-31'");
  const before = await employee(house, employeeId);
  const run = await house.sync("first");
  assert.deepEqual([run.counts.held, run.counts.created], [1, 1]);
  assert.deepEqual(await openCodes(house), [["REHIRE_OF_DEACTIVATED_USER", first]]);
  assert.deepEqual(await employee(house, employeeId), before);

  await house.rows(
    "update employees set deactivated_at = now(), row_version = row_version + 1 where email = 'jef@fietsen.example'",
  );
  house.simulator.control.patchWorker(house.number, linked, { lastName: "Peters" });
  await house.sync();
  const jef = await personOf(house, linked);
  assert.deepEqual([jef.last_name, jef.deactivated], ["Peters", true], "their data goes on, they stay out");
  assert.ok(
    (await openCodes(house)).some(([code, id]) => code === "REHIRE_OF_DEACTIVATED_USER" && id === linked),
  );
});

test("one address for two people is nobody's; whoever has it already keeps it", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const [kim, lot] = [addWorker(house, "Kim"), addWorker(house, "Lot", { email: "kim@fietsen.example" })];
  const first = await house.sync("first");
  assert.deepEqual([first.counts.failed, first.counts.created], [2, 0]);
  const duplicate = "EMAIL_DUPLICATE_IN_LIANTIS";
  assert.deepEqual(await openCodes(house), [
    [duplicate, kim],
    [duplicate, lot],
  ]);

  control.patchWorker(house.number, lot, { email: "lot@fietsen.example" });
  assert.equal((await house.sync()).counts.created, 2);
  assert.deepEqual(await openCodes(house), []);

  const mo = addWorker(house, "Mo", { email: "kim@fietsen.example" });
  const run = await house.sync();
  assert.equal(run.counts.failed, 1);
  assert.equal((await personOf(house, kim)).email, "kim@fietsen.example");
  assert.ok((await openCodes(house)).every(([, workerId]) => workerId === mo));
});

test("a colleague's address is not taken over; once it is free, it is", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const [ada, bo] = [addWorker(house, "Ada"), addWorker(house, "Bo")];
  await house.sync("first");
  control.patchWorker(house.number, ada, { email: "bo@fietsen.example" });
  control.patchWorker(house.number, bo, { email: "bo.peeters@fietsen.example" });
  await house.sync();
  await house.sync();
  assert.equal((await personOf(house, ada)).email, "bo@fietsen.example");
  assert.equal((await personOf(house, bo)).email, "bo.peeters@fietsen.example");
  assert.deepEqual(await openCodes(house), []);
});

test("two people who exchange their addresses keep their own until a human looks", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const [ada, bo] = [addWorker(house, "Ada"), addWorker(house, "Bo")];
  await house.sync("first");
  control.patchWorker(house.number, ada, { email: "bo@fietsen.example" });
  control.patchWorker(house.number, bo, { email: "ada@fietsen.example" });
  const run = await house.sync();
  assert.equal(run.verdict, "needs_attention");
  assert.equal((await personOf(house, ada)).email, "ada@fietsen.example");
  assert.equal((await personOf(house, bo)).email, "bo@fietsen.example");
});

test("somebody who comes back under a new id does not take over the person of the old one", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const { control } = house.simulator;
  const old = addWorker(house, "Ada");
  addWorker(house, "Bo");
  await house.sync("first");
  const before = await personOf(house, old);
  control.removeWorker(house.number, old);
  const again = addWorker(house, "Ada");
  const run = await house.sync();
  assert.deepEqual([run.counts.failed, run.counts.absent], [1, 1]);
  assert.deepEqual(await openCodes(house), [["EMAIL_ALREADY_IN_USE_SAME_ENTITY", again]]);
  assert.deepEqual(await personOf(house, old), before);
});

test("the address that a colleague still signs in with is theirs, though Liantis gives it to somebody new", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  const ada = addWorker(house, "Ada");
  await house.sync("first");
  const { employee_id: adaId, account_id: adaAccount } = await personOf(house, ada);
  await house.rows("update employees set invited_at = now() where employee_id = $1", [adaId]);
  house.simulator.control.patchWorker(house.number, ada, { email: "ada.new@fietsen.example" });
  await house.sync();
  const noor = addWorker(house, "Noor", { email: "ada@fietsen.example" });
  const run = await house.sync();
  assert.deepEqual([run.counts.created, run.counts.failed], [0, 1]);
  assert.deepEqual(
    await house.rows("select employee_id from employees where account_id = $1", [adaAccount]),
    [{ employee_id: adaId }],
  );
  const said = (await openIssues(house)).filter((issue) => issue.worker_id === noor);
  assert.deepEqual(
    said.map((issue) => issue.code),
    ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"],
  );
  // Whose sign-in it is gets it back.
  house.simulator.control.patchWorker(house.number, noor, { email: "noor@fietsen.example" });
  house.simulator.control.patchWorker(house.number, ada, { email: "ada@fietsen.example" });
  const back = await house.sync();
  assert.deepEqual([back.counts.created, back.counts.updated], [1, 1]);
  assert.equal((await personOf(house, ada)).email, "ada@fietsen.example");
});

test("an address that somebody leaves behind is free from the next run on, in whichever order people are written", async (t) => {
  const house = await createSyncHouse(t, { workers: 0, batchSize: 1 });
  const ada = addWorker(house, "Ada");
  await house.sync("first");
  house.simulator.control.patchWorker(house.number, ada, { email: "ada.new@fietsen.example" });
  const noor = addWorker(house, "Noor", { email: "ada@fietsen.example" });
  assert.ok(ada < noor, "the one who leaves it is written first");
  const run = await house.sync();
  assert.deepEqual([run.counts.updated, run.counts.created, run.counts.failed], [1, 0, 1]);
  const next = await house.sync();
  assert.deepEqual([next.counts.created, next.counts.failed], [1, 0]);
});

test("of two with one number the same one goes without it the next time, also when the other is not in yet", async (t) => {
  const house = await createSyncHouse(t, { workers: 0 });
  addWorker(house, "Ada", { email: null, employeeNumber: "N-1" });
  const bo = addWorker(house, "Bo", { employeeNumber: "N-1" });
  await house.sync("first");
  assert.equal((await personOf(house, bo)).employee_number, null);
  const again = await house.sync();
  assert.deepEqual([again.changeSeq, (await personOf(house, bo)).employee_number], [0, null]);
});
