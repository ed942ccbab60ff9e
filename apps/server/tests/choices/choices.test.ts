import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import fc from "fast-check";
import { type ConsentedCustomer, counted, createConsentedCustomer } from "../support/consented-customer.ts";
import { openProduct } from "../support/product.ts";

const product = await openProduct({ after });
const { control } = product.simulator;
afterEach(() => control.clearFaults());

async function choose(consented: ConsentedCustomer, choices: Record<string, string[]>): Promise<unknown> {
  const { status, body } = await consented.api("POST", "choices", {
    select: [],
    exclude: [],
    release: [],
    ...choices,
  });
  assert.equal(status, 202, JSON.stringify(body));
  return body["runId"];
}

async function connectionCounts(consented: ConsentedCustomer): Promise<unknown[]> {
  const { body } = await consented.api("GET", `/entities/${consented.customer.entityId}/liantis`);
  const { employees, waiting, excluded, issues } = Object(body["counts"]);
  return [employees, waiting, excluded, issues];
}

async function confirm(consented: ConsentedCustomer, body: object): Promise<void> {
  const confirmed = await consented.api("POST", "confirmation", body);
  assert.equal(confirmed.status, 202, JSON.stringify(confirmed.body));
  await consented.work(confirmed.body["runId"]);
}

test("newcomers wait, are asked about until they are excluded, and can be selected later", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  await confirm(consented, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await consented.linked(), { [an]: "An" });
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "waiting" });
  const cis = consented.add("Cis");
  assert.deepEqual(counted(await consented.sync()), { fetched: 3, unchanged: 1, waiting: 2 });
  assert.deepEqual(await connectionCounts(consented), [1, 2, 0, 0]);
  assert.equal(await choose(consented, { exclude: [bea] }), null);
  assert.deepEqual(await connectionCounts(consented), [1, 1, 1, 0]);
  assert.deepEqual(counted(await consented.sync()), { fetched: 3, unchanged: 1, waiting: 1, excluded: 1 });
  const runId = await choose(consented, { select: [bea, cis] });
  const run = await consented.work(runId);
  assert.deepEqual([run.trigger, run.verdict], ["choice", "in_order"]);
  assert.deepEqual(counted(run), { fetched: 3, created: 2, unchanged: 1 });
  assert.deepEqual(await consented.linked(), { [an]: "An", [bea]: "Bea", [cis]: "Cis" });
  assert.equal(await choose(consented, { select: [bea] }), null, "the same choice again starts nothing");
});

test("a waiting worker who is no longer listed is forgotten; an excluded one is remembered", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea, cis] = [consented.add("An"), consented.add("Bea"), consented.add("Cis")];
  await confirm(consented, { mode: "selective", workerIds: [an] });
  await choose(consented, { exclude: [bea] });
  for (const gone of [bea, cis]) control.removeWorker(consented.number, gone);
  assert.deepEqual(counted(await consented.sync()), { fetched: 1, unchanged: 1 });
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "excluded" });
});

test("a released person keeps link and data, is unlocked, not updated and not asked about, and catches up when selected again", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  await confirm(consented, { mode: "selective", workerIds: [an, bea] });
  const { body } = await consented.api("GET", "/employees?q=bea");
  const [{ id }] = body["items"] as [{ id: string }];
  const locks = async () =>
    Object.keys(Object((await consented.api("GET", `/employees/${id}`)).body["locks"])).length;
  consented.change(bea, { email: null });
  assert.equal((await consented.sync()).verdict, "needs_attention");
  assert.deepEqual([await connectionCounts(consented), (await locks()) > 0], [[2, 0, 0, 1], true]);
  assert.equal(await choose(consented, { release: [bea] }), null);
  assert.deepEqual([await connectionCounts(consented), await locks()], [[2, 0, 1, 0], 0]);
  consented.change(bea, { firstName: "Beatrijs", email: "beatrijs@nieuw.example" });
  assert.deepEqual(counted(await consented.sync()), { fetched: 2, unchanged: 1, excluded: 1 });
  assert.deepEqual(await consented.linked(), { [an]: "An", [bea]: "Bea" });
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "released" });
  const run = await consented.work(await choose(consented, { select: [bea] }));
  assert.deepEqual(counted(run), { fetched: 2, updated: 1, unchanged: 1 });
  assert.deepEqual(await consented.linked(), { [an]: "An", [bea]: "Beatrijs" });
  assert.ok((await locks()) > 0);
  // Excluding a linked person releases them.
  await choose(consented, { exclude: [bea] });
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "released" });
});

test("people who are not synchronised still count as there: for completeness and for the guard", async () => {
  const consented = await createConsentedCustomer(product);
  const ids = Array.from({ length: 10 }, (_, person) => consented.add(`Pers${person}`));
  await confirm(consented, { mode: "full" });
  const mode = await consented.api("PUT", "mode", { mode: "selective", workerIds: ids.slice(0, 1) });
  const run = await consented.work(mode.body["runId"]);
  assert.deepEqual([run.verdict, counted(run)], ["in_order", { fetched: 10, unchanged: 1, excluded: 9 }]);
  control.armFault({ kind: "half-page", always: true });
  assert.equal((await consented.sync()).verdict, "incomplete");
  control.clearFaults();
  for (const id of ids.slice(1, 5)) control.removeWorker(consented.number, id);
  const held = await consented.sync();
  assert.deepEqual([held.verdict, held.counts.absent], ["held", 4]);
});

test("a new choice joins a queued run, and replaces a run that has begun by another one", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  await confirm(consented, { mode: "selective", workerIds: [an] });
  const { body } = await consented.api("POST", "choices", { select: [bea], exclude: [], release: [] });
  const begun = String(body["runId"]);
  assert.equal(
    await choose(consented, { select: [bea] }),
    begun,
    "the same choice again names the run that waits",
  );
  // The run has read its first page when an admin changes the choice.
  const { liantis } = product.engine;
  let next: unknown = null;
  product.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      const page = await liantis.fetchWorkerPage(...asked);
      next ??= await choose(consented, { exclude: [bea] });
      return page;
    },
  };
  const lost = await consented.work(begun);
  product.engine.liantis = liantis;
  assert.equal(lost.status, "cancelled");
  assert.ok(typeof next === "string" && next !== begun, "another run takes its place");
  assert.deepEqual(counted(await consented.work(next)), { fetched: 2, unchanged: 1, excluded: 1 });
  assert.deepEqual(await consented.linked(), { [an]: "An" });
});

test("full, selective and back again: no person and no link is lost, and the choices are remembered", async () => {
  const consented = await createConsentedCustomer(product);
  const [an, bea, cis] = [consented.add("An"), consented.add("Bea"), consented.add("Cis")];
  await confirm(consented, { mode: "selective", workerIds: [an] });
  await choose(consented, { exclude: [bea] });
  const changeMode = async (body: object) => {
    const { status, body: answer } = await consented.api("PUT", "mode", body);
    assert.equal(status, 202, JSON.stringify(answer));
    return await consented.work(answer["runId"]);
  };
  const full = await changeMode({ mode: "full" });
  assert.deepEqual(
    [full.trigger, counted(full)],
    ["mode", { fetched: 3, created: 2, unchanged: 1 }],
    "everybody is in scope",
  );
  const everybody = { [an]: "An", [bea]: "Bea", [cis]: "Cis" };
  assert.deepEqual(await consented.linked(), everybody);
  const back = await changeMode({ mode: "selective" });
  assert.deepEqual(counted(back), { fetched: 3, unchanged: 1, waiting: 1, excluded: 1 });
  assert.deepEqual(await consented.choices(), { [an]: "selected", [bea]: "released", [cis]: "waiting" });
  assert.deepEqual(await consented.linked(), everybody);
  const again = await changeMode({ mode: "full" });
  assert.deepEqual(counted(again), { fetched: 3, unchanged: 3 });
  const these = await changeMode({ mode: "selective", workerIds: [cis] });
  assert.deepEqual(counted(these), { fetched: 3, unchanged: 1, excluded: 2 });
  assert.deepEqual(await consented.choices(), { [an]: "released", [bea]: "released", [cis]: "selected" });
  assert.deepEqual(await consented.linked(), everybody);
  const none = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const dirk = none.add("Dirk");
  await none.sync("first");
  const { body } = await none.api("PUT", "mode", { mode: "selective" });
  assert.deepEqual(counted(await none.work(body["runId"])), { fetched: 1, unchanged: 1 });
  assert.deepEqual(
    await none.choices(),
    { [dirk]: "selected" },
    "without names nobody stops who is synchronised",
  );
});

test("customers of the former flex plan choose: no full mode anywhere", async () => {
  const consented = await createConsentedCustomer(product, { migrated: true });
  const an = consented.add("An");
  for (const [method, path] of [
    ["POST", "confirmation"],
    ["PUT", "mode"],
    ["POST", "previews"],
  ] as const) {
    const { status, body } = await consented.api(method, path, { mode: "full" });
    assert.deepEqual([status, body["code"]], [403, "FULL_SYNC_NOT_ALLOWED"], path);
  }
  await confirm(consented, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await consented.linked(), { [an]: "An" });
  const { status } = await consented.api("PUT", "mode", { mode: "full" });
  assert.equal(status, 403);
});

test("choices need an active connection in selective mode, may not contradict each other, and are audited", async () => {
  const consented = await createConsentedCustomer(product);
  const an = consented.add("An");
  const some = { select: [an], exclude: [], release: [] };
  const refused = async (state: string, body: object = some) => {
    const answer = await consented.api("POST", "choices", body);
    return [state, answer.status, answer.body["code"]];
  };
  assert.deepEqual(await refused("choosing"), ["choosing", 409, "WRONG_STATE"]);
  await confirm(consented, { mode: "full" });
  assert.deepEqual(await refused("full"), ["full", 409, "WRONG_STATE"]);
  await consented.api("PUT", "mode", { mode: "selective" });
  assert.deepEqual(await refused("both", { ...some, exclude: [an] }), ["both", 400, "INVALID_REQUEST"]);
  await choose(consented, { select: ["nobody-knows-me"] });
  assert.equal((await consented.choices())["nobody-knows-me"], "selected");
  const audited = await consented.rows<{ action: string; subject: string }>(
    "select action, subject from audit_entries where entity_id = $1 order by action desc",
  );
  assert.deepEqual(
    audited.map(({ action, subject }) => `${action} ${subject}`),
    ["connection.mode_changed selective", "connection.confirmed full", "choices.made select 1, drop 0"],
  );
});

/** Every row that a night could touch. */
async function stateOf(consented: ConsentedCustomer): Promise<unknown[]> {
  return await consented.rows(`
    select e::text as row from employees e where entity_id = $1 union all select l::text from links l where entity_id = $1
    union all select c::text from choices c where entity_id = $1 union all select w::text from wage_contracts w where entity_id = $1
    union all select i::text from issues i where entity_id = $1 union all select h::text from holds h where entity_id = $1
    order by 1`);
}

test("an unchanged night in selective mode writes nothing and counts each person once, for any choices", async () => {
  const consented = await createConsentedCustomer(product);
  const ids = Array.from({ length: 9 }, (_, person) => consented.add(`Pers${person}`));
  await confirm(consented, { mode: "selective", workerIds: ids.slice(0, 4) });
  const choice = fc.constantFrom("select", "exclude", "release", null);
  await fc.assert(
    fc.asyncProperty(fc.array(choice, { minLength: 9, maxLength: 9 }), async (wanted) => {
      const wantedAs = (kind: string) => ids.filter((_, person) => wanted[person] === kind);
      await choose(consented, {
        select: wantedAs("select"),
        exclude: wantedAs("exclude"),
        release: wantedAs("release"),
      });
      await consented.rows(
        "update runs set status = 'cancelled' where entity_id = $1 and status = 'queued' returning 1",
      );
      await consented.sync();
      const before = await stateOf(consented);
      const night = await consented.sync();
      const choices = Object.values(await consented.choices());
      const count = (...some: string[]) => choices.filter((one) => some.includes(one)).length;
      const { unchanged, excluded, waiting } = night.counts;
      assert.deepEqual([night.verdict, night.changeSeq], ["in_order", 0]);
      assert.deepEqual(
        [unchanged, excluded, waiting],
        [count("selected"), count("excluded", "released"), count("waiting")],
      );
      assert.deepEqual(await stateOf(consented), before);
    }),
    { numRuns: 4 },
  );
});
