import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Connection } from "@payflip/contract/connection.ts";
import type { Thresholds } from "@payflip/contract/thresholds.ts";
import { type ConsentedCustomer, createConsentedCustomer } from "../support/consented-customer.ts";
import { contractFields } from "../support/people.ts";
import { openProduct } from "../support/product.ts";

const product = await openProduct({ after });
const { control } = product.simulator;

async function put(consented: ConsentedCustomer, body: object): Promise<Thresholds> {
  const answer = await consented.api("PUT", "thresholds", body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.deepEqual((await consented.api("GET", "thresholds")).body, answer.body);
  return answer.body as unknown as Thresholds;
}

function earn(consented: ConsentedCustomer, workerId: string, grossAmount: string): void {
  consented.change(workerId, { wageContracts: [contractFields(`${workerId}-1`, { grossAmount })] });
}

test("a connection whose wages may triple does not hold one that doubles", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const an = consented.add("An", { wageContracts: [] });
  earn(consented, an, "2000.00");
  await consented.sync("first");
  const usual = (await consented.api("GET", "thresholds")).body as unknown as Thresholds;
  assert.deepEqual(usual.wageFactorMax, { value: null, usual: 1.5, min: 1.05, max: 20, step: 0.01 });
  const set = await put(consented, { wageFactorMax: 3, nssoPercentMax: null });
  assert.deepEqual([set.wageFactorMax.value, set.nssoPercentMax.value], [3, null]);
  earn(consented, an, "4000.00");
  assert.equal((await consented.sync()).verdict, "in_order");
  earn(consented, an, "12000.00");
  assert.equal((await consented.sync()).verdict, "needs_attention");
  const { body } = await consented.api("GET", `/entities/${consented.customer.entityId}/liantis`);
  const [hold] = (body as unknown as Connection).openHolds;
  assert.match(hold?.reasons[0]?.text ?? "", /at least 3 times as high|minstens 3 keer zo hoog/);
  const back = await put(consented, { wageFactorMax: null });
  assert.equal(back.wageFactorMax.value, null);
  earn(consented, an, "6000.00");
  assert.equal((await consented.sync()).verdict, "needs_attention", "the usual limit again");
  const audited = await consented.rows<{ action: string; actor: string }>(
    "select action, actor from audit_entries where entity_id = $1 and action = 'thresholds.changed'",
  );
  assert.equal(audited.length, 2);
  assert.match(audited[0]?.actor ?? "", /^api_key:/);
});

test("a connection of which half may be absent holds no run in which half is", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  const ids = Array.from({ length: 8 }, (_, person) => consented.add(`Pers${person}`));
  await consented.sync("first");
  await put(consented, { absentPercentMax: 50 });
  for (const id of ids.slice(0, 4)) control.removeWorker(consented.number, id);
  assert.notEqual((await consented.sync()).verdict, "held");
  const [figures] = await consented.rows<{ absent: number }>(
    "select count(*)::int as absent from links where entity_id = $1 and absent_since is not null",
  );
  assert.equal(figures?.absent, 4);
});

test("a limit that would hold everything or nothing is refused, and so is a value that is no limit", async () => {
  const consented = await createConsentedCustomer(product, { state: "active", mode: "full" });
  for (const body of [
    { wageFactorMax: 1 },
    { wageFactorMax: 1.555 },
    { absentPercentMax: 101 },
    { absentMax: 2.5 },
    { identityPeopleMin: "3" },
    { somethingElse: 1 },
  ]) {
    const { status } = await consented.api("PUT", "thresholds", body);
    assert.ok(status === 400 || status === 422, `${JSON.stringify(body)}: ${status}`);
  }
  assert.deepEqual(
    await consented.rows("select 1 from connections where entity_id = $1 and thresholds is not null"),
    [],
  );
});
