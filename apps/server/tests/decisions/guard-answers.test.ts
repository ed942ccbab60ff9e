import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Connection } from "@payflip/contract/connection.ts";
import type { Preview, PreviewOperation } from "@payflip/contract/previews.ts";
import { createApiKey } from "../../src/access/api-keys.ts";
import { newId } from "../../src/postgres/ids.ts";
import { type ConsentedCustomer, counted, createConsentedCustomer } from "../support/consented-customer.ts";
import { contractFields } from "../support/people.ts";
import { call, openProduct, rowsOf, signIn } from "../support/product.ts";

const product = await openProduct({ after });
const { control } = product.simulator;

async function openHold(consented: ConsentedCustomer): Promise<Connection["openHolds"][number]> {
  const { body } = await consented.api("GET", `/entities/${consented.customer.entityId}/liantis`);
  const [hold] = (body as unknown as Connection).openHolds;
  assert.ok(hold, "something is held");
  return hold;
}

async function preview(consented: ConsentedCustomer, query = "?limit=200"): Promise<Preview> {
  const asked = await consented.api("POST", "previews", { mode: "full" });
  await consented.work(asked.body["previewId"]);
  const { body } = await consented.api("GET", `/previews/${String(asked.body["previewId"])}${query}`);
  return body as unknown as Preview;
}

async function crowd(
  people: number,
  fields?: Record<string, unknown>,
): Promise<[ConsentedCustomer, string[]]> {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const ids = Array.from({ length: people }, (_, person) =>
    consented.add(`Pers${String(person).padStart(2, "0")}`, fields),
  );
  assert.equal((await consented.sync("first")).verdict, "in_order");
  return [consented, ids];
}

test("a hold of a run names who is missing, and a preview of it too", async () => {
  const [consented, ids] = await crowd(8);
  const away = ids.slice(0, 4);
  control.removeWorker(consented.number, String(away[0]));
  await consented.sync();
  for (const id of away.slice(1)) control.removeWorker(consented.number, id);
  const held = await consented.sync();
  assert.equal(held.verdict, "held");
  const hold = await openHold(consented);
  assert.deepEqual(
    [
      hold.peopleTotal,
      hold.emptied,
      hold.people.map(({ workerId, name, employeeNumber }) => [workerId, name, employeeNumber]),
    ],
    [3, [], away.slice(1).map((id, index) => [id, `Pers0${index + 1} Peeters`, `N-Pers0${index + 1}`])],
  );
  const [first] = hold.people;
  const person = await consented.api("GET", `/employees/${String(first?.employeeId)}`);
  assert.equal(person.body["firstName"], "Pers01");
  const run = await consented.api("GET", `/syncs/${held.runId}`);
  assert.deepEqual((run.body["holds"] as Connection["openHolds"])[0]?.people, hold.people);

  const made = await preview(consented, "?limit=200&bucket=absent");
  assert.equal(made.counts.absent, 4);
  assert.deepEqual(
    made.operations.items.map(({ workerId, employeeName, absentSince }) => [
      workerId,
      employeeName,
      absentSince === null,
    ]),
    away.map((id, index) => [id, `Pers0${index} Peeters`, index > 0]),
    "also who was missing before, and since when",
  );
});

test("of many missing people the first fifty are named, and only those whom the viewer may see", async () => {
  const [consented] = await crowd(60);
  for (const id of control.workerIds(consented.number).slice(0, 58))
    control.removeWorker(consented.number, id);
  assert.equal((await consented.sync()).verdict, "held");
  const hold = await openHold(consented);
  assert.deepEqual([hold.people.length, hold.peopleTotal], [50, 58]);
  assert.equal(hold.people[0]?.name, "Pers00 Peeters");
  const { customerId, entityId } = consented.customer;
  const elsewhere = newId();
  await rowsOf(
    product,
    `insert into entities (customer_id, entity_id, name, created_at) values ($1, $2, 'Elders', now())`,
    [customerId, elsewhere],
  );
  await rowsOf(
    product,
    "update employees set entity_id = $2 where entity_id = $1 and first_name = 'Pers00'",
    [entityId, elsewhere],
  );
  const limited = { customerId, role: "admin" as const, entityIds: [entityId], wages: true };
  const key = await createApiKey(product.database.db, limited, product.clock.now);
  const { body } = await call(product, { key }, { method: "GET", path: `/entities/${entityId}/liantis` });
  const [seen] = (body as unknown as Connection).openHolds;
  assert.deepEqual([seen?.people.length, seen?.people[0]?.name], [50, "Pers01 Peeters"]);
});

test("a hold of a field that emptied names the people who had it", async () => {
  const [consented, ids] = await crowd(5);
  for (const id of ids.slice(0, 3)) consented.change(id, { employeeNumber: null });
  assert.equal((await consented.sync()).verdict, "held");
  const { people, peopleTotal, emptied } = await openHold(consented);
  assert.deepEqual([people, peopleTotal], [[], 0]);
  assert.deepEqual(
    emptied.map((one) => [one.field, one.peopleTotal, one.people.map(({ workerId }) => workerId)]),
    [["employeeNumber", 3, ids.slice(0, 3)]],
  );
});

test("a preview says why a person would be held or fail", async () => {
  const [consented, ids] = await crowd(8);
  const [an, bea] = ids.map(String);
  consented.change(String(an), {
    wageContracts: [contractFields(`${String(an)}-1`, { grossAmount: "30000" })],
  });
  consented.change(String(bea), { email: null });
  const newcomer = consented.add("Els", { email: null, employeeNumber: "SECRET-7" });
  const unusual = consented.add("Fons", {
    wageContracts: [contractFields("odd-1", { startDate: "2025-03-01", workRegimePercentage: "140" })],
  });
  const unreadable = consented.add("Gust", { employmentStartDate: 7, firstName: 7, wageContracts: "none" });
  const made = await preview(consented);
  const shown = Object.fromEntries(made.operations.items.map((one) => [one.workerId, one]));
  assert.deepEqual(counted(made), { fetched: 11, unchanged: 7, held: 2, failed: 2 });
  assert.match(shown[unreadable]?.issues[0]?.cause ?? "", /\S/);
  const codesOf = (one: PreviewOperation | undefined) => [
    one?.bucket,
    one?.issues.map(({ code }) => code),
    one?.reasons.map(({ code }) => code),
  ];
  assert.deepEqual(codesOf(shown[String(an)]), ["held", [], ["WAGE_UP"]]);
  assert.match(shown[String(an)]?.reasons[0]?.text ?? "", /01\/05\/2024 becomes at least 1\.5 times as high/);
  assert.deepEqual(codesOf(shown[newcomer]), ["failed", ["EMAIL_MISSING"], []]);
  assert.equal(shown[newcomer]?.issues[0]?.cause, "E-mail address missing");
  assert.match(shown[newcomer]?.issues[0]?.remedy ?? "", /fill in the e-mail address/);
  assert.deepEqual(codesOf(shown[unusual]), ["held", ["REGIME_OVER_100"], ["WAGE_REGIME_OVER"]]);
  assert.equal(shown[unusual]?.reasons[0]?.text, "The work regime of a wage contract is over 110 %.");
  // Random ids and the hash aside, in which any digits may stand.
  const kept = await rowsOf<{ row: string }>(
    product,
    `select (to_jsonb(o) - array['customer_id', 'preview_id', 'entity_id', 'plan_hash'])::text as row
     from preview_operations o where worker_id = any ($1)`,
    [[newcomer, unusual]],
  );
  assert.equal(kept.length, 2);
  assert.doesNotMatch(JSON.stringify(kept), /SECRET-7|2025-03-01|140/, "of strangers only codes are kept");
  await assertWagesUntold(consented, made.id, String(an));
});

/** Without the right to see wages, the answer says that a wage is held and hides its values. */
async function assertWagesUntold(
  { customer }: ConsentedCustomer,
  previewId: string,
  workerId: string,
): Promise<void> {
  await rowsOf(product, "update memberships set sees_wages = false where account_id = $1", [
    customer.accountId,
  ]);
  const blind = await signIn(product, customer);
  const { body } = await call(product, blind, { method: "GET", path: `/previews/${previewId}` });
  const { operations } = body as unknown as Preview;
  const [reason] = operations.items.find((one) => one.workerId === workerId)?.reasons ?? [];
  assert.deepEqual([reason?.code, reason?.params], ["WAGE_UP", { factor: "1.5" }]);
  assert.match(
    reason?.text ?? "",
    /^Het brutoloon van een looncontract wordt|^The gross wage of a wage contract becomes/,
  );
}
