import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Issue, issuePage } from "@payflip/contract/issues.ts";
import { formatEnterpriseNumber } from "../../src/domain/values/enterprise-number.ts";
import { newId } from "../../src/postgres/ids.ts";
import {
  call,
  type Caller,
  connectionOf,
  createCustomer,
  grantConsent,
  openProduct,
  publicUrl,
  rowsOf,
  signIn,
  type TestCustomer,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator } = product;

interface Setting {
  employer: ReturnType<typeof createEmployer>;
  customer: TestCustomer;
  caller: Caller & { session: string };
}

/** Connected in full mode. */
async function prepareActive(): Promise<Setting> {
  const employer = createEmployer(simulator, { workers: 3 });
  const customer = await createCustomer(product, { vatNumber: employer.enterpriseNumber });
  const setting = { employer, customer, caller: await signIn(product, customer) };
  await grantConsent(product, setting);
  await act(setting, "confirmation", { mode: "full" });
  assert.equal((await connectionOf(product, customer))?.state, "active");
  return setting;
}

function act({ customer, caller }: Setting, name: string, body: object = {}) {
  return call(product, caller, {
    method: "POST",
    path: `/entities/${customer.entityId}/liantis/${name}`,
    body,
  });
}

async function setVat({ customer, caller }: Setting, vatNumber: string | null): Promise<void> {
  const path = `/entities/${customer.entityId}`;
  const { status } = await call(product, caller, { method: "PATCH", path, body: { vatNumber } });
  assert.equal(status, 200);
}

async function issuesOf({ customer, caller }: Setting, status: "open" | "closed" = "open"): Promise<Issue[]> {
  const path = `/entities/${customer.entityId}/issues?status=${status}`;
  return issuePage.parse((await call(product, caller, { method: "GET", path })).body).items;
}

const code = "VAT_CHANGED_SINCE_ACTIVATION";

test("another number in company details is an issue while the connection rests, and no longer once the old number is back", async () => {
  const setting = await prepareActive();
  const consented = setting.employer.enterpriseNumber;
  const next = createEmployer(simulator).enterpriseNumber;
  await setVat(setting, next);
  assert.equal((await connectionOf(product, setting.customer))?.paused_reason, "number_changed");
  const [issue, ...others] = await issuesOf(setting);
  assert.deepEqual(others, []);
  assert.deepEqual([issue?.code, issue?.severity, issue?.who, issue?.runs], [code, "error", "customer", 0]);
  assert.equal(issue?.link, `${publicUrl}/settings/integrations/liantis?entity=${setting.customer.entityId}`);
  for (const number of [consented, next])
    assert.ok(issue?.cause.includes(formatEnterpriseNumber(number)), issue?.cause);
  product.clock.now = new Date(product.clock.now.getTime() + 60_000);
  await setVat(setting, null);
  const [later] = await issuesOf(setting);
  assert.deepEqual([later?.id, later?.firstSeenAt], [issue?.id, issue?.firstSeenAt]);
  assert.equal(later?.lastSeenAt, product.clock.now.toISOString());
  assert.match(String(later?.cause), /not filled in/);
  await setVat(setting, consented);
  assert.equal((await connectionOf(product, setting.customer))?.state, "active");
  assert.deepEqual(await issuesOf(setting), []);
  assert.deepEqual(
    (await issuesOf(setting, "closed")).map((one) => one.code),
    [code],
  );
});

test("switching on for another number keeps the issue that says why the connection rests; consent for that number closes it", async () => {
  const setting = await prepareActive();
  await act(setting, "disable");
  const next = createEmployer(simulator, { workers: 2 });
  await setVat(setting, next.enterpriseNumber);
  assert.deepEqual(await issuesOf(setting), []);
  assert.deepEqual((await act(setting, "enable")).body, { state: "paused" });
  assert.deepEqual(
    (await issuesOf(setting)).map((one) => one.code),
    [code],
  );
  // The old number comes back while the connection is switched off: no issue is left.
  await act(setting, "disable");
  await setVat(setting, setting.employer.enterpriseNumber);
  assert.deepEqual(await issuesOf(setting), []);
  await setVat(setting, next.enterpriseNumber);
  await act(setting, "enable");
  await grantConsent(product, { ...setting, employer: next });
  assert.equal((await connectionOf(product, setting.customer))?.state, "choosing");
  assert.deepEqual(await issuesOf(setting), []);
});

test("issues and decisions about the workers of a former company end with it; the people stay", async () => {
  const setting = await prepareActive();
  await fillWithDecisions(setting);
  const expected = {
    links: 1,
    choices: 1,
    unlinked_pairs: 1,
    "issues not closed": 2,
    "holds open": 2,
    "rejections that stand": 1,
    "tasks open": 1,
    "tasks remembered": 1,
    "cases open": 1,
    employees: 1,
  };
  assert.deepEqual(await countsOf(setting), expected);
  await grantConsent(product, setting);
  assert.deepEqual(await countsOf(setting), expected, "a new consent for the same company ends nothing");
  const next = createEmployer(simulator, { workers: 2 });
  await setVat(setting, next.enterpriseNumber);
  await grantConsent(product, { ...setting, employer: next });
  assert.deepEqual(await countsOf(setting), {
    ...Object.fromEntries(Object.keys(expected).map((name) => [name, 0])),
    employees: 1,
  });
});

async function countsOf({ customer }: Setting): Promise<Record<string, number>> {
  const parts = {
    links: "from links where true",
    choices: "from choices where true",
    unlinked_pairs: "from unlinked_pairs where true",
    "issues not closed": "from issues where status <> 'closed'",
    "holds open": "from holds where status = 'open'",
    "rejections that stand": "from holds where status = 'rejected' and over_at is null",
    "tasks open": "from tasks where status = 'open'",
    "tasks remembered": "from tasks where status = 'done' and over_at is null",
    "cases open": "from cases where status = 'open'",
    employees: "from employees where true",
  };
  const counted: Record<string, number> = {};
  for (const [name, part] of Object.entries(parts)) {
    const [row] = await rowsOf<{ count: number }>(
      product,
      `select count(*)::int as count ${part} and entity_id = $1`,
      [customer.entityId],
    );
    counted[name] = row?.count ?? -1;
  }
  return counted;
}

/** Worker W-1 with a row in every table about a worker and an entity. */
async function fillWithDecisions({ customer: { customerId, entityId } }: Setting): Promise<void> {
  const [employeeId, accountId, otherEntity] = [newId(), newId(), newId()];
  const insert = (table: string, values: Record<string, unknown>) => {
    const row = { customer_id: customerId, entity_id: entityId, ...values };
    const places = Object.keys(row).map((_, index) => `$${index + 1}`);
    return rowsOf(
      product,
      `insert into ${table} (${Object.keys(row).join(", ")}) values (${places.join(", ")})`,
      Object.values(row),
    );
  };
  const createdAt = "2026-11-20T10:00:00Z";
  await insert("entities", { entity_id: otherEntity, name: "Another", created_at: createdAt });
  const person = { email: `${employeeId}@fietsen.example`, first_name: "Ann", last_name: "Peeters" };
  const employee = { employee_id: employeeId, account_id: accountId, ...person };
  await insert("employees", {
    ...employee,
    search_text: "",
    language: "nl",
    start_date: "2020-01-01",
    created_at: createdAt,
    updated_at: createdAt,
  });
  const worker = { worker_id: "W-1" };
  await insert("links", { ...worker, employee_id: employeeId, linked_at: createdAt });
  await insert("choices", { ...worker, choice: "excluded", first_seen_at: createdAt });
  await insert("unlinked_pairs", { worker_id: "W-2", employee_id: employeeId, unlinked_at: createdAt });
  const seen = { first_seen_at: createdAt, last_seen_at: createdAt };
  const issue = { ...worker, params: "{}", last_run_id: newId(), ...seen };
  await insert("issues", { ...issue, issue_id: newId(), code: "EMAIL_MISSING", status: "open" });
  await insert("issues", { ...issue, issue_id: newId(), code: "AMBIGUOUS_MATCH", status: "accepted" });
  const [run] = await rowsOf<{ run_id: string }>(product, "select run_id from runs where entity_id = $1", [
    entityId,
  ]);
  const hold = { run_id: run?.run_id, reasons: "[]", fingerprint: "f", created_at: createdAt };
  await insert("holds", { ...hold, hold_id: newId(), kind: "source", status: "open" });
  await insert("holds", { ...hold, ...worker, hold_id: newId(), kind: "reverted", status: "open" });
  await insert("holds", { ...hold, ...worker, hold_id: newId(), kind: "wage", status: "rejected" });
  const task = { ...worker, ...seen };
  await insert("tasks", { ...task, task_id: newId(), kind: "leaver", status: "open" });
  await insert("tasks", { ...task, task_id: newId(), kind: "contract_ending", status: "done" });
  await insert("cases", {
    ...worker,
    case_id: newId(),
    from_entity_id: otherEntity,
    kind: "entity_move",
    employee_id: employeeId,
    records: "{}",
    status: "open",
    opened_at: createdAt,
    last_seen_at: createdAt,
  });
}
