import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import {
  apiKeyOf,
  call,
  connectionOf,
  createCustomer,
  openProduct,
  signIn,
  startConsent,
  type TestCustomer,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator } = product;
afterEach(() => simulator.control.clearFaults());

async function refusal(
  customer: TestCustomer,
): Promise<{ status: number; code: unknown; detail: string; remedy: string }> {
  const { status, body } = await startConsent(product, await signIn(product, customer), customer);
  return { status, code: body["code"], detail: String(body["detail"]), remedy: String(body["remedy"]) };
}

test("each refusal says what is wrong and what to do, and is kept with the connection", async () => {
  const taken = createEmployer(simulator);
  const unlisted = simulator.control.createEmployer({ name: "Unlisted", available: false }).enterpriseNumber;
  const table: [Parameters<typeof createCustomer>[1], number, string, RegExp, RegExp][] = [
    [{ vatNumber: null }, 422, "VAT_MISSING", /no VAT number/, /Company details/],
    [{ vatNumber: "  " }, 422, "VAT_MISSING", /no VAT number/, /Company details/],
    [{ vatNumber: "BE 403.019.26" }, 422, "VAT_INVALID", /40301926.*too short/, /Company details/],
    [{ vatNumber: "403019261" }, 422, "VAT_INVALID", /Did you mean 0403019261/, /Company details/],
    [{ vatNumber: "2.123.456.789" }, 422, "VAT_INVALID", /establishment unit/, /Company details/],
    [{ vatNumber: "BE0403019261" }, 422, "COMPANY_NOT_FOUND", /BE 0403\.019\.261.*right format/, /MyLiantis/],
    [{ vatNumber: "0123456789" }, 422, "COMPANY_NOT_FOUND", /check digits do not match/, /MyLiantis/],
    [{ vatNumber: unlisted }, 422, "COMPANY_NOT_FOUND", /not in the list/, /customer success manager/],
    [{ vatNumber: taken.enterpriseNumber }, 409, "ENTITY_ALREADY_CONNECTED", /already connected/, /support/i],
  ];
  const other = await createCustomer(product, { customerName: "Somebody Elses NV" });
  await product.database.owner.query("insert into enterprise_number_claims values ($1, $2, $3, now())", [
    taken.enterpriseNumber,
    other.customerId,
    other.entityId,
  ]);
  for (const [options, status, code, detail, remedy] of table) {
    const customer = await createCustomer(product, options);
    const got = await refusal(customer);
    assert.deepEqual([got.status, got.code], [status, code]);
    assert.match(got.detail, detail);
    assert.match(got.remedy, remedy);
    assert.doesNotMatch(got.detail + got.remedy, /Somebody Elses/);
    assert.equal((await connectionOf(product, customer))?.last_activation_error?.code, code);
  }
});

test("without the integration nothing else is checked, and nothing is stored", async () => {
  const customer = await createCustomer(product, { available: false, vatNumber: null });
  const got = await refusal(customer);
  assert.deepEqual([got.status, got.code], [403, "NOT_AVAILABLE"]);
  assert.match(got.remedy, /customer success manager/);
  assert.equal(await connectionOf(product, customer), undefined);
});

test("trouble at Liantis is not reported as the customer's mistake, and an unusable answer has a reference", async () => {
  const { enterpriseNumber } = createEmployer(simulator);
  const customer = await createCustomer(product, { vatNumber: enterpriseNumber });
  for (const kind of ["unavailable", "html", "connection-reset", "rate-limited"]) {
    simulator.control.armFault({ kind, always: true });
    const got = await refusal(customer);
    assert.deepEqual([got.status, got.code], [503, "LIANTIS_UNAVAILABLE"], kind);
    simulator.control.clearFaults();
  }
  simulator.control.armFault({ kind: "wrong-employer-number", always: true });
  const broken = await startConsent(product, await signIn(product, customer), customer);
  assert.deepEqual([broken.status, broken.body["code"]], [500, "INTERNAL"]);
  assert.match(String(broken.body["reference"]), /^[0-9a-f-]{36}$/);
  assert.equal((await connectionOf(product, customer))?.last_activation_error?.code, "INTERNAL");
});

test("the texts come in the caller's language", async () => {
  const customer = await createCustomer(product);
  const caller = await signIn(product, customer);
  const titles: string[] = [];
  for (const language of ["nl", "fr", "en"]) {
    const path = `/entities/${customer.entityId}/liantis/activation`;
    titles.push(String((await call(product, caller, { method: "POST", path, language })).body["title"]));
  }
  assert.deepEqual(titles, ["Btw-nummer ontbreekt", "Numéro de TVA manquant", "VAT number missing"]);
});

test("a browser session goes to the issuer itself, and a start that works forgets the last error", async () => {
  const { enterpriseNumber } = createEmployer(simulator);
  const customer = await createCustomer(product, { vatNumber: "nonsense" });
  const caller = await signIn(product, customer);
  assert.equal((await startConsent(product, caller, customer)).body["code"], "VAT_INVALID");
  await product.database.owner.query("update entities set vat_number = $1 where entity_id = $2", [
    `BE ${enterpriseNumber}`,
    customer.entityId,
  ]);
  const { status, body } = await startConsent(product, caller, customer);
  assert.equal(status, 201);
  const url = new URL(String(body["authorizationUrl"]));
  assert.equal(url.origin, new URL(simulator.issuerUrl).origin);
  assert.equal(url.searchParams.get("enterprise_number"), enterpriseNumber);
  assert.equal(url.searchParams.get("code_challenge_method"), "S256");
  assert.equal(url.searchParams.get("scope"), "openid employer_consent");
  const minutes = (Date.parse(String(body["expiresAt"])) - product.clock.now.getTime()) / 60_000;
  assert.equal(minutes, 10);
  assert.equal((await connectionOf(product, customer))?.last_activation_error, null);
});

test("no secret of a consent is stored in the clear", async () => {
  const { enterpriseNumber } = createEmployer(simulator);
  const customer = await createCustomer(product, { vatNumber: enterpriseNumber });
  const { body } = await startConsent(product, await signIn(product, customer), customer);
  const state = new URL(String(body["authorizationUrl"])).searchParams.get("state") ?? "";
  const { rows } = await product.database.owner.query<Record<string, unknown>>(
    "select * from consent_states where entity_id = $1",
    [customer.entityId],
  );
  assert.equal(rows.length, 1);
  assert.ok(!JSON.stringify(rows).includes(state));
  assert.match(String(rows[0]?.["code_verifier_sealed"]), /^v1\.test\./);
});

test("an API key gets a connect link only for a number that a success manager confirmed", async () => {
  const { enterpriseNumber } = createEmployer(simulator);
  const unconfirmed = await createCustomer(product, { vatNumber: enterpriseNumber });
  const refused = await startConsent(product, await apiKeyOf(product, unconfirmed), unconfirmed);
  assert.deepEqual([refused.status, refused.body["code"]], [403, "NUMBER_NOT_CONFIRMED"]);
  const mistyped = await createCustomer(product, { vatNumber: "0403019261", confirmedNumber: "0746748857" });
  const notFound = await startConsent(product, await apiKeyOf(product, mistyped), mistyped);
  assert.equal(notFound.body["code"], "COMPANY_NOT_FOUND");
  const confirmed = await createCustomer(product, {
    vatNumber: enterpriseNumber,
    confirmedNumber: enterpriseNumber,
  });
  const { status, body } = await startConsent(product, await apiKeyOf(product, confirmed), confirmed);
  assert.equal(status, 201);
  assert.match(String(body["authorizationUrl"]), /^http:\/\/127\.0\.0\.1:3999\/connect\/[\w-]{43}$/);
  const days = (Date.parse(String(body["expiresAt"])) - product.clock.now.getTime()) / 86_400_000;
  assert.equal(days, 14);
});

test("another customer's entity does not exist", async () => {
  const mine = await createCustomer(product);
  const theirs = await createCustomer(product);
  for (const caller of [await signIn(product, mine), await apiKeyOf(product, mine)]) {
    for (const step of ["activation", "confirmation", "disable", "enable"]) {
      const path = `/entities/${theirs.entityId}/liantis/${step}`;
      const body = step === "confirmation" ? { mode: "full" } : {};
      const { status, body: answer } = await call(product, caller, { method: "POST", path, body });
      assert.deepEqual([status, answer["code"]], [404, "NOT_FOUND"], step);
    }
  }
  assert.equal(await connectionOf(product, theirs), undefined);
});
