import assert from "node:assert/strict";
import test from "node:test";
import { listIssues } from "../../src/decisions/list-issues.sql.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { createConnectedEntity } from "../support/connected-entity.ts";

test("a first run creates all people; the same listing again changes no person and writes no business row", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 60 });
  const first = await connected.sync("first");
  assert.equal(first.status, "finished");
  assert.equal(first.counts.fetched, 60);
  assert.equal(first.counts.created + first.counts.failed, 60);
  assert.ok(first.counts.created > 50);
  const before = await connected.rows(
    "select employee_id, row_version, updated_at, xmin::text from employees order by 1",
  );
  const links = await connected.rows("select worker_id, xmin::text from links order by 1");
  const contracts = await connected.rows(
    "select employee_id, contract_id, xmin::text from wage_contracts order by 1, 2",
  );
  assert.equal(before.length, first.counts.created);

  const again = await connected.sync();
  assert.deepEqual({ ...again.counts }, { ...first.counts, created: 0, unchanged: first.counts.created });
  assert.deepEqual(
    await connected.rows("select employee_id, row_version, updated_at, xmin::text from employees order by 1"),
    before,
  );
  assert.deepEqual(await connected.rows("select worker_id, xmin::text from links order by 1"), links);
  assert.deepEqual(
    await connected.rows("select employee_id, contract_id, xmin::text from wage_contracts order by 1, 2"),
    contracts,
  );
  assert.deepEqual(await connected.rows("select * from changes where run_id = $1", [again.runId]), []);
  assert.deepEqual(
    await connected.rows("select * from staged_workers union all select * from staged_workers"),
    [],
  );
});

test("an e-mail, a wage and a name changed in Liantis are exactly the changes of the next run", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 20 });
  await connected.sync("first");
  const people = await connected.rows<{
    worker_id: string;
    first_name: string;
    email: string;
    employee_id: string;
  }>(
    "select l.worker_id, e.* from links l join employees e using (customer_id, employee_id) order by l.worker_id",
  );
  const [one, two, three] = people;
  assert.ok(one && two && three);
  const { control } = connected.simulator;
  control.patchWorker(connected.number, one.worker_id, { email: " Nieuw.Adres@Fietsen.example " });
  control.patchWorker(connected.number, two.worker_id, { firstName: "Zoé" });
  const worker = control.worker(connected.number, three.worker_id) as { wageContracts: unknown };
  const contracts = worker.wageContracts as {
    contractId: string;
    wageType: string;
    grossAmount: string;
  }[];
  const raised = contracts.map((contract, index) =>
    index === contracts.length - 1
      ? { ...contract, grossAmount: contract.wageType === "MONTHLY" ? "4321.09" : "31.5" }
      : contract,
  );
  control.patchWorker(connected.number, three.worker_id, { wageContracts: raised });

  const run = await connected.sync();
  assert.equal(run.counts.updated, 3);
  const changes = await connected.rows<{
    worker_id: string;
    fields: Record<string, [string | null, string | null]>;
  }>("select worker_id, fields from changes where run_id = $1 order by seq", [run.runId]);
  const changesOf = (workerId: string) =>
    changes.filter((change) => change.worker_id === workerId).map((change) => change.fields);
  assert.deepEqual(changesOf(one.worker_id), [{ email: [one.email, "nieuw.adres@fietsen.example"] }]);
  assert.deepEqual(changesOf(two.worker_id), [{ firstName: [two.first_name, "Zoé"] }]);
  const [wage] = changesOf(three.worker_id);
  assert.ok(wage?.["grossAmount"]);
  assert.equal(changes.length, 3);
  const account = await connected.rows(
    "select a.email from accounts a join employees e using (account_id) where e.employee_id = $1",
    [one.employee_id],
  );
  assert.deepEqual(
    account,
    [{ email: "nieuw.adres@fietsen.example" }],
    "an uninvited person's sign-in follows",
  );
  assert.equal((await connected.sync()).counts.updated, 0);
});

test("a person without e-mail is an issue; once added in Liantis they are there and the issue is closed", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 5 });
  const [workerId] = connected.simulator.control.workerIds(connected.number);
  assert.ok(workerId);
  connected.simulator.control.patchWorker(connected.number, workerId, { email: null });
  const first = await connected.sync("first");
  assert.equal(first.verdict, "needs_attention");
  const issues = () =>
    connected.rows<{ code: string; status: string; runs: number }>(
      "select code, status, runs from issues where worker_id = $1 and code = 'EMAIL_MISSING'",
      [workerId],
    );
  assert.deepEqual(await issues(), [{ code: "EMAIL_MISSING", status: "open", runs: 1 }]);
  await connected.sync();
  assert.deepEqual(await issues(), [{ code: "EMAIL_MISSING", status: "open", runs: 2 }]);
  connected.simulator.control.patchWorker(connected.number, workerId, { email: "daar@fietsen.example" });
  const fixed = await connected.sync();
  assert.equal(fixed.counts.created, 1);
  assert.deepEqual(await issues(), [{ code: "EMAIL_MISSING", status: "closed", runs: 2 }]);
});

test("an issue names its person, also one who is not created yet", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 5 });
  const [workerId] = connected.simulator.control.workerIds(connected.number);
  assert.ok(workerId);
  connected.simulator.control.patchWorker(connected.number, workerId, {
    email: null,
    firstName: "Inès",
    lastName: "d'Hondt",
  });
  await connected.sync("first");
  const filter = {
    customerId: connected.scope.customerId,
    entityId: connected.entityId,
    issueId: null,
    status: null,
    codes: null,
    employeeId: null,
  };
  const { issues } = await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
    listIssues(trx, filter, { limit: 10, after: null }),
  );
  assert.equal(issues.find((issue) => issue.workerId === workerId)?.employeeName, "Inès d'Hondt");
});
