import assert from "node:assert/strict";
import { after, test } from "node:test";
import { questionLimits } from "../../src/connection/provider-questions.ts";
import { mailLimits } from "../../src/notify/mail-limits.ts";
import { type Answer, apiKeyOf, call, createCustomer, openProduct, rowsOf } from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });

async function asker() {
  const { enterpriseNumber } = createEmployer(product.simulator);
  const customer = await createCustomer(product, {
    vatNumber: enterpriseNumber,
    confirmedNumber: enterpriseNumber,
  });
  const caller = await apiKeyOf(product, customer);
  const entity = `/entities/${customer.entityId}/liantis`;
  return {
    customer,
    ask: (email: string): Promise<Answer> =>
      call(product, caller, {
        method: "POST",
        path: `${entity}/consent-request`,
        body: { email, language: "nl" },
      }),
    activate: (): Promise<Answer> => call(product, caller, { method: "POST", path: `${entity}/activation` }),
    mails: async () =>
      (await rowsOf(product, "select recipient from mails where customer_id = $1", [customer.customerId]))
        .length,
  };
}

test("50 requests at once for one addressee send one mail, and all answer the same", async () => {
  const { ask, mails } = await asker();
  // As many as the questions at Liantis allow; the rest is refused.
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask("main@example.be")));
  const made = answers.filter(({ status }) => status === 201);
  assert.equal(made.length, questionLimits.company);
  assert.ok(answers.every(({ status }) => status === 201 || status === 429));
  assert.equal(new Set(made.map(({ body }) => body["requestedAt"])).size, 1);
  assert.equal(await mails(), 1);
});

test("a later request for the same addressee is a new one, up to the limit of the address over all customers", async () => {
  const [one, other] = [await asker(), await asker()];
  const start = product.clock.now;
  for (let request = 0; request < mailLimits.recipientHourMax; request += 1) {
    product.clock.now = new Date(start.getTime() + request * 11 * 60_000);
    assert.equal((await one.ask("often@example.be")).status, 201);
  }
  assert.equal(await one.mails(), mailLimits.recipientHourMax);
  const refused = await other.ask("often@example.be");
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers["retry-after"]) > 0);
  assert.equal(await other.mails(), 0);
  product.clock.now = new Date(start.getTime() + 90 * 60_000);
  assert.equal((await other.ask("often@example.be")).status, 201);
});

test("an entity sends so many requests an hour, also at once, and a refusal leaves no outcome with the connection", async () => {
  const { ask, mails, customer } = await asker();
  const addressees = Array.from({ length: 15 }, (_, index) => `person${index}@example.be`);
  const answers = await Promise.all(addressees.map(ask));
  assert.equal(answers.filter(({ status }) => status === 201).length, mailLimits.entityHourMax);
  assert.equal(await mails(), mailLimits.entityHourMax);
  const [connection] = await rowsOf<{ last_activation_error: unknown }>(
    product,
    "select last_activation_error from connections where entity_id = $1",
    [customer.entityId],
  );
  assert.equal(connection?.last_activation_error, null);
});

test("an activation that is started in a loop stops asking Liantis", async () => {
  const { activate } = await asker();
  const statuses = [];
  for (let start = 0; start <= questionLimits.company; start += 1) statuses.push((await activate()).status);
  assert.deepEqual(new Set(statuses.slice(0, -1)), new Set([201]));
  assert.equal(statuses.at(-1), 429);
});
