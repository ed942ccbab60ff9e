import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { openActivationHouse } from "../support/activation.ts";
import { counted, createScene, type Scene } from "../support/choosing-customer.ts";

const house = await openActivationHouse({ after });

async function choose(scene: Scene, choices: Record<string, string[]>): Promise<void> {
  const body = { select: [], exclude: [], release: [], ...choices };
  const made = await scene.api("POST", "choices", body);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  if (made.body["runId"] !== null) await scene.work(made.body["runId"]);
}

async function changeMode(scene: Scene, body: object): Promise<void> {
  const changed = await scene.api("PUT", "mode", body);
  assert.equal(changed.status, 202, JSON.stringify(changed.body));
  await scene.work(changed.body["runId"]);
}

/** Two people in selective mode, one of whom got another name and was put back. */
async function putBack(): Promise<{ scene: Scene; an: string; bea: string }> {
  const scene = await createScene(house);
  const [an, bea] = [scene.add("An"), scene.add("Bea")];
  const confirmed = await scene.api("POST", "confirmation", { mode: "selective", workerIds: [an, bea] });
  await scene.work(confirmed.body["runId"]);
  scene.change(bea, { firstName: "Beatrijs" });
  house.clock.now = new Date(house.clock.now.getTime() + 1000);
  const run = await scene.sync();
  house.clock.now = new Date(house.clock.now.getTime() + 1000);
  const undone = await scene.api("POST", `/syncs/${run.runId}/revert`, {});
  assert.deepEqual([undone.status, undone.body["changes"]], [200, 1]);
  return { scene, an, bea };
}

async function openHolds(scene: Scene): Promise<unknown[]> {
  const { body } = await scene.api("GET", `/entities/${scene.customer.entityId}/liantis`);
  return (body["openHolds"] as { kind: string }[]).map(({ kind }) => kind);
}

test("whoever was put back and is let go of is not asked about, and stays put back when they are selected again", async () => {
  const { scene, an, bea } = await putBack();
  assert.deepEqual(await openHolds(scene), ["reverted"]);
  await choose(scene, { release: [bea] });
  assert.deepEqual(await openHolds(scene), []);
  await scene.sync();
  await choose(scene, { select: [bea] });
  assert.deepEqual(await scene.linked(), { [an]: "An", [bea]: "Bea" });
  assert.deepEqual(counted(await scene.sync()), { fetched: 2, held: 1, unchanged: 1 });
  assert.deepEqual(await openHolds(scene), ["reverted"]);
});

test("whoever was put back stays so through a mode that leaves them out", async () => {
  const { scene, an, bea } = await putBack();
  await changeMode(scene, { mode: "full" });
  assert.deepEqual(await openHolds(scene), ["reverted"]);
  await changeMode(scene, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await openHolds(scene), []);
  await changeMode(scene, { mode: "full" });
  assert.deepEqual(await scene.linked(), { [an]: "An", [bea]: "Bea" });
  assert.deepEqual(await openHolds(scene), ["reverted"]);
});

/** Begins a check of one person, and changes something while Liantis answers. @returns how it ended */
async function checkMeanwhile(scene: Scene, workerId: string, meanwhile: () => Promise<unknown>) {
  const { customerId, entityId } = scene.customer;
  const run = { customerId, runId: newId(), entityId, kind: "person", trigger: "person", workerId } as const;
  const at = house.clock.now.toISOString();
  await tenantTransaction(house.database.db, { customerId, entityIds: "all" }, "app", (trx) =>
    insertRun(trx, { ...run, at }),
  );
  const { liantis } = house.engine;
  house.engine.liantis = {
    ...liantis,
    fetchWorker: async (...asked) => {
      const answer = await liantis.fetchWorker(...asked);
      house.engine.liantis = liantis;
      await meanwhile();
      return answer;
    },
  };
  try {
    return (await scene.work(run.runId)).status;
  } finally {
    house.engine.liantis = liantis;
  }
}

test("a check that is under way writes nobody whom a change of the mode leaves out", async () => {
  for (const isPreviewed of [false, true]) {
    const scene = await createScene(house, { state: "active", mode: "full" });
    const [an, bea] = [scene.add("An"), scene.add("Bea")];
    await scene.sync("first");
    scene.change(an, { firstName: "Anna" });
    scene.change(bea, { firstName: "Beatrijs" });
    const order = { mode: "selective", workerIds: [an] };
    const toSelective = async () => {
      if (!isPreviewed) return await changeMode(scene, order);
      const asked = await scene.api("POST", "previews", order);
      await scene.work(asked.body["previewId"]);
      const { hash } = (await scene.api("GET", `/previews/${String(asked.body["previewId"])}`)).body;
      await changeMode(scene, { ...order, previewHash: hash });
    };
    assert.equal(await checkMeanwhile(scene, bea, toSelective), "cancelled");
    assert.deepEqual(await scene.linked(), { [an]: "Anna", [bea]: "Bea" });
    // Whoever stays in is looked at to the end.
    scene.change(an, { firstName: "Annick" });
    const all = { mode: "selective", workerIds: [an, bea] };
    assert.equal(await checkMeanwhile(scene, an, () => changeMode(scene, all)), "finished");
  }
});
