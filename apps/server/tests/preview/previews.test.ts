import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import type { Preview } from "@payflip/contract/previews.ts";
import { deleteOutdated } from "../../src/queue/housekeeping.ts";
import { call, openProduct, rowsOf, signIn } from "../support/product.ts";
import { counted, createConsentedCustomer, type ConsentedCustomer } from "../support/consented-customer.ts";
import { contractFields } from "../support/people.ts";

const product = await openProduct({ after });
const { control } = product.simulator;
afterEach(() => control.clearFaults());

async function look(
  consented: ConsentedCustomer,
  previewId: unknown,
  query = "?limit=200",
): Promise<Preview> {
  const { status, body } = await consented.api("GET", `/previews/${String(previewId)}${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as Preview;
}

async function preview(consented: ConsentedCustomer, body: object): Promise<Preview & { hash: string }> {
  const asked = await consented.api("POST", "previews", body);
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  await consented.work(asked.body["previewId"]);
  const made = await look(consented, asked.body["previewId"]);
  assert.equal(made.status, "ready", JSON.stringify(made.error));
  assert.ok(made.hash);
  return { ...made, hash: made.hash };
}

async function runOf(
  consented: ConsentedCustomer,
  method: "POST" | "PUT",
  path: string,
  body: object,
): Promise<unknown> {
  const answer = await consented.api(method, path, body);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return answer.body["runId"];
}

async function stateOf({ customer }: ConsentedCustomer): Promise<unknown[]> {
  const [row] = await rowsOf<{ state: string; mode: string; confirming: unknown }>(
    product,
    "select * from connections where entity_id = $1",
    [customer.entityId],
  );
  return [row?.state, row?.mode, row?.confirming];
}

/** Everything that may not change where nothing is applied. */
async function everything(consented: ConsentedCustomer): Promise<unknown[]> {
  return await consented.rows(`
    select e::text as row from employees e where entity_id = $1 union all select w::text from wage_contracts w where entity_id = $1
    union all select l::text from links l where entity_id = $1 union all select c::text from choices c where entity_id = $1
    union all select i::text from issues i where entity_id = $1 union all select h::text from holds h where entity_id = $1
    order by 1`);
}

/** A person of each kind: updated, a changed wage, unchanged, new, matched by e-mail, failed, not wanted. */
async function manyKinds(consented: ConsentedCustomer): Promise<string[]> {
  const [an, bea, cis] = [consented.add("An"), consented.add("Bea"), consented.add("Cis")];
  const first = await consented.sync("first");
  assert.equal(first.verdict, "in_order");
  consented.change(an, { firstName: "Anna", email: "anna@nieuw.example" });
  const wage = contractFields(`${bea}-1`, { grossAmount: "3150.00" });
  consented.change(bea, { wageContracts: [wage, contractFields(`${bea}-2`, { startDate: "2031-01-01" })] });
  return [an, bea, cis, consented.add("Dirk"), consented.add("Els", { email: null }), consented.add("Fons")];
}

test("a preview writes nothing, shows values of linked people only, and confirming applies exactly that", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const [an, bea, cis, dirk, els, fons] = await manyKinds(consented);
  const before = await everything(consented);
  const workerIds = [an, bea, cis, dirk, els];
  const made = await preview(consented, { mode: "selective", workerIds });
  assert.deepEqual(await everything(consented), before, "a preview writes nothing");
  assert.deepEqual(counted(made), {
    fetched: 6,
    created: 1,
    updated: 2,
    unchanged: 1,
    failed: 1,
    waiting: 1,
  });
  const shown = Object.fromEntries(made.operations.items.map((one) => [one.workerId, one]));
  assert.deepEqual(new Set(Object.keys(shown)), new Set([an, bea, dirk, els, fons]));
  await assertWagesHidden(consented, made.id);
  assert.deepEqual([shown[String(dirk)]?.changes, shown[String(dirk)]?.bucket], [[], "created"]);
  assert.equal(shown[String(an)]?.employeeName, "An Peeters");
  assert.equal(await runsListed(consented), 1, "a preview is no run of the history");
  const body = { mode: "selective", workerIds, previewHash: made.hash };
  const runId = await runOf(consented, "PUT", "mode", body);
  assert.deepEqual(
    (await stateOf(consented)).slice(0, 2),
    ["active", "full"],
    "it is not in force before it is compared",
  );
  assert.equal(await runOf(consented, "PUT", "mode", body), runId, "a double click is one run");
  const run = await consented.work(runId);
  assert.equal(await runOf(consented, "PUT", "mode", body), runId, "also when it is done");
  assert.deepEqual([run.trigger, counted(run)], ["mode", counted(made)]);
  const changes = await consented.rows<{ worker_id: string; contract_id: string | null; fields: object }>(
    `select worker_id, contract_id, fields from changes where entity_id = $1 and run_id = '${run.runId}'
     and worker_id in ('${String(an)}', '${String(bea)}') order by seq`,
  );
  const written = changes.flatMap(({ worker_id, contract_id, fields }) =>
    Object.entries(fields).map(([field, [was, is]]) => [worker_id, contract_id, field, was, is]),
  );
  const promised = [an, bea].flatMap((id) =>
    (shown[String(id)]?.changes ?? []).map((one) => [id, one.contractId, one.field, one.before, one.after]),
  );
  assert.ok(promised.length > 5);
  assert.equal(JSON.stringify(written), JSON.stringify(promised), "byte for byte");
  assert.deepEqual(await stateOf(consented), ["active", "selective", null]);
  assert.equal((await consented.choices())[String(fons)], "waiting");
});

/** For a viewer who may not see wages. */
async function assertWagesHidden({ customer }: ConsentedCustomer, previewId: string): Promise<void> {
  await rowsOf(product, "update memberships set sees_wages = false where account_id = $1", [
    customer.accountId,
  ]);
  const blind = await signIn(product, customer);
  const { body } = await call(product, blind, { method: "GET", path: `/previews/${previewId}` });
  const { operations } = body as unknown as Preview;
  const ofContracts = operations.items.flatMap(({ changes }) =>
    changes.filter(({ contractId }) => contractId),
  );
  assert.ok(ofContracts.length > 3);
  assert.ok(ofContracts.every(({ before, after: is }) => before === null && is === null));
}

async function runsListed(consented: ConsentedCustomer): Promise<unknown> {
  return (await consented.api("GET", "syncs")).body["total"];
}

test("when the source changed, nothing is applied and only the difference is shown; confirming the difference applies it", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const [an, bea, cis, dirk] = await manyKinds(consented);
  const made = await preview(consented, { mode: "full" });
  consented.change(String(cis), { firstName: "Cyriel" });
  consented.change(String(an), { firstName: "Annabel" });
  control.removeWorker(consented.number, String(dirk));
  const newcomer = consented.add("Gust");
  const before = await everything(consented);
  const outdated = await consented.work(
    await runOf(consented, "PUT", "mode", { mode: "full", previewHash: made.hash }),
  );
  assert.deepEqual([outdated.verdict, outdated.errorCode], ["held", "PREVIEW_OUTDATED"]);
  assert.deepEqual(await everything(consented), before, "nothing is applied");
  const { body } = await consented.api("GET", `/syncs/${outdated.runId}`);
  const difference = await look(consented, body["previewId"]);
  const differs = difference.operations.items.map((one) => [one.workerId, one.difference]);
  assert.deepEqual(Object.fromEntries(differs), {
    [String(an)]: "changed",
    [String(cis)]: "new",
    [String(dirk)]: "gone",
    [newcomer]: "new",
  });
  assert.equal(difference.differsFrom, made.id);
  const shown = difference.operations.items.find(({ workerId }) => workerId === cis);
  assert.deepEqual(
    shown?.changes.map(({ field, before: was, after: is }) => [field, was, is]),
    [["firstName", "Cis", "Cyriel"]],
  );
  const run = await consented.work(
    await runOf(consented, "PUT", "mode", { mode: "full", previewHash: String(difference.hash) }),
  );
  assert.deepEqual([run.verdict, counted(run)], ["needs_attention", counted(difference)]);
  assert.equal((await consented.linked())[String(cis)], "Cyriel");
  assert.ok(bea);
});

test("a change of mode shows who would be released and who would be added, in both directions", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const [an, bea, cis] = [consented.add("An"), consented.add("Bea"), consented.add("Cis")];
  await consented.sync("first");
  const stop = await preview(consented, { mode: "selective", workerIds: [an] });
  assert.deepEqual([stop.released, counted(stop)], [2, { fetched: 3, unchanged: 1, excluded: 2 }]);
  assert.deepEqual(
    stop.operations.items.map(({ workerId, bucket, employeeName }) => [workerId, bucket, employeeName]),
    [
      [bea, "excluded", "Bea Peeters"],
      [cis, "excluded", "Cis Peeters"],
    ],
  );
  const changed = await runOf(consented, "PUT", "mode", { mode: "selective", previewHash: stop.hash });
  assert.deepEqual(
    counted(await consented.work(changed)),
    counted(stop),
    "whoever names the hash means its people",
  );
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "released", [cis]: "released" });
  consented.change(String(bea), { firstName: "Beatrijs" });
  const dirk = consented.add("Dirk");
  const come = await preview(consented, { mode: "full" });
  assert.deepEqual(
    [come.released, come.operations.items.map(({ workerId, bucket }) => [workerId, bucket])],
    [
      0,
      [
        [bea, "updated"],
        [dirk, "created"],
      ],
    ],
  );
  await consented.work(await runOf(consented, "PUT", "mode", { mode: "full", previewHash: come.hash }));
  const back = await preview(consented, { mode: "selective" });
  assert.deepEqual([back.released, counted(back)], [2, { fetched: 4, unchanged: 2, excluded: 2 }]);
});

test("the first confirmation of an outdated preview leaves the choice open", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  const made = await preview(consented, { mode: "selective", workerIds: [an] });
  consented.change(an, { firstName: "Anna" });
  const body = { mode: "selective", workerIds: [an], previewHash: made.hash };
  const runId = await runOf(consented, "POST", "confirmation", body);
  assert.equal(await runOf(consented, "POST", "confirmation", body), runId, "a double click is one run");
  assert.equal((await stateOf(consented))[0], "active");
  assert.deepEqual(await consented.choices(), {}, "nothing is decided before it is compared");
  assert.equal((await consented.work(runId)).errorCode, "PREVIEW_OUTDATED");
  assert.deepEqual(
    [await stateOf(consented), await consented.choices(), await consented.linked()],
    [["choosing", null, null], {}, {}],
  );
  const next = await look(consented, runId);
  const again = { ...body, previewHash: next.hash };
  const run = await consented.work(await runOf(consented, "POST", "confirmation", again));
  assert.deepEqual([run.trigger, run.verdict], ["first", "in_order"]);
  assert.deepEqual(
    [await stateOf(consented), await consented.linked()],
    [["active", "selective", null], { [an]: "Anna" }],
  );
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "waiting" });
});

test("a confirmed preview binds every run until one has compared, also after trouble at Liantis", async () => {
  const consented = await createConsentedCustomer(product);
  const an = consented.add("An");
  const made = await preview(consented, { mode: "full" });
  const runId = await runOf(consented, "POST", "confirmation", { mode: "full", previewHash: made.hash });
  control.armFault({ kind: "unavailable", always: true });
  assert.equal((await consented.work(runId)).verdict, "failed");
  control.clearFaults();
  await deleteOutdated(product.database.db, new Date(product.clock.now.getTime() + 30 * 24 * 3_600_000));
  consented.change(an, { firstName: "Anna" });
  assert.equal((await consented.sync("retry")).errorCode, "PREVIEW_OUTDATED");
  assert.deepEqual([await stateOf(consented), await consented.linked()], [["choosing", null, null], {}]);
});

test("a preview that is known to be outdated is refused at once, with a new one of what was asked", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "selective" });
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  const made = await preview(consented, { mode: "selective", workerIds: [an] });
  const refused = async (body: object): Promise<Preview> => {
    const answer = await consented.api("PUT", "mode", body);
    assert.deepEqual([answer.status, answer.body["code"]], [409, "PREVIEW_OUTDATED"], JSON.stringify(body));
    await consented.work(answer.body["previewId"]);
    return await look(consented, answer.body["previewId"]);
  };
  const named = { mode: "selective", previewHash: made.hash };
  const other = await refused({ ...named, workerIds: [bea] });
  assert.deepEqual(
    [other.status, other.differsFrom, other.operations.items.map((one) => [one.workerId, one.difference])],
    [
      "ready",
      made.id,
      [
        [an, "changed"],
        [bea, "changed"],
      ],
    ],
  );
  assert.equal((await refused({ mode: "full", previewHash: made.hash })).mode, "full");
  assert.equal((await refused({ ...named, previewHash: "unknown", workerIds: [an] })).differsFrom, null);
  product.clock.now = new Date(product.clock.now.getTime() + 1000);
  const { body } = await consented.api("POST", "choices", { select: [bea], exclude: [], release: [] });
  await consented.work(body["runId"]);
  const applied = await refused(named);
  assert.deepEqual(
    [applied.differsFrom === null, applied.operations.items.map((one) => [one.workerId, one.difference])],
    [false, [[bea, "changed"]]],
    "a later run applied something",
  );
  assert.deepEqual(await consented.linked(), { [bea]: "Bea" });
  const { hash } = await preview(consented, { mode: "full" });
  product.clock.now = new Date(product.clock.now.getTime() + 7 * 24 * 3_600_000);
  await refused({ mode: "full", previewHash: hash });
});

test("from a hold: the preview shows what accepting would write, and confirming it lets just that through", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const ids = Array.from({ length: 8 }, (_, person) => consented.add(`Pers${person}`));
  await consented.sync("first");
  for (const id of ids.slice(0, 4)) control.removeWorker(consented.number, id);
  consented.change(String(ids[5]), { firstName: "Anders" });
  assert.equal((await consented.sync()).verdict, "held");
  const made = await preview(consented, { mode: "full" });
  assert.deepEqual(counted(made), { fetched: 4, updated: 1, unchanged: 3, absent: 4 });
  assert.deepEqual(
    made.holds.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ["MANY_ABSENT"],
  );
  const run = await consented.work(
    await runOf(consented, "PUT", "mode", { mode: "full", previewHash: made.hash }),
  );
  assert.deepEqual(counted(run), counted(made));
  assert.equal((await consented.linked())[String(ids[5])], "Anders");
  assert.deepEqual(await consented.rows("select 1 from holds where entity_id = $1 and status = 'open'"), []);
});

test("trouble leaves no preview and says why, and not about the connection; an interrupted preview continues", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  for (let person = 0; person < 9; person += 1) consented.add(`Pers${person}`);
  for (const [kind, code] of [
    ["unavailable", "LIANTIS_UNAVAILABLE"],
    ["half-page", "LISTING_INCOMPLETE"],
    ["consent-revoked", "CONSENT_REVOKED"],
  ] as const) {
    if (kind === "consent-revoked") control.setConsent(consented.number, "revoked");
    else control.armFault({ kind, always: true });
    const { body } = await consented.api("POST", "previews", { mode: "full" });
    await consented.work(body["previewId"]);
    const failed = await look(consented, body["previewId"]);
    assert.deepEqual([failed.status, failed.hash, failed.error?.code], ["failed", null, code]);
    assert.ok(failed.error?.remedy);
    control.clearFaults();
  }
  control.setConsent(consented.number, "granted");
  assert.equal((await stateOf(consented))[0], "active", "a preview pauses nothing");
  assert.deepEqual(await consented.rows("select code from issues where entity_id = $1"), []);
  const undisturbed = await preview(consented, { mode: "full" });
  const { body } = await consented.api("POST", "previews", { mode: "full" });
  const twice = await consented.api("POST", "previews", { mode: "full" });
  assert.deepEqual(twice.body, body, "asking twice is one preview");
  const { liantis } = product.engine;
  let pages = 0;
  product.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      pages += 1;
      if (pages === 2) throw new TypeError("the process died");
      return await liantis.fetchWorkerPage(...asked);
    },
  };
  await assert.rejects(consented.work(body["previewId"]), TypeError);
  await consented.work(body["previewId"]);
  product.engine.liantis = liantis;
  assert.equal(pages, 4, "it goes on at its page");
  assert.equal((await look(consented, body["previewId"])).hash, undisturbed.hash);
  await deleteOutdated(product.database.db, new Date(product.clock.now.getTime() + 7 * 24 * 3_600_000));
  assert.equal(
    (await consented.api("GET", `/previews/${undisturbed.id}`)).status,
    404,
    "a week later it is gone",
  );
});
