import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import {
  type Answer,
  call,
  type Caller,
  connectionOf,
  createCustomer,
  grantConsent,
  openProduct,
  rowsOf,
  signIn,
  type TestCustomer,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator } = product;
afterEach(() => simulator.control.clearFaults());

interface Setting {
  employer: ReturnType<typeof createEmployer>;
  customer: TestCustomer;
  caller: Caller & { session: string };
}

async function prepareGranted(options: { migrated?: boolean; workers?: number } = {}): Promise<Setting> {
  const employer = createEmployer(simulator, { workers: options.workers ?? 3 });
  const customer = await createCustomer(product, { ...options, vatNumber: employer.enterpriseNumber });
  const setting = { employer, customer, caller: await signIn(product, customer) };
  await grantConsent(product, setting);
  return setting;
}

function step({ customer }: Setting, caller: Caller, name: string, body: object = {}): Promise<Answer> {
  const method = name === "mode" ? "PUT" : name === "preview-count" ? "GET" : "POST";
  return call(product, caller, { method, path: `/entities/${customer.entityId}/liantis/${name}`, body });
}

function runsOf({
  customer,
}: Setting): Promise<{ run_id: string; trigger: string; status: string; requested_by: string }[]> {
  return rowsOf(product, "select * from runs where entity_id = $1 order by created_at", [customer.entityId]);
}

/** Paused by the tick after 28 days in which every run failed. */
async function prepareFailing(): Promise<Setting> {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  const { entityId } = setting.customer;
  await rowsOf(
    product,
    "update runs set status = 'finished', verdict = 'failed', error_code = 'LIANTIS_UNAVAILABLE' where entity_id = $1",
    [entityId],
  );
  await rowsOf(
    product,
    "update connections set state = 'paused', paused_reason = 'failing' where entity_id = $1",
    [entityId],
  );
  return setting;
}

async function setVat({ customer }: Setting, vatNumber: string): Promise<void> {
  await product.database.owner.query("update entities set vat_number = $2 where entity_id = $1", [
    customer.entityId,
    vatNumber,
  ]);
}

test("confirming makes the connection active and queues the first run, both or neither", async () => {
  const setting = await prepareGranted();
  const { status, body } = await step(setting, setting.caller, "confirmation", { mode: "full" });
  assert.equal(status, 202);
  const connection = await connectionOf(product, setting.customer);
  assert.deepEqual([connection?.state, connection?.mode], ["active", "full"]);
  const runs = await runsOf(setting);
  assert.deepEqual(
    runs.map((run) => [run.run_id, run.trigger, run.status, run.requested_by]),
    [[body["runId"], "first", "queued", setting.customer.accountId]],
  );
  const jobs = await rowsOf<{ data: { runId: string } }>(
    product,
    "select data from pgboss.job where name = 'sync' and data->>'runId' = $1",
    [body["runId"]],
  );
  assert.equal(jobs.length, 1);
});

test("when the run cannot be queued the connection does not become active", async () => {
  const setting = await prepareGranted();
  const { requestRun } = product.deps;
  product.deps.requestRun = () => Promise.reject(new Error("the queue is gone"));
  const failed = await step(setting, setting.caller, "confirmation", { mode: "full" });
  product.deps.requestRun = requestRun;
  assert.deepEqual([failed.status, failed.body["code"]], [500, "INTERNAL"]);
  assert.equal((await connectionOf(product, setting.customer))?.state, "choosing");
  assert.equal((await step(setting, setting.caller, "confirmation", { mode: "full" })).status, 202);
});

test("two admins, a double click or Back confirm the same run", async () => {
  const setting = await prepareGranted();
  const second = await signIn(product, setting.customer);
  const answers = await Promise.all(
    [setting.caller, second, setting.caller, second].map((caller) =>
      step(setting, caller, "confirmation", { mode: "full" }),
    ),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [202, 202, 202, 202],
  );
  assert.equal(new Set(answers.map(({ body }) => body["runId"])).size, 1);
  assert.equal((await runsOf(setting)).length, 1);
});

test("two admins who both consent can both continue", async () => {
  const setting = await prepareGranted();
  const second = { ...setting, caller: await signIn(product, setting.customer) };
  await grantConsent(product, second);
  assert.equal((await connectionOf(product, setting.customer))?.state, "choosing");
  assert.equal((await step(setting, second.caller, "confirmation", { mode: "full" })).status, 202);
  await grantConsent(product, setting);
  assert.equal((await connectionOf(product, setting.customer))?.state, "active");
});

test("customers of the former flex plan cannot choose the full sync", async () => {
  const setting = await prepareGranted({ migrated: true });
  for (const name of ["confirmation", "mode"]) {
    const { status, body } = await step(setting, setting.caller, name, { mode: "full" });
    assert.deepEqual([status, body["code"]], [403, "FULL_SYNC_NOT_ALLOWED"]);
    assert.match(String(body["remedy"]), /selective/);
  }
  assert.equal((await connectionOf(product, setting.customer))?.state, "choosing");
});

test("nothing can be confirmed or counted before the consent", async () => {
  const employer = createEmployer(simulator);
  const customer = await createCustomer(product, { vatNumber: employer.enterpriseNumber });
  const setting = { employer, customer, caller: await signIn(product, customer) };
  for (const name of ["confirmation", "preview-count", "disable", "enable"]) {
    const { status, body } = await step(setting, setting.caller, name, { mode: "full" });
    assert.deepEqual([status, body["code"]], [409, "WRONG_STATE"], name);
  }
});

test("a number that changed after the consent is not confirmed under another's consent", async () => {
  const setting = await prepareGranted();
  await setVat(setting, "0403019261");
  const { status, body } = await step(setting, setting.caller, "confirmation", { mode: "full" });
  assert.deepEqual([status, body["code"]], [409, "CONSENT_STATE_MISMATCH"]);
  assert.equal(
    (await connectionOf(product, setting.customer))?.enterprise_number,
    setting.employer.enterpriseNumber,
  );
});

test("the head-count is Liantis' own total, and no person is stored for it", async () => {
  const setting = await prepareGranted({ workers: 12 });
  const { status, body } = await step(setting, setting.caller, "preview-count");
  assert.equal(status, 200);
  assert.deepEqual(body, { workers: simulator.control.workerIds(setting.employer.enterpriseNumber).length });
  assert.deepEqual(await rowsOf(product, "select 1 from staged_workers"), []);
  simulator.control.armFault({ kind: "unavailable", always: true });
  const busy = await step(setting, setting.caller, "preview-count");
  assert.deepEqual([busy.status, busy.body["code"]], [503, "LIANTIS_UNAVAILABLE"]);
});

test("disabling ends open runs and keeps all data; enabling needs no new consent", async () => {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  const off = await step(setting, setting.caller, "disable");
  assert.deepEqual([off.status, off.body], [200, { state: "disabled" }]);
  assert.deepEqual(
    (await runsOf(setting)).map(({ status }) => status),
    ["cancelled"],
  );
  assert.equal((await step(setting, setting.caller, "disable")).status, 200);
  const refused = await step(setting, setting.caller, "confirmation", { mode: "full" });
  assert.equal(refused.body["code"], "WRONG_STATE");
  const enabled = await step(setting, setting.caller, "enable");
  assert.deepEqual([enabled.status, enabled.body], [200, { state: "active" }]);
  assert.equal((await connectionOf(product, setting.customer))?.mode, "full");
});

test("enabling after a revoked consent waits for a new consent, which starts a run at once", async () => {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  await step(setting, setting.caller, "disable");
  simulator.control.setConsent(setting.employer.enterpriseNumber, "revoked");
  assert.deepEqual((await step(setting, setting.caller, "enable")).body, { state: "paused" });
  assert.equal((await connectionOf(product, setting.customer))?.paused_reason, "consent_revoked");
  await grantConsent(product, setting);
  const connection = await connectionOf(product, setting.customer);
  assert.deepEqual(
    [connection?.state, connection?.mode, connection?.paused_reason],
    ["active", "full", null],
  );
});

test("enabling while company details name another company pauses the connection, and the consent for it asks for a choice again", async () => {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  await step(setting, setting.caller, "disable");
  const next = createEmployer(simulator);
  await setVat(setting, next.enterpriseNumber);
  assert.deepEqual((await step(setting, setting.caller, "enable")).body, { state: "paused" });
  assert.equal((await connectionOf(product, setting.customer))?.paused_reason, "number_changed");
  await grantConsent(product, { ...setting, employer: next });
  const connection = await connectionOf(product, setting.customer);
  assert.deepEqual([connection?.state, connection?.enterprise_number], ["choosing", next.enterpriseNumber]);
});

test("a connection that failed for 28 days is switched on again where it stopped, and tried at once", async () => {
  const setting = await prepareFailing();
  const [enabled, again] = await Promise.all([1, 2].map(() => step(setting, setting.caller, "enable")));
  assert.deepEqual(
    [enabled?.status, enabled?.body, again?.body],
    [200, { state: "active" }, { state: "active" }],
  );
  const connection = await connectionOf(product, setting.customer);
  assert.deepEqual(
    [connection?.state, connection?.mode, connection?.paused_reason],
    ["active", "full", null],
  );
  const queued = (await runsOf(setting)).filter(({ status }) => status === "queued");
  assert.deepEqual(
    queued.map(({ trigger, requested_by }) => [trigger, requested_by]),
    [["manual", setting.customer.accountId]],
  );
  const jobs = await rowsOf(product, "select from pgboss.job where name = 'sync' and data->>'runId' = $1", [
    queued[0]?.run_id,
  ]);
  assert.equal(jobs.length, 1);
  const entries = await rowsOf(
    product,
    "select from audit_entries where entity_id = $1 and action = 'connection.enabled'",
    [setting.customer.entityId],
  );
  assert.equal(entries.length, 1, "whoever came second did nothing");
});

test("a connection that failed for 28 days stays paused while Liantis does not answer, or for a cause that was added meanwhile", async () => {
  const silent = await prepareFailing();
  simulator.control.armFault({ kind: "unavailable", always: true });
  const refused = await step(silent, silent.caller, "enable");
  assert.deepEqual([refused.status, refused.body["code"]], [503, "LIANTIS_UNAVAILABLE"]);
  assert.equal((await connectionOf(product, silent.customer))?.paused_reason, "failing");
  simulator.control.clearFaults();
  const renamed = await prepareFailing();
  await setVat(renamed, createEmployer(simulator).enterpriseNumber);
  const revoked = await prepareFailing();
  simulator.control.setConsent(revoked.employer.enterpriseNumber, "revoked");
  for (const [setting, reason] of [
    [renamed, "number_changed"],
    [revoked, "consent_revoked"],
  ] as const) {
    assert.deepEqual((await step(setting, setting.caller, "enable")).body, { state: "paused" });
    assert.equal((await connectionOf(product, setting.customer))?.paused_reason, reason);
    assert.deepEqual(
      (await runsOf(setting)).filter(({ status }) => status === "queued"),
      [],
    );
    // Consent that is there again at Liantis, without a receipt of ours, is not enough.
    simulator.control.setConsent(setting.employer.enterpriseNumber, "granted");
    const still = await step(setting, setting.caller, "enable");
    assert.deepEqual([still.status, still.body["code"]], [409, "WRONG_STATE"]);
  }
});

test("choosing the mode that is chosen already starts nothing", async () => {
  const setting = await prepareGranted();
  const { body } = await step(setting, setting.caller, "confirmation", { mode: "full" });
  await product.database.owner.query("update runs set status = 'finished', verdict = 'in_order'");
  const again = await step(setting, setting.caller, "mode", { mode: "full" });
  assert.deepEqual([again.status, again.body], [202, body]);
  assert.equal((await runsOf(setting)).length, 1);
});

test("links and choices end with the company they were made for: another one's workers may have the same ids", async () => {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  const { customerId, entityId } = setting.customer;
  const link = async () => {
    const [employeeId, accountId] = [newId(), newId()];
    const { owner } = product.database;
    await owner.query(
      `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
         start_date, created_at, updated_at) values ($1, $2, $3, $4, $5, 'Ann', 'Peeters', '', 'nl', '2020-01-01', now(), now())`,
      [customerId, employeeId, entityId, accountId, `${employeeId}@fietsen.example`],
    );
    await owner.query(
      "insert into links (customer_id, entity_id, worker_id, employee_id, linked_at) values ($1, $2, 'W-1', $3, now())",
      [customerId, entityId, employeeId],
    );
  };
  const links = () =>
    rowsOf(
      product,
      "select worker_id from links where entity_id = $1 union all select worker_id from choices where entity_id = $1",
      [entityId],
    );
  await link();
  await product.database.owner.query(
    "insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at) values ($1, $2, 'W-1', 'excluded', now())",
    [customerId, entityId],
  );
  await grantConsent(product, setting);
  assert.equal(
    (await links()).length,
    2,
    "a new consent for the same company keeps them, and what was chosen",
  );
  const next = createEmployer(simulator);
  await setVat(setting, next.enterpriseNumber);
  await grantConsent(product, { ...setting, employer: next });
  assert.deepEqual(await links(), []);
  const people = await rowsOf(product, "select from employees where entity_id = $1", [entityId]);
  assert.equal(people.length, 1, "the people stay");
});

test("the audit records each action and its actor, without names or addresses", async () => {
  const setting = await prepareGranted();
  await step(setting, setting.caller, "confirmation", { mode: "full" });
  await step(setting, setting.caller, "disable");
  await step(setting, setting.caller, "enable");
  const entries = await rowsOf<{ actor: string; action: string }>(
    product,
    "select actor, action from audit_entries where entity_id = $1 order by action",
    [setting.customer.entityId],
  );
  assert.deepEqual(
    entries.map(({ action }) => action),
    ["connection.confirmed", "connection.disabled", "connection.enabled", "consent.granted"],
  );
  assert.ok(entries.every(({ actor }) => actor === `account:${setting.customer.accountId}`));
});
