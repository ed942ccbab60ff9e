import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import type { Preview } from "@payflip/contract/previews.ts";
import { housekeeping } from "../../src/queue/housekeeping.ts";
import { call, openActivationHouse, rowsOf, signIn } from "../support/activation.ts";
import { counted, createScene, type Scene } from "../support/choosing-customer.ts";
import { contractFields } from "../support/people.ts";

const house = await openActivationHouse({ after });
const { control } = house.simulator;
afterEach(() => control.clearFaults());

async function look(scene: Scene, previewId: unknown, query = "?limit=200"): Promise<Preview> {
  const { status, body } = await scene.api("GET", `/previews/${String(previewId)}${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as Preview;
}

async function preview(scene: Scene, body: object): Promise<Preview & { hash: string }> {
  const asked = await scene.api("POST", "previews", body);
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  await scene.work(asked.body["previewId"]);
  const made = await look(scene, asked.body["previewId"]);
  assert.equal(made.status, "ready", JSON.stringify(made.error));
  assert.ok(made.hash);
  return { ...made, hash: made.hash };
}

async function runOf(scene: Scene, method: "POST" | "PUT", path: string, body: object): Promise<unknown> {
  const answer = await scene.api(method, path, body);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  return answer.body["runId"];
}

async function stateOf({ customer }: Scene): Promise<unknown[]> {
  const [row] = await rowsOf<{ state: string; mode: string; confirming: unknown }>(
    house,
    "select * from connections where entity_id = $1",
    [customer.entityId],
  );
  return [row?.state, row?.mode, row?.confirming];
}

/** Everything that may not change where nothing is applied. */
async function everything(scene: Scene): Promise<unknown[]> {
  return await scene.rows(`
    select e::text as row from employees e where entity_id = $1 union all select w::text from wage_contracts w where entity_id = $1
    union all select l::text from links l where entity_id = $1 union all select c::text from choices c where entity_id = $1
    union all select i::text from issues i where entity_id = $1 union all select h::text from holds h where entity_id = $1
    order by 1`);
}

/** Somebody of every kind: updated, a changed wage, unchanged, new, matched by e-mail, failed, not wanted. */
async function manyKinds(scene: Scene): Promise<string[]> {
  const [an, bea, cis] = [scene.add("An"), scene.add("Bea"), scene.add("Cis")];
  const first = await scene.sync("first");
  assert.equal(first.verdict, "in_order");
  scene.change(an, { firstName: "Anna", email: "anna@nieuw.example" });
  const wage = contractFields(`${bea}-1`, { grossAmount: "3150.00" });
  scene.change(bea, { wageContracts: [wage, contractFields(`${bea}-2`, { startDate: "2031-01-01" })] });
  return [an, bea, cis, scene.add("Dirk"), scene.add("Els", { email: null }), scene.add("Fons")];
}

test("a preview writes nothing, shows values of linked people only, and confirming applies exactly that", async () => {
  const scene = await createScene(house, { state: "active", mode: "full" });
  const [an, bea, cis, dirk, els, fons] = await manyKinds(scene);
  const before = await everything(scene);
  const workerIds = [an, bea, cis, dirk, els];
  const made = await preview(scene, { mode: "selective", workerIds });
  assert.deepEqual(await everything(scene), before, "a preview writes nothing");
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
  await assertWagesHidden(scene, made.id);
  assert.deepEqual([shown[String(dirk)]?.changes, shown[String(dirk)]?.bucket], [[], "created"]);
  assert.equal(shown[String(an)]?.employeeName, "An Peeters");
  assert.equal(await runsListed(scene), 1, "a preview is no run of the history");
  const body = { mode: "selective", workerIds, previewHash: made.hash };
  const runId = await runOf(scene, "PUT", "mode", body);
  assert.deepEqual(
    (await stateOf(scene)).slice(0, 2),
    ["active", "full"],
    "it is not in force before it is compared",
  );
  assert.equal(await runOf(scene, "PUT", "mode", body), runId, "a double click is one run");
  const run = await scene.work(runId);
  assert.equal(await runOf(scene, "PUT", "mode", body), runId, "also when it is done");
  assert.deepEqual([run.trigger, counted(run)], ["mode", counted(made)]);
  const changes = await scene.rows<{ worker_id: string; contract_id: string | null; fields: object }>(
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
  assert.deepEqual(await stateOf(scene), ["active", "selective", null]);
  assert.equal((await scene.choices())[String(fons)], "waiting");
});

/** Of whoever may not see wages. */
async function assertWagesHidden({ customer }: Scene, previewId: string): Promise<void> {
  await rowsOf(house, "update memberships set sees_wages = false where account_id = $1", [
    customer.accountId,
  ]);
  const blind = await signIn(house, customer);
  const { body } = await call(house, blind, { method: "GET", path: `/previews/${previewId}` });
  const { operations } = body as unknown as Preview;
  const ofContracts = operations.items.flatMap(({ changes }) =>
    changes.filter(({ contractId }) => contractId),
  );
  assert.ok(ofContracts.length > 3);
  assert.ok(ofContracts.every(({ before, after: is }) => before === null && is === null));
}

async function runsListed(scene: Scene): Promise<unknown> {
  return (await scene.api("GET", "syncs")).body["total"];
}

test("where the source moved nothing is applied and only the difference is shown; confirming that applies it", async () => {
  const scene = await createScene(house, { state: "active", mode: "full" });
  const [an, bea, cis, dirk] = await manyKinds(scene);
  const made = await preview(scene, { mode: "full" });
  scene.change(String(cis), { firstName: "Cyriel" });
  scene.change(String(an), { firstName: "Annabel" });
  control.removeWorker(scene.number, String(dirk));
  const newcomer = scene.add("Gust");
  const before = await everything(scene);
  const outdated = await scene.work(
    await runOf(scene, "PUT", "mode", { mode: "full", previewHash: made.hash }),
  );
  assert.deepEqual([outdated.verdict, outdated.errorCode], ["held", "PREVIEW_OUTDATED"]);
  assert.deepEqual(await everything(scene), before, "nothing is applied");
  const { body } = await scene.api("GET", `/syncs/${outdated.runId}`);
  const difference = await look(scene, body["previewId"]);
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
  const run = await scene.work(
    await runOf(scene, "PUT", "mode", { mode: "full", previewHash: String(difference.hash) }),
  );
  assert.deepEqual([run.verdict, counted(run)], ["needs_attention", counted(difference)]);
  assert.equal((await scene.linked())[String(cis)], "Cyriel");
  assert.ok(bea);
});

test("a change of mode shows who would stop and who would come, and the way back", async () => {
  const scene = await createScene(house, { state: "active", mode: "full" });
  const [an, bea, cis] = [scene.add("An"), scene.add("Bea"), scene.add("Cis")];
  await scene.sync("first");
  const stop = await preview(scene, { mode: "selective", workerIds: [an] });
  assert.deepEqual([stop.released, counted(stop)], [2, { fetched: 3, unchanged: 1, excluded: 2 }]);
  assert.deepEqual(
    stop.operations.items.map(({ workerId, bucket, employeeName }) => [workerId, bucket, employeeName]),
    [
      [bea, "excluded", "Bea Peeters"],
      [cis, "excluded", "Cis Peeters"],
    ],
  );
  const changed = await runOf(scene, "PUT", "mode", { mode: "selective", previewHash: stop.hash });
  assert.deepEqual(
    counted(await scene.work(changed)),
    counted(stop),
    "whoever names the hash means its people",
  );
  assert.deepEqual(await scene.choices(), { [an]: "selected", [bea]: "released", [cis]: "released" });
  scene.change(String(bea), { firstName: "Beatrijs" });
  const dirk = scene.add("Dirk");
  const come = await preview(scene, { mode: "full" });
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
  await scene.work(await runOf(scene, "PUT", "mode", { mode: "full", previewHash: come.hash }));
  const back = await preview(scene, { mode: "selective" });
  assert.deepEqual([back.released, counted(back)], [2, { fetched: 4, unchanged: 2, excluded: 2 }]);
});

test("the first confirmation of an outdated preview leaves the choice open", async () => {
  const scene = await createScene(house);
  const [an, bea] = [scene.add("An"), scene.add("Bea")];
  const made = await preview(scene, { mode: "selective", workerIds: [an] });
  scene.change(an, { firstName: "Anna" });
  const body = { mode: "selective", workerIds: [an], previewHash: made.hash };
  const runId = await runOf(scene, "POST", "confirmation", body);
  assert.equal(await runOf(scene, "POST", "confirmation", body), runId, "a double click is one run");
  assert.equal((await stateOf(scene))[0], "active");
  assert.deepEqual(await scene.choices(), {}, "nothing is decided before it is compared");
  assert.equal((await scene.work(runId)).errorCode, "PREVIEW_OUTDATED");
  assert.deepEqual(
    [await stateOf(scene), await scene.choices(), await scene.linked()],
    [["choosing", null, null], {}, {}],
  );
  const next = await look(scene, runId);
  const again = { ...body, previewHash: next.hash };
  const run = await scene.work(await runOf(scene, "POST", "confirmation", again));
  assert.deepEqual([run.trigger, run.verdict], ["first", "in_order"]);
  assert.deepEqual(
    [await stateOf(scene), await scene.linked()],
    [["active", "selective", null], { [an]: "Anna" }],
  );
  assert.deepEqual(await scene.choices(), { [an]: "selected", [bea]: "waiting" });
});

test("a confirmed preview binds every run until one has compared, also after trouble at Liantis", async () => {
  const scene = await createScene(house);
  const an = scene.add("An");
  const made = await preview(scene, { mode: "full" });
  const runId = await runOf(scene, "POST", "confirmation", { mode: "full", previewHash: made.hash });
  control.armFault({ kind: "unavailable", always: true });
  assert.equal((await scene.work(runId)).verdict, "failed");
  control.clearFaults();
  await housekeeping(house.database.db, new Date(house.clock.now.getTime() + 30 * 24 * 3_600_000));
  scene.change(an, { firstName: "Anna" });
  assert.equal((await scene.sync("retry")).errorCode, "PREVIEW_OUTDATED");
  assert.deepEqual([await stateOf(scene), await scene.linked()], [["choosing", null, null], {}]);
});

test("a preview that is known to be outdated is refused at once, with a new one of what was asked", async () => {
  const scene = await createScene(house, { state: "active", mode: "selective" });
  const [an, bea] = [scene.add("An"), scene.add("Bea")];
  const made = await preview(scene, { mode: "selective", workerIds: [an] });
  const refused = async (body: object): Promise<Preview> => {
    const answer = await scene.api("PUT", "mode", body);
    assert.deepEqual([answer.status, answer.body["code"]], [409, "PREVIEW_OUTDATED"], JSON.stringify(body));
    await scene.work(answer.body["previewId"]);
    return await look(scene, answer.body["previewId"]);
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
  house.clock.now = new Date(house.clock.now.getTime() + 1000);
  const { body } = await scene.api("POST", "choices", { select: [bea], exclude: [], release: [] });
  await scene.work(body["runId"]);
  const applied = await refused(named);
  assert.deepEqual(
    [applied.differsFrom === null, applied.operations.items.map((one) => [one.workerId, one.difference])],
    [false, [[bea, "changed"]]],
    "a later run applied something",
  );
  assert.deepEqual(await scene.linked(), { [bea]: "Bea" });
  const { hash } = await preview(scene, { mode: "full" });
  house.clock.now = new Date(house.clock.now.getTime() + 7 * 24 * 3_600_000);
  await refused({ mode: "full", previewHash: hash });
});

test("from a hold: the preview shows what accepting would write, and confirming it lets just that through", async () => {
  const scene = await createScene(house, { state: "active", mode: "full" });
  const ids = Array.from({ length: 8 }, (_, person) => scene.add(`Pers${person}`));
  await scene.sync("first");
  for (const id of ids.slice(0, 4)) control.removeWorker(scene.number, id);
  scene.change(String(ids[5]), { firstName: "Anders" });
  assert.equal((await scene.sync()).verdict, "held");
  const made = await preview(scene, { mode: "full" });
  assert.deepEqual(counted(made), { fetched: 4, updated: 1, unchanged: 3, absent: 4 });
  assert.deepEqual(
    made.holds.flatMap(({ reasons }) => reasons.map(({ code }) => code)),
    ["MANY_ABSENT"],
  );
  const run = await scene.work(await runOf(scene, "PUT", "mode", { mode: "full", previewHash: made.hash }));
  assert.deepEqual(counted(run), counted(made));
  assert.equal((await scene.linked())[String(ids[5])], "Anders");
  assert.deepEqual(await scene.rows("select 1 from holds where entity_id = $1 and status = 'open'"), []);
});

test("trouble leaves no preview and says why, without a word about the connection; one that was broken off goes on", async () => {
  const scene = await createScene(house, { state: "active", mode: "full" });
  for (let person = 0; person < 9; person += 1) scene.add(`Pers${person}`);
  for (const [kind, code] of [
    ["unavailable", "LIANTIS_UNAVAILABLE"],
    ["half-page", "LISTING_INCOMPLETE"],
    ["consent-revoked", "CONSENT_REVOKED"],
  ] as const) {
    if (kind === "consent-revoked") control.setConsent(scene.number, "revoked");
    else control.armFault({ kind, always: true });
    const { body } = await scene.api("POST", "previews", { mode: "full" });
    await scene.work(body["previewId"]);
    const failed = await look(scene, body["previewId"]);
    assert.deepEqual([failed.status, failed.hash, failed.error?.code], ["failed", null, code]);
    assert.ok(failed.error?.remedy);
    control.clearFaults();
  }
  control.setConsent(scene.number, "granted");
  assert.equal((await stateOf(scene))[0], "active", "a preview pauses nothing");
  assert.deepEqual(await scene.rows("select code from issues where entity_id = $1"), []);
  const undisturbed = await preview(scene, { mode: "full" });
  const { body } = await scene.api("POST", "previews", { mode: "full" });
  const twice = await scene.api("POST", "previews", { mode: "full" });
  assert.deepEqual(twice.body, body, "asking twice is one preview");
  const { liantis } = house.engine;
  let pages = 0;
  house.engine.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      pages += 1;
      if (pages === 2) throw new TypeError("the process died");
      return await liantis.fetchWorkerPage(...asked);
    },
  };
  await assert.rejects(scene.work(body["previewId"]), TypeError);
  await scene.work(body["previewId"]);
  house.engine.liantis = liantis;
  assert.equal(pages, 4, "it goes on at its page");
  assert.equal((await look(scene, body["previewId"])).hash, undisturbed.hash);
  await housekeeping(house.database.db, new Date(house.clock.now.getTime() + 7 * 24 * 3_600_000));
  assert.equal(
    (await scene.api("GET", `/previews/${undisturbed.id}`)).status,
    404,
    "a week later it is gone",
  );
});
