import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, beforeEach, test } from "node:test";
import { pino } from "pino";
import { walkAuthorization } from "../../../simulator/src/consent-browser.ts";
import { deliverMail } from "../../src/notify/deliver-mail.ts";
import { createMailer } from "../../src/notify/mailer.ts";
import {
  type Answer,
  apiKeyOf,
  call,
  comeBack,
  connectionOf,
  createCustomer,
  openProduct,
  publicUrl,
  rowsOf,
  signIn,
  startConsent,
  type TestCustomer,
} from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";

const product = await openProduct({ after });
const { simulator } = product;
const dataDir = await mkdtemp(path.join(tmpdir(), "activation-mails-"));
after(() => rm(dataDir, { recursive: true }));
beforeEach(() => {
  product.clock.now = new Date();
});
afterEach(() => simulator.control.clearFaults());

interface Setting {
  employer: ReturnType<typeof createEmployer>;
  customer: TestCustomer;
}

async function prepareSetting(customerName?: string): Promise<Setting> {
  const employer = createEmployer(simulator);
  const { enterpriseNumber } = employer;
  const numbers = { vatNumber: enterpriseNumber, confirmedNumber: enterpriseNumber };
  const customer = await createCustomer(
    product,
    customerName === undefined ? numbers : { ...numbers, customerName },
  );
  return { employer, customer };
}

async function linkByKey({ customer }: Setting): Promise<string> {
  const { status, body } = await startConsent(product, await apiKeyOf(product, customer), customer);
  assert.equal(status, 201);
  return new URL(String(body["authorizationUrl"])).pathname;
}

async function requestConsent({ customer }: Setting, email: string, language = "nl"): Promise<Answer> {
  const caller = await signIn(product, customer);
  const request = {
    method: "POST",
    path: `/entities/${customer.entityId}/liantis/consent-request`,
    body: { email, language },
  } as const;
  return await call(product, caller, request);
}

/** Delivers the entity's mails that wait, and answers each with the link it carries. */
async function deliverMails({
  customer,
}: Setting): Promise<{ recipient: string; text: string; link: string }[]> {
  const mailer = createMailer({
    smtpUrl: null,
    dataDir,
    senderAddress: "support@payflip.example",
    logger: pino({ level: "silent" }),
  });
  const waiting = await rowsOf<{ mail_id: string; recipient: string }>(
    product,
    "select mail_id, recipient from mails where entity_id = $1 and sent_at is null order by mail_id",
    [customer.entityId],
  );
  const mails = [];
  for (const { mail_id: mailId, recipient } of waiting) {
    await deliverMail({ ...product.deps, mailer }, { customerId: customer.customerId, mailId });
    const text = await readFile(path.join(dataDir, "mails", `${mailId}.eml`), "utf8");
    mails.push({
      recipient,
      text,
      link: /\/connect\/[\w-]{43}/.exec(text.replaceAll("=\n", ""))?.[0] ?? "",
    });
  }
  return mails;
}

function open(pathname: string, language = "en") {
  return product.app.inject({ method: "GET", url: pathname, headers: { "accept-language": language } });
}

async function follow(
  pathname: string,
  cookies = "",
): Promise<{ location: string; cookie: string; status: number }> {
  const response = await product.app.inject({
    method: "POST",
    url: pathname,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: publicUrl, cookie: cookies },
    payload: "",
  });
  const cookie = [response.headers["set-cookie"] ?? []]
    .flat()
    .map((line) => line.split(";")[0])
    .join("; ");
  return { status: response.statusCode, location: String(response.headers.location), cookie };
}

test("the page of a link names who asks, the company and the data, and needs no script", async () => {
  const setting = await prepareSetting(`Évil & "Sons" <script>alert(1)</script>`);
  const pathname = await linkByKey(setting);
  const page = await open(pathname);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Évil &amp; &quot;Sons&quot; &lt;script&gt;/);
  assert.doesNotMatch(page.body, /<script|style=|javascript:/i);
  const number = setting.employer.enterpriseNumber;
  assert.ok(page.body.includes(`BE ${number.slice(0, 4)}.${number.slice(4, 7)}.${number.slice(7)}`));
  assert.match(page.body, /first name, last name, e-mail address/);
  assert.match(page.body, /gross wage/);
  assert.match(page.body, /Only a main user of MyLiantis can do this/);
  assert.match(page.body, /<form method="post"><button>/);
  const policy = String(page.headers["content-security-policy"]);
  assert.match(policy, /default-src 'none'/);
  assert.ok(policy.includes(`form-action 'self' ${new URL(simulator.issuerUrl).origin}`));
  assert.equal(page.headers["cache-control"], "no-store");
  assert.match((await open(pathname, "nl")).body, /<html lang="nl">[^]*Alleen een hoofdgebruiker/);
  assert.match((await open(pathname, "fr-BE")).body, /<html lang="fr">[^]*Seul un utilisateur principal/);
  assert.match(String((await open("/connect/page.css")).headers["content-type"]), /text\/css/);
});

test("a link is followed by a plain form and comes back to the browser it was followed in", async () => {
  const setting = await prepareSetting();
  const pathname = await linkByKey(setting);
  const sent = await follow(pathname);
  assert.equal(sent.status, 303);
  assert.equal(new URL(sent.location).origin, new URL(simulator.issuerUrl).origin);
  const back = await walkAuthorization(sent.location, { username: setting.employer.mainUser });
  const elsewhere = await comeBack(product, back, "");
  assert.equal(elsewhere.search, "?outcome=CONSENT_STATE_MISMATCH");
  const landed = await comeBack(product, back, sent.cookie);
  assert.equal(landed.href, `${publicUrl}/connect/done?outcome=granted`);
  assert.match((await open(`${landed.pathname}${landed.search}`)).body, /the consent has been given/);
  assert.equal((await connectionOf(product, setting.customer))?.state, "choosing");
  assert.equal((await open(pathname)).statusCode, 410);
  assert.equal((await follow(pathname)).status, 410);
});

test("the transaction cookie is the browser's own, and two tabs share it", async () => {
  const setting = await prepareSetting();
  const pathname = await linkByKey(setting);
  const response = await product.app.inject({ method: "POST", url: pathname });
  const line = String(response.headers["set-cookie"]);
  assert.match(line, /^liantis-consent=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = line.split(";")[0] ?? "";
  const second = await follow(pathname, cookie);
  assert.equal(second.cookie, cookie);
  const first = await walkAuthorization(String(response.headers.location), {
    username: setting.employer.mainUser,
  });
  assert.equal((await comeBack(product, first, cookie)).searchParams.get("outcome"), "granted");
});

test("another site cannot make a browser follow a link", async () => {
  const pathname = await linkByKey(await prepareSetting());
  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ]) {
    const response = await product.app.inject({ method: "POST", url: pathname, headers });
    assert.equal(response.statusCode, 403);
    assert.match(String(response.headers["content-type"]), /text\/html/);
    assert.equal(response.headers.location, undefined);
  }
});

test("a link that ended, expired, lost its number or was made up looks the same", async () => {
  const gone: string[] = [`/connect/${"x".repeat(43)}`, "/connect/short"];
  const expired = await prepareSetting();
  const expiredLink = await linkByKey(expired);
  const changed = await prepareSetting();
  gone.push(await linkByKey(changed));
  await product.database.owner.query("update entities set vat_number = '0403019261' where entity_id = $1", [
    changed.customer.entityId,
  ]);
  const unconfirmed = await prepareSetting();
  gone.push(await linkByKey(unconfirmed));
  await product.database.owner.query("update entities set confirmed_number = null where entity_id = $1", [
    unconfirmed.customer.entityId,
  ]);
  const withdrawn = await prepareSetting();
  gone.push(await linkByKey(withdrawn));
  await product.database.owner.query(
    "update customers set liantis_available_at = null where customer_id = $1",
    [withdrawn.customer.customerId],
  );
  const disabled = await prepareSetting();
  gone.push(await linkByKey(disabled));
  await requestConsent(disabled, "main@example.be");
  const path = `/entities/${disabled.customer.entityId}/liantis/disable`;
  assert.equal(
    (await call(product, await signIn(product, disabled.customer), { method: "POST", path })).status,
    200,
  );

  const pages = await Promise.all(gone.map((pathname) => open(pathname)));
  product.clock.now = new Date(Date.now() + 14 * 86_400_000 + 1000);
  pages.push(await open(expiredLink));
  assert.ok(pages.every((page) => page.statusCode === 410 && page.body === pages[0]?.body));
  assert.match(pages[0]?.body ?? "", /Ask the person who sent it to you for a new link/);
});

test("a consent request sends the main user a mail whose link works, and the receipt says who signed", async () => {
  const setting = await prepareSetting();
  const { employer, customer } = setting;
  const requested = await requestConsent(setting, ` ${employer.mainUserEmail.toUpperCase()} `, "fr");
  assert.equal(requested.status, 201);
  assert.equal(requested.body["email"], employer.mainUserEmail);
  assert.equal((await connectionOf(product, customer))?.state, "consent_requested");
  const stored = await rowsOf<{ params: Record<string, string> }>(
    product,
    "select params from mails where entity_id = $1",
    [customer.entityId],
  );
  const [mail] = await deliverMails(setting);
  assert.equal(mail?.recipient, employer.mainUserEmail);
  assert.match(mail.text, /consentement/);
  assert.ok(
    !JSON.stringify(stored).includes(mail.link.slice("/connect/".length)),
    "the token is sealed at rest",
  );
  const left = await rowsOf<{ params: Record<string, string> }>(
    product,
    "select params from mails where entity_id = $1",
    [customer.entityId],
  );
  assert.deepEqual(Object.keys(left[0]?.params ?? {}).toSorted(), [
    "customerName",
    "enterpriseNumber",
    "entityName",
  ]);

  const sent = await follow(mail.link);
  const back = await walkAuthorization(sent.location, { username: employer.mainUser });
  assert.equal((await comeBack(product, back, sent.cookie)).searchParams.get("outcome"), "granted");
  const [receipt] = await rowsOf<Record<string, unknown>>(
    product,
    "select * from consent_receipts where entity_id = $1",
    [customer.entityId],
  );
  assert.deepEqual(
    [receipt?.["addressee_email"], receipt?.["signer_is_addressee"]],
    [employer.mainUserEmail, true],
  );
});

test("a signer who is not the addressee is noted", async () => {
  const setting = await prepareSetting();
  await requestConsent(setting, "somebody.else@example.be");
  const [mail] = await deliverMails(setting);
  const sent = await follow(mail?.link ?? "");
  const back = await walkAuthorization(sent.location, { username: setting.employer.mainUser });
  assert.equal((await comeBack(product, back, sent.cookie)).searchParams.get("outcome"), "granted");
  const [receipt] = await rowsOf<Record<string, unknown>>(
    product,
    "select * from consent_receipts where entity_id = $1",
    [setting.customer.entityId],
  );
  assert.equal(receipt?.["signer_is_addressee"], false);
});

test("a link can be tried again after a cancel; a new request ends the one before", async () => {
  const setting = await prepareSetting();
  await requestConsent(setting, "wrong.person@example.be");
  const [first] = await deliverMails(setting);
  const sent = await follow(first?.link ?? "");
  const cancelled = await walkAuthorization(sent.location, {
    username: setting.employer.mainUser,
    cancels: true,
  });
  assert.equal(
    (await comeBack(product, cancelled, sent.cookie)).searchParams.get("outcome"),
    "CONSENT_CANCELLED",
  );
  assert.equal(
    (await connectionOf(product, setting.customer))?.last_activation_error?.code,
    "CONSENT_CANCELLED",
  );
  assert.equal((await open(first?.link ?? "")).statusCode, 200);
  await requestConsent(setting, "right.person@example.be");
  const [second] = await deliverMails(setting);
  assert.equal((await open(first?.link ?? "")).statusCode, 410);
  assert.equal((await open(second?.link ?? "")).statusCode, 200);
});

test("a consent request needs a confirmed number and an address", async () => {
  const setting = await prepareSetting();
  const invalid = await requestConsent(setting, "not an address");
  assert.match(JSON.stringify(invalid.body["errors"]), /"path":"email"/);
  await product.database.owner.query("update entities set confirmed_number = null where entity_id = $1", [
    setting.customer.entityId,
  ]);
  const refused = await requestConsent(setting, "main@example.be");
  assert.deepEqual([refused.status, refused.body["code"]], [403, "NUMBER_NOT_CONFIRMED"]);
  assert.deepEqual(
    await rowsOf(product, "select 1 from mails where entity_id = $1", [setting.customer.entityId]),
    [],
  );
  assert.deepEqual(
    await readdir(path.join(dataDir, "mails")).then((files) =>
      files.filter((file) => file.endsWith(".part")),
    ),
    [],
  );
});

test("the last page shows no text from its address", async () => {
  const done = await open("/connect/done?outcome=INTERNAL&reference=<b>x</b>&grantedNumber=<i>");
  assert.match(done.body, /Something went wrong/);
  assert.doesNotMatch(done.body, /<b>|<i>|reference/);
  for (const outcome of ["__proto__", "toString", ""]) {
    assert.match((await open(`/connect/done?outcome=${outcome}`)).body, /not recognised/);
  }
});
