import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import type { CandidatePage } from "@payflip/contract/candidates.ts";
import { housekeeping } from "../../src/queue/housekeeping.ts";
import { grantConsent, openActivationHouse, rowsOf, signIn } from "../support/activation.ts";
import { createScene, type Scene } from "../support/choosing-customer.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const house = await openActivationHouse({ after });
const { control } = house.simulator;
afterEach(() => control.clearFaults());

async function candidates(scene: Scene, query = ""): Promise<CandidatePage> {
  const { status, body } = await scene.api("GET", `candidates${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as CandidatePage;
}

async function confirm(scene: Scene, body: object): Promise<void> {
  const confirmed = await scene.api("POST", "confirmation", body);
  assert.equal(confirmed.status, 202, JSON.stringify(confirmed.body));
  await scene.work(confirmed.body["runId"]);
}

function pagesAsked(scene: Scene): number {
  return control.requests().filter(({ path }) => path.includes(`/${scene.number}/workers`)).length;
}

test("each candidate says what choosing them would do, by the rules that a run plans by", async () => {
  const scene = await createScene(house);
  const taken = await createScene(house, { state: "active", mode: "full" });
  taken.add("Foreign", { email: `an.other@n${scene.number}.example` });
  await taken.sync("first");
  const expected: [string, string, string | null][] = [
    [scene.add("An"), "new", null],
    [scene.add("Bea", { email: null }), "issue", "EMAIL_MISSING"],
    [scene.add("Cis", { email: "geen adres" }), "issue", "EMAIL_INVALID"],
    [
      scene.add("Dirk", { email: `an.other@n${scene.number}.example` }),
      "issue",
      "EMAIL_USED_BY_OTHER_CUSTOMER",
    ],
    [scene.add("Els", { email: "samen@een.example" }), "issue", "EMAIL_DUPLICATE_IN_LIANTIS"],
    [scene.add("Fons", { email: "samen@een.example" }), "issue", "EMAIL_DUPLICATE_IN_LIANTIS"],
    [scene.add("Gust", { lastName: null }), "issue", "NAME_MISSING"],
    [scene.add("Hilde", { employmentStartDate: null }), "issue", "START_DATE_MISSING"],
    [scene.add("Ivo", { wageContracts: "?" }), "issue", "PAYLOAD_INVALID"],
  ];
  const { items, total, chosen } = await candidates(scene);
  const found = Object.fromEntries(items.map((one) => [one.workerId, [one.match, one.issueCode]]));
  assert.deepEqual(found, Object.fromEntries(expected.map(([id, match, code]) => [id, [match, code]])));
  assert.deepEqual([total, chosen], [9, { selected: 0, excluded: 0, waiting: 0 }]);
  assert.ok(items.every(({ match, remedy }) => (remedy === null) === (match !== "issue")));
  // What is imported of all of them is who was shown as new.
  await confirm(scene, { mode: "selective", workerIds: expected.map(([id]) => id) });
  assert.deepEqual(Object.values(await scene.linked()), ["An"]);
});

test("the list is searched without accents, filtered, and paged by name; who is in Payflip already is found", async () => {
  const scene = await createScene(house, { state: "active", mode: "selective" });
  const zoe = scene.add("Zoé", { lastName: "Abeel", email: "zoe@abeel.example" });
  const bea = scene.add("Bea", { lastName: "Adam" });
  const [cis, dirk] = [scene.add("Cis"), scene.add("Dirk")];
  assert.deepEqual(
    (await candidates(scene)).items.map(({ workerId }) => workerId),
    [zoe, bea, cis, dirk],
  );
  assert.deepEqual(
    (await candidates(scene, "?q=zoe%20abeel")).items.map((one) => one.workerId),
    [zoe],
  );
  const { body } = await scene.api("POST", "choices", { select: [zoe, bea], exclude: [cis], release: [] });
  await scene.work(body["runId"]);
  const { chosen } = await candidates(scene);
  assert.deepEqual(chosen, { selected: 2, excluded: 1, waiting: 1 });
  const existing = await candidates(scene, "?match=existing");
  assert.deepEqual(
    existing.items.map(({ workerId, employeeId }) => [workerId, employeeId !== null]),
    [
      [zoe, true],
      [bea, true],
    ],
  );
  // Somebody who was taken apart from the employee with their address is not theirs again by that.
  await scene.rows(`with gone as (delete from links where worker_id = '${bea}' returning *)
    insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at)
    select customer_id, $1, worker_id, employee_id, now() from gone returning 1`);
  const [apart] = (await candidates(scene, "?q=bea")).items;
  assert.deepEqual([apart?.match, apart?.issueCode], ["issue", "AMBIGUOUS_MATCH"]);
  const waiting = await candidates(scene, "?choice=waiting");
  assert.deepEqual(
    waiting.items.map(({ workerId }) => workerId),
    [dirk],
  );
  const first = await candidates(scene, "?limit=3");
  assert.ok(first.nextCursor);
  const rest = await candidates(scene, `?limit=3&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [first.items.length, rest.items.map((one) => one.workerId), rest.nextCursor],
    [3, [dirk], null],
  );
});

test("Liantis is asked once a week, or when somebody wants it; a confirmation and a week end the list; a run never asks for it", async () => {
  const scene = await createScene(house);
  const [an, bea] = [scene.add("An"), scene.add("Bea")];
  control.clearRequests();
  await candidates(scene);
  await candidates(scene);
  assert.equal(pagesAsked(scene), 1);
  scene.add("Cis");
  assert.equal((await candidates(scene, "?refresh=true")).total, 3);
  assert.equal(pagesAsked(scene), 2);
  const stored = () => scene.rows<{ sealed: string }>("select sealed from candidates where entity_id = $1");
  const sealed = await stored();
  assert.equal(sealed.length, 3);
  assert.ok(sealed.every((row) => row.sealed.startsWith("v1.test.")));
  // A sealed value does not open in another's place.
  await scene.rows(`update candidates k set sealed = (select max(sealed) from candidates o where o.entity_id = k.entity_id)
                    where entity_id = $1 returning 1`);
  assert.equal((await scene.api("GET", "candidates")).status, 500);
  await candidates(scene, "?refresh=true");
  await confirm(scene, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await stored(), []);
  assert.deepEqual(Object.values(await scene.choices()), ["selected", "excluded", "excluded"]);
  scene.add("Dirk");
  await scene.sync();
  assert.deepEqual(await stored(), [], "a run keeps no list");
  assert.equal((await candidates(scene, "?choice=waiting")).total, 1);
  await housekeeping(house.database.db, new Date(house.clock.now.getTime() + 8 * 24 * 3_600_000));
  assert.deepEqual(await stored(), []);
  assert.deepEqual((await scene.choices())[bea], "excluded");
});

test("a list that is not complete is refused, as is one that Liantis does not give; what was kept stays", async () => {
  const scene = await createScene(house);
  assert.equal((await scene.api("GET", "candidates")).status, 200, "an employer may have nobody");
  for (let person = 0; person < 8; person += 1) scene.add(`Pers${person}`);
  for (const kind of ["half-page", "unavailable"]) {
    control.armFault({ kind, always: true });
    const { status, body } = await scene.api("GET", "candidates?refresh=true");
    assert.deepEqual([status, body["code"]], [503, "LIANTIS_UNAVAILABLE"], kind);
    control.clearFaults();
  }
  const [kept] = await rowsOf<{ total: number }>(
    house,
    "select total from candidate_lists where entity_id = $1",
    [scene.customer.entityId],
  );
  assert.equal(kept?.total, 0);
  const notYet = await createScene(house);
  await house.database.owner.query("update connections set state = 'available' where entity_id = $1", [
    notYet.customer.entityId,
  ]);
  assert.equal((await notYet.api("GET", "candidates")).body["code"], "WRONG_STATE");
});

/** Opens the list, and does something else while its last page is on its way. */
async function openMeanwhile(scene: Scene, meanwhile: () => Promise<void>): Promise<unknown> {
  const { liantis } = house.deps;
  house.deps.liantis = {
    ...liantis,
    fetchWorkerPage: async (...asked) => {
      const page = await liantis.fetchWorkerPage(...asked);
      if (page.nextCursor === null) {
        house.deps.liantis = liantis;
        await meanwhile();
      }
      return page;
    },
  };
  try {
    return (await scene.api("GET", "candidates?refresh=true")).body["code"];
  } finally {
    house.deps.liantis = liantis;
  }
}

function lists(scene: Scene): Promise<object[]> {
  return scene.rows("select total from candidate_lists where entity_id = $1");
}

test("a list that was still being fetched when a choice was confirmed, or another employer was connected, is not kept", async () => {
  for (const body of [{ mode: "full" }, { mode: "selective", workerIds: [] }]) {
    const scene = await createScene(house);
    scene.add("An");
    await candidates(scene);
    const code = await openMeanwhile(scene, () => confirm(scene, body));
    assert.deepEqual([code, await lists(scene)], ["WRONG_STATE", []], body.mode);
  }

  const off = await createScene(house, { state: "active", mode: "selective" });
  off.add("An");
  const code = await openMeanwhile(off, async () => {
    assert.equal((await off.api("POST", "disable")).status, 200);
  });
  assert.deepEqual([code, await lists(off)], ["WRONG_STATE", []]);

  const moved = await createScene(house);
  moved.add("An");
  const other = createEmployer(house.simulator, { workers: 2 });
  const reconnect = async () => {
    await house.database.owner.query("update entities set vat_number = $2 where entity_id = $1", [
      moved.customer.entityId,
      other.enterpriseNumber,
    ]);
    const caller = await signIn(house, moved.customer);
    await grantConsent(house, { employer: other, customer: moved.customer, caller });
  };
  assert.deepEqual([await openMeanwhile(moved, reconnect), await lists(moved)], ["WRONG_STATE", []]);
  const { items } = await candidates(moved);
  assert.equal(items.length, 2, "people of the employer that is connected now");
  assert.ok(items.every(({ firstName }) => firstName !== "An"));
});

test("the list ends with every confirmation, with or without a preview, and where the connection rests", async () => {
  for (const mode of ["full", "selective"]) {
    const scene = await createScene(house);
    const workerId = scene.add("An");
    const order = { mode, ...(mode === "full" ? {} : { workerIds: [workerId] }) };
    await candidates(scene);
    const asked = await scene.api("POST", "previews", order);
    await scene.work(asked.body["previewId"]);
    const { hash } = (await scene.api("GET", `/previews/${String(asked.body["previewId"])}`)).body;
    await confirm(scene, { ...order, previewHash: hash });
    assert.deepEqual([Object.values(await scene.linked()), await lists(scene)], [["An"], []], mode);
    // A later change of mode ends it too.
    await candidates(scene);
    const changed = await scene.api("PUT", "mode", { mode: mode === "full" ? "selective" : "full" });
    assert.deepEqual([changed.status, await lists(scene)], [202, []], mode);
  }

  const rests: [state: string, rest: (scene: Scene) => Promise<unknown>][] = [
    ["disabled", (scene) => scene.api("POST", "disable")],
    [
      "paused",
      (scene) => scene.api("PATCH", `/entities/${scene.customer.entityId}`, { vatNumber: "BE 0403.170.701" }),
    ],
    [
      "paused",
      async (scene) => {
        control.setConsent(scene.number, "revoked");
        await scene.sync();
      },
    ],
  ];
  for (const [state, rest] of rests) {
    const scene = await createScene(house, { state: "active", mode: "selective" });
    scene.add("An");
    await candidates(scene);
    await rest(scene);
    const [connection] = await scene.rows<{ state: string }>(
      "select state from connections where entity_id = $1",
    );
    assert.deepEqual([connection?.state, await lists(scene)], [state, []]);
  }
});
