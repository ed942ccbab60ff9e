import assert from "node:assert/strict";
import { after, test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { type ConsentedCustomer, counted, createConsentedCustomer } from "../support/consented-customer.ts";
import { openProduct } from "../support/product.ts";

const product = await openProduct({ after });

async function choose(consented: ConsentedCustomer, choices: Record<string, string[]>): Promise<void> {
  const body = { select: [], exclude: [], release: [], ...choices };
  const made = await consented.api("POST", "choices", body);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  if (made.body["runId"] !== null) await consented.work(made.body["runId"]);
}

async function changeMode(consented: ConsentedCustomer, body: object): Promise<void> {
  const changed = await consented.api("PUT", "mode", body);
  assert.equal(changed.status, 202, JSON.stringify(changed.body));
  await consented.work(changed.body["runId"]);
}

/** Two people in selective mode; a run that renamed one of them was undone. */
async function undoneRename(): Promise<{ consented: ConsentedCustomer; an: string; bea: string }> {
  const consented = await createConsentedCustomer(product);
  const [an, bea] = [consented.add("An"), consented.add("Bea")];
  const confirmed = await consented.api("POST", "confirmation", { mode: "selective", workerIds: [an, bea] });
  await consented.work(confirmed.body["runId"]);
  consented.change(bea, { firstName: "Beatrijs" });
  product.clock.now = new Date(product.clock.now.getTime() + 1000);
  const run = await consented.sync();
  product.clock.now = new Date(product.clock.now.getTime() + 1000);
  const undone = await consented.api("POST", `/syncs/${run.runId}/revert`, {});
  assert.deepEqual([undone.status, undone.body["changes"]], [200, 1]);
  return { consented, an, bea };
}

async function openHolds(consented: ConsentedCustomer): Promise<unknown[]> {
  const { body } = await consented.api("GET", `/entities/${consented.customer.entityId}/liantis`);
  return (body["openHolds"] as { kind: string }[]).map(({ kind }) => kind);
}

test("the hold of an undo is not asked while the person is released, and holds again once they are selected", async () => {
  const { consented, an, bea } = await undoneRename();
  assert.deepEqual(await openHolds(consented), ["reverted"]);
  await choose(consented, { release: [bea] });
  assert.deepEqual(await openHolds(consented), []);
  await consented.sync();
  await choose(consented, { select: [bea] });
  assert.deepEqual(await consented.linked(), { [an]: "An", [bea]: "Bea" });
  assert.deepEqual(counted(await consented.sync()), { fetched: 2, held: 1, unchanged: 1 });
  assert.deepEqual(await openHolds(consented), ["reverted"]);
});

test("the hold of an undo outlasts a mode that excludes the person", async () => {
  const { consented, an, bea } = await undoneRename();
  await changeMode(consented, { mode: "full" });
  assert.deepEqual(await openHolds(consented), ["reverted"]);
  await changeMode(consented, { mode: "selective", workerIds: [an] });
  assert.deepEqual(await openHolds(consented), []);
  await changeMode(consented, { mode: "full" });
  assert.deepEqual(await consented.linked(), { [an]: "An", [bea]: "Bea" });
  assert.deepEqual(await openHolds(consented), ["reverted"]);
});

/** Begins a check of one person, and changes something while Liantis answers. @returns how it ended */
async function checkMeanwhile(
  consented: ConsentedCustomer,
  workerId: string,
  meanwhile: () => Promise<unknown>,
) {
  const { customerId, entityId } = consented.customer;
  const run = { customerId, runId: newId(), entityId, kind: "person", trigger: "person", workerId } as const;
  const now = product.clock.now.toISOString();
  await tenantTransaction(product.database.db, { customerId, entityIds: "all" }, "app", (trx) =>
    insertRun(trx, { ...run, now }),
  );
  const { liantis } = product.engine;
  product.engine.liantis = {
    ...liantis,
    fetchWorker: async (...asked) => {
      const answer = await liantis.fetchWorker(...asked);
      product.engine.liantis = liantis;
      await meanwhile();
      return answer;
    },
  };
  try {
    return (await consented.work(run.runId)).status;
  } finally {
    product.engine.liantis = liantis;
  }
}

test("a check in progress does not write a person whom a change of the mode excludes", async () => {
  for (const isPreviewed of [false, true]) {
    const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
    const [an, bea] = [consented.add("An"), consented.add("Bea")];
    await consented.sync("first");
    consented.change(an, { firstName: "Anna" });
    consented.change(bea, { firstName: "Beatrijs" });
    const order = { mode: "selective", workerIds: [an] };
    const toSelective = async () => {
      if (!isPreviewed) return await changeMode(consented, order);
      const asked = await consented.api("POST", "previews", order);
      await consented.work(asked.body["previewId"]);
      const { hash } = (await consented.api("GET", `/previews/${String(asked.body["previewId"])}`)).body;
      await changeMode(consented, { ...order, previewHash: hash });
    };
    assert.equal(await checkMeanwhile(consented, bea, toSelective), "cancelled");
    assert.deepEqual(await consented.linked(), { [an]: "Anna", [bea]: "Bea" });
    // A person who stays in scope is checked to the end.
    consented.change(an, { firstName: "Annick" });
    const all = { mode: "selective", workerIds: [an, bea] };
    assert.equal(await checkMeanwhile(consented, an, () => changeMode(consented, all)), "finished");
  }
});
