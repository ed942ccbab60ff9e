import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { resetLimits } from "../../src/accounts/password-reset.ts";
import { deliverMail } from "../../src/notify/deliver-mail.ts";
import { lockMail } from "../../src/notify/mails.sql.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import {
  addAccount,
  addTenant,
  type HttpServer,
  openHttpServer,
  operatorKey,
  publicUrl,
} from "../support/http-server.ts";
import { testConfig } from "../support/test-server.ts";

const browser = { origin: publicUrl, "content-type": "application/json" };
const password = "vier woorden zonder verband";

async function open(t: TestContext) {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  return { http, tenant };
}

type Answer = Awaited<ReturnType<HttpServer["app"]["inject"]>>;

function post({ app }: HttpServer, path: string, payload: object, headers: object = {}): Promise<Answer> {
  return app.inject({
    method: "POST",
    url: `/api/v1${path}`,
    headers: { ...browser, ...headers },
    payload,
  });
}

interface SentMail {
  recipient: string;
  subject: string;
  text: string;
}

/** Delivers what waits, oldest first. */
async function deliverMails({ database, clock }: HttpServer): Promise<SentMail[]> {
  const sent: SentMail[] = [];
  const { rows } = await database.owner.query<{ customer_id: string; mail_id: string }>(
    "select customer_id, mail_id from mails where sent_at is null order by created_at, mail_id",
  );
  for (const { customer_id: customerId, mail_id: mailId } of rows) {
    const delivery = {
      db: database.db,
      keyRing: testConfig(null).secretKeys,
      publicUrl,
      now: () => clock.now,
      enqueueMail: async () => {},
      mailer: { description: "kept", send: async (mail: SentMail) => void sent.push(mail) },
    };
    await deliverMail(delivery, { customerId, mailId });
    const stored = await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
      lockMail(trx, customerId, mailId),
    );
    assert.equal(stored?.params["secret"], undefined, "the secret is gone once the mail is sent");
  }
  return sent;
}

function tokenIn(mail: SentMail | undefined): string {
  const token = /\/account-links\/([\w-]{43})/.exec(mail?.text ?? "")?.[1];
  assert.ok(token, "the mail has a link");
  return token;
}

const signIn = (http: HttpServer, email: string, secret = password) =>
  post(http, "/session", { email, password: secret });

test("a new customer's admin is invited in their language, chooses a password once and signs in", async (t) => {
  const { http } = await open(t);
  const headers = await operatorKey(http, "success_manager");
  const email = "hr@kempen.example";
  const made = await post(
    http,
    "/customers",
    { name: "Kempen", entities: [{ name: "Een" }], admins: [{ email, name: "Els", language: "fr" }] },
    headers,
  );
  assert.equal(made.statusCode, 201, made.body);
  const [mail] = await deliverMails(http);
  assert.equal(mail?.recipient, email);
  assert.equal(mail?.subject, "Votre accès à Payflip");
  const token = tokenIn(mail);
  const link = await http.app.inject({ url: `/api/v1/account-links/${token}` });
  const { purpose, email: address, name, language } = link.json();
  assert.deepEqual([purpose, address, name, language], ["invite", email, "Els", "fr"]);
  const stored = await http.database.owner.query(
    "select encode(token_hash, 'escape') as hash from account_links",
  );
  assert.doesNotMatch(JSON.stringify(stored.rows), new RegExp(token), "the token is not stored");
  const weak = await post(http, `/account-links/${token}`, { password: "kort" });
  assert.deepEqual([weak.statusCode, weak.json().code], [422, "PASSWORD_TOO_WEAK"]);
  const set = await post(http, `/account-links/${token}`, { password });
  assert.deepEqual([set.statusCode, set.json()], [200, { email }]);
  assert.equal((await signIn(http, email)).statusCode, 201);
  const again = await post(http, `/account-links/${token}`, { password: `${password} 2` });
  assert.deepEqual([again.statusCode, again.json().code], [410, "ACCOUNT_LINK_ENDED"]);
  assert.equal((await signIn(http, email)).statusCode, 201, "the password stays");
});

test("a link ends after seven days and when a newer one is made", async (t) => {
  const { http, tenant } = await open(t);
  const email = "hr@ardennen.example";
  await addAccount(http, { customerId: tenant.customerId, email, role: "admin", passwordHash: null });
  const ask = async () => {
    assert.equal((await post(http, "/session/password-reset", { email })).statusCode, 202);
    return tokenIn((await deliverMails(http))[0]);
  };
  const first = await ask();
  const second = await ask();
  assert.equal((await post(http, `/account-links/${first}`, { password })).statusCode, 410);
  http.clock.now = new Date(http.clock.now.getTime() + 7 * 24 * 3_600_000);
  assert.equal((await post(http, `/account-links/${second}`, { password })).statusCode, 410);
  assert.equal((await http.app.inject({ url: `/api/v1/account-links/${second}` })).statusCode, 410);
});

test("a forgotten password is answered the same for an unknown address, and too many requests send no more mail", async (t) => {
  const { http, tenant } = await open(t);
  const email = "hr@ardennen.example";
  await addAccount(http, { customerId: tenant.customerId, email, role: "admin", passwordHash: null });
  const answers = [];
  for (const address of ["unknown@ardennen.example", email, email, email, email, " HR@Ardennen.example "]) {
    const { statusCode, body } = await post(http, "/session/password-reset", { email: address });
    answers.push([statusCode, body]);
  }
  assert.deepEqual(new Set(answers.map((one) => JSON.stringify(one))).size, 1);
  assert.equal(answers[0]?.[0], 202);
  const mails = await deliverMails(http);
  assert.equal(mails.length, resetLimits.accountMax);
  assert.ok(mails.every(({ recipient }) => recipient === email));
});

test("a new password ends every session and every other link of the account", async (t) => {
  const { http, tenant } = await open(t);
  const email = "hr@ardennen.example";
  await addAccount(http, { customerId: tenant.customerId, email, role: "admin", passwordHash: null });
  const reset = async () => {
    await post(http, "/session/password-reset", { email });
    return tokenIn((await deliverMails(http))[0]);
  };
  await post(http, `/account-links/${await reset()}`, { password });
  const [cookie] = (await signIn(http, email)).cookies;
  assert.ok(cookie);
  const session = () =>
    http.app.inject({ url: "/api/v1/session", headers: { cookie: `${cookie.name}=${cookie.value}` } });
  assert.equal((await session()).statusCode, 200);
  await post(http, `/account-links/${await reset()}`, { password: `${password} anders` });
  assert.equal((await session()).statusCode, 401);
  assert.equal((await signIn(http, email)).statusCode, 401);
});

test("an operator, who has no customer, gets a new password too", async (t) => {
  const { http } = await open(t);
  await operatorKey(http, "support");
  const { rows } = await http.database.owner.query<{ email: string }>(
    "select email from accounts where customer_id is null",
  );
  const email = rows[0]?.email ?? "";
  await post(http, "/session/password-reset", { email });
  const token = tokenIn((await deliverMails(http))[0]);
  assert.equal((await post(http, `/account-links/${token}`, { password })).statusCode, 200);
  assert.equal((await signIn(http, email)).statusCode, 201);
});

test("the sign-in page offers a password only where an account can have one", async (t) => {
  const http = await openHttpServer(t);
  const options = async () => (await http.app.inject({ url: "/api/v1/session/options" })).json();
  assert.equal((await options()).passwordSignIn, false);
  await operatorKey(http, "success_manager");
  assert.equal((await options()).passwordSignIn, true);
});
