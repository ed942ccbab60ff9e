import assert from "node:assert/strict";
import { after, afterEach, beforeEach, test } from "node:test";
import { walkAuthorization } from "../../../simulator/src/consent-browser.ts";
import {
  type Caller,
  comeBack,
  connectionOf,
  createCustomer,
  openProduct,
  rowsOf,
  signIn,
  startConsent,
  type TestCustomer,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator } = product;
beforeEach(() => {
  product.clock.now = new Date();
});
afterEach(() => simulator.control.clearFaults());

interface Setting {
  employer: ReturnType<typeof createEmployer>;
  customer: TestCustomer;
  caller: Caller & { session: string };
  cookies: string;
}

async function prepareSetting(): Promise<Setting> {
  const employer = createEmployer(simulator);
  const customer = await createCustomer(product, { vatNumber: employer.enterpriseNumber });
  const caller = await signIn(product, customer);
  return { employer, customer, caller, cookies: `session=${caller.session}` };
}

async function authorizationUrl({ caller, customer }: Setting): Promise<string> {
  const { status, body } = await startConsent(product, caller, customer);
  assert.equal(status, 201);
  return String(body["authorizationUrl"]);
}

async function journey(
  setting: Setting,
  visitor: Partial<Parameters<typeof walkAuthorization>[1]> = {},
): Promise<URL> {
  return await walkAuthorization(await authorizationUrl(setting), {
    username: setting.employer.mainUser,
    ...visitor,
  });
}

/** The landing page and the connection show the outcome, and nothing was granted. */
async function assertRefused({ customer }: Setting, landed: URL, outcome: string): Promise<void> {
  assert.equal(landed.pathname, "/settings/integrations/liantis");
  assert.equal(landed.searchParams.get("activation"), outcome);
  assert.equal(landed.searchParams.get("entity"), customer.entityId);
  const connection = await connectionOf(product, customer);
  assert.equal(connection?.last_activation_error?.code, outcome);
  assert.equal(connection?.state, "available");
  assert.deepEqual(
    await rowsOf(product, "select 1 from consent_receipts where entity_id = $1", [customer.entityId]),
    [],
  );
}

test("a main user's consent is kept as a receipt and leads to the choice", async () => {
  const setting = await prepareSetting();
  const landed = await comeBack(product, await journey(setting), setting.cookies);
  const { employer, customer } = setting;
  assert.equal(
    landed.href,
    `http://127.0.0.1:3999/settings/integrations/liantis?entity=${customer.entityId}&activation=granted`,
  );
  const connection = await connectionOf(product, customer);
  assert.deepEqual(
    [connection?.state, connection?.enterprise_number, connection?.last_activation_error],
    ["choosing", employer.enterpriseNumber, null],
  );
  const [receipt] = await rowsOf<Record<string, unknown>>(
    product,
    "select * from consent_receipts where entity_id = $1",
    [customer.entityId],
  );
  assert.equal(receipt?.["signer_name"], "Marie Peeters");
  assert.equal(receipt?.["signer_email"], employer.mainUserEmail);
  assert.equal(receipt?.["signer_role"], "main_user");
  assert.equal(receipt?.["enterprise_number"], employer.enterpriseNumber);
  assert.equal(receipt?.["signer_is_addressee"], null);
  assert.ok(receipt?.["consent_id"] && receipt["granted_at"] && receipt["text_version"]);
  assert.ok(Array.isArray(receipt["data_categories"]) && receipt["data_categories"].includes("grossSalary"));
});

test("each refusal at Liantis has its outcome", async () => {
  const cancelled = await prepareSetting();
  const back = await journey(cancelled, { cancels: true });
  await assertRefused(cancelled, await comeBack(product, back, cancelled.cookies), "CONSENT_CANCELLED");

  const user = await prepareSetting();
  const byUser = await journey(user, { username: user.employer.user });
  await assertRefused(user, await comeBack(product, byUser, user.cookies), "CONSENT_NOT_MAIN_USER");

  const gone = await prepareSetting();
  const url = new URL(await authorizationUrl(gone));
  url.searchParams.set("enterprise_number", "0403019261");
  const unknown = await walkAuthorization(url, { username: gone.employer.mainUser });
  await assertRefused(gone, await comeBack(product, unknown, gone.cookies), "COMPANY_NOT_FOUND");

  const trouble = await prepareSetting();
  simulator.control.armFault({ kind: "authorization-error", times: 1, error: "server_error" });
  const landed = await comeBack(product, await journey(trouble), trouble.cookies);
  await assertRefused(trouble, landed, "INTERNAL");
  assert.match(landed.searchParams.get("reference") ?? "", /^[0-9a-f-]{36}$/);
});

test("a consent counts only from a main user, whatever Liantis lets through", async () => {
  for (const role of ["user", "accountant"] as const) {
    const setting = await prepareSetting();
    simulator.control.armFault({ kind: "consent-without-role-check", times: 1 });
    const back = await journey(setting, { username: setting.employer[role] });
    await assertRefused(setting, await comeBack(product, back, setting.cookies), "CONSENT_NOT_MAIN_USER");
  }
});

test("a consent for another company shows both numbers, also when the role is wrong", async () => {
  const roles = [
    ["main_user", "main_user"],
    ["user", "accountant"],
  ] as const;
  for (const [asked, granted] of roles) {
    const setting = await prepareSetting();
    const other = createEmployer(simulator);
    const username = `${setting.employer.mainUser}-${granted}`;
    simulator.control.addPerson({
      username,
      name: "Two Hats",
      email: "two@example.be",
      roles: { [setting.employer.enterpriseNumber]: asked, [other.enterpriseNumber]: granted },
    });
    simulator.control.armFault({ kind: "consent-without-role-check", always: true });
    const back = await journey(setting, { username, chooses: other.enterpriseNumber });
    const landed = await comeBack(product, back, setting.cookies);
    await assertRefused(setting, landed, "CONSENT_FOR_OTHER_COMPANY");
    const digits = (name: string) => landed.searchParams.get(name)?.replaceAll(/\D/g, "");
    assert.equal(digits("enterpriseNumber"), setting.employer.enterpriseNumber);
    assert.equal(digits("grantedNumber"), other.enterpriseNumber);
  }
});

test("a forged or broken answer ends as an internal error with a reference", async () => {
  for (const kind of [
    "callback-wrong-issuer",
    "callback-without-issuer",
    "id-token-wrong-nonce",
    "id-token-wrong-issuer",
    "id-token-wrong-audience",
    "id-token-expired",
    "id-token-bad-signature",
    "id-token-unsigned",
  ]) {
    const setting = await prepareSetting();
    simulator.control.armFault({ kind, times: 1 });
    const landed = await comeBack(product, await journey(setting), setting.cookies);
    await assertRefused(setting, landed, "INTERNAL");
    assert.match(landed.searchParams.get("reference") ?? "", /^[0-9a-f-]{36}$/, kind);
  }
});

test("a code that another state asked for is refused: its verifier is another", async () => {
  const setting = await prepareSetting();
  const [first, second] = [await journey(setting), await journey(setting)];
  first.searchParams.set("code", second.searchParams.get("code") ?? "");
  await assertRefused(setting, await comeBack(product, first, setting.cookies), "INTERNAL");
});

test("an answer without a state, with two states or with an unknown state belongs to no activation", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  const [none, two, unknown] = [new URL(back), new URL(back), new URL(back)];
  none.searchParams.delete("state");
  two.searchParams.append("state", "x");
  unknown.searchParams.set("state", "x".repeat(43));
  for (const url of [none, two, unknown]) {
    const landed = await comeBack(product, url, setting.cookies);
    assert.equal(landed.searchParams.get("activation"), "CONSENT_STATE_MISMATCH");
    assert.equal(landed.searchParams.get("entity"), null);
  }
  const stranger = await comeBack(product, unknown, "");
  assert.equal(`${stranger.pathname}${stranger.search}`, "/connect/done?outcome=CONSENT_STATE_MISMATCH");
  assert.equal((await comeBack(product, back, setting.cookies)).searchParams.get("activation"), "granted");
});

test("an answer counts once: Back and reload change nothing", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  assert.equal((await comeBack(product, back, setting.cookies)).searchParams.get("activation"), "granted");
  const again = await comeBack(product, back, setting.cookies);
  assert.equal(again.searchParams.get("activation"), "CONSENT_STATE_MISMATCH");
  const connection = await connectionOf(product, setting.customer);
  assert.deepEqual([connection?.state, connection?.last_activation_error], ["choosing", null]);
  const receipts = await rowsOf(product, "select 1 from consent_receipts where entity_id = $1", [
    setting.customer.entityId,
  ]);
  assert.equal(receipts.length, 1);
});

test("two tabs that come back at the same moment with one answer grant once", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  const landed = await Promise.all([1, 2, 3].map(() => comeBack(product, back, setting.cookies)));
  const outcomes = landed.map((url) => url.searchParams.get("activation") ?? "").toSorted();
  assert.deepEqual(outcomes, ["CONSENT_STATE_MISMATCH", "CONSENT_STATE_MISMATCH", "granted"]);
});

test("another session, another customer or a browser without a session cannot use the answer, and does not learn whose it is", async () => {
  const setting = await prepareSetting();
  const otherSession = await signIn(product, setting.customer);
  const otherCustomer = await signIn(product, await createCustomer(product));
  for (const cookies of [
    `session=${otherSession.session}`,
    `session=${otherCustomer.session}`,
    "session=made-up",
    "",
  ]) {
    const back = await journey(setting);
    const landed = await comeBack(product, back, cookies);
    const outcome = landed.searchParams.get("activation") ?? landed.searchParams.get("outcome");
    assert.equal(outcome, "CONSENT_STATE_MISMATCH");
    assert.ok(!landed.href.includes(setting.customer.entityId));
    assert.equal(
      (await connectionOf(product, setting.customer))?.last_activation_error?.code,
      "CONSENT_STATE_MISMATCH",
    );
    // The right browser still can.
    assert.equal((await comeBack(product, back, setting.cookies)).searchParams.get("activation"), "granted");
  }
});

test("an admin who lost the entity meanwhile cannot finish", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  await product.database.owner.query("update memberships set entity_ids = '{}' where account_id = $1", [
    setting.customer.accountId,
  ]);
  const landed = await comeBack(product, back, setting.cookies);
  assert.equal(landed.searchParams.get("activation"), "CONSENT_STATE_MISMATCH");
  assert.equal((await connectionOf(product, setting.customer))?.state, "available");
});

test("a consent counts within ten minutes and is refused later", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  product.clock.now = new Date(Date.now() + 10 * 60_000 + 1000);
  await assertRefused(setting, await comeBack(product, back, setting.cookies), "CONSENT_STATE_MISMATCH");
});

test("the callback is refused when company details changed or the integration was withdrawn meanwhile", async () => {
  const changed = await prepareSetting();
  const back = await journey(changed);
  await product.database.owner.query("update entities set vat_number = '0403019261' where entity_id = $1", [
    changed.customer.entityId,
  ]);
  await assertRefused(changed, await comeBack(product, back, changed.cookies), "CONSENT_STATE_MISMATCH");

  const withdrawn = await prepareSetting();
  const late = await journey(withdrawn);
  await product.database.owner.query(
    "update customers set liantis_available_at = null where customer_id = $1",
    [withdrawn.customer.customerId],
  );
  await assertRefused(withdrawn, await comeBack(product, late, withdrawn.cookies), "CONSENT_STATE_MISMATCH");
});

test("of two customers who consent for one number, one has it and the other is refused at the next try", async () => {
  const first = await prepareSetting();
  const second: Setting = {
    ...first,
    customer: await createCustomer(product, { vatNumber: first.employer.enterpriseNumber }),
  };
  second.caller = await signIn(product, second.customer);
  second.cookies = `session=${second.caller.session}`;
  const backs = [await journey(first), await journey(second)] as const;
  const landed = await Promise.all([
    comeBack(product, backs[0], first.cookies),
    comeBack(product, backs[1], second.cookies),
  ]);
  const outcomes = landed.map((url) => url.searchParams.get("activation") ?? "");
  assert.deepEqual(outcomes.toSorted(), ["INTERNAL", "granted"]);
  const loser = outcomes[0] === "INTERNAL" ? first : second;
  const again = await startConsent(product, loser.caller, loser.customer);
  assert.equal(again.body["code"], "ENTITY_ALREADY_CONNECTED");
});

test("a session that was signed out finishes no consent, also not as the cookie of a connect link", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  const { session } = setting.caller;
  await rowsOf(product, "delete from sessions where account_id = $1", [await accountOf(setting)]);
  for (const cookies of [`session=${session}`, `liantis-consent=${session}`]) {
    const landed = await comeBack(product, back, cookies);
    assert.equal(
      landed.searchParams.get("activation") ?? landed.searchParams.get("outcome"),
      "CONSENT_STATE_MISMATCH",
    );
  }
  assert.equal((await connectionOf(product, setting.customer))?.state, "available");
});

test("a live session as the cookie of a connect link finishes no consent", async () => {
  const setting = await prepareSetting();
  const landed = await comeBack(product, await journey(setting), `liantis-consent=${setting.caller.session}`);
  assert.equal(landed.searchParams.get("outcome"), "CONSENT_STATE_MISMATCH");
  assert.equal((await connectionOf(product, setting.customer))?.state, "available");
});

test("an admin whose rights were withdrawn during the consent does not finish it", async () => {
  const setting = await prepareSetting();
  const back = await journey(setting);
  await rowsOf(product, "update memberships set role = 'reader' where account_id = $1", [
    await accountOf(setting),
  ]);
  for (const cookies of [setting.cookies, `liantis-consent=${setting.caller.session}`])
    assert.notEqual((await comeBack(product, back, cookies)).searchParams.get("activation"), "granted");
  assert.equal((await connectionOf(product, setting.customer))?.state, "available");
});

async function accountOf({ customer }: Setting): Promise<string> {
  const [row] = await rowsOf<{ account_id: string }>(
    product,
    "select account_id from consent_states where entity_id = $1",
    [customer.entityId],
  );
  assert.ok(row);
  return row.account_id;
}
