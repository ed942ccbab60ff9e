import assert from "node:assert/strict";
import { scryptSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { passwordPlacesMax, reservePasswordPlace } from "../../src/access/password.ts";
import { signInLimits } from "../../src/access/sign-in.ts";
import { newId } from "../../src/postgres/ids.ts";
import { type HttpServer, openHttpServer, publicUrl } from "../support/http-server.ts";

/** As it is stored, but of a hash that takes no time. */
const cost = { N: 1024, r: 8, p: 1 };
const key = scryptSync("right", "salt", 32, cost).toString("base64url");
const quickHash = `scrypt$${cost.N}$${cost.r}$${cost.p}$${Buffer.from("salt").toString("base64url")}$${key}`;

async function addAccounts({ database }: HttpServer, count: number): Promise<void> {
  await database.owner.query(
    `insert into accounts (account_id, email, customer_id, name, language, password_hash, created_at)
     select gen_random_uuid(), 'a' || n || '@people.example', $1, 'A', 'nl', $2, now() from generate_series(1, $3::int) n`,
    [newId(), quickHash, count],
  );
}

async function statusesOf(
  http: HttpServer,
  attempts: { email: string; ip: string }[],
): Promise<Record<number, number>> {
  const answers = await Promise.all(
    attempts.map(({ email, ip }) =>
      http.app.inject({
        method: "POST",
        url: "/api/v1/session",
        headers: { origin: publicUrl, "content-type": "application/json" },
        payload: { email, password: "wrong" },
        remoteAddress: ip,
      }),
    ),
  );
  for (const { statusCode, headers } of answers)
    if (statusCode === 429) assert.ok(Number(headers["retry-after"]) > 0);
  const byStatus = Object.entries(Object.groupBy(answers, ({ statusCode }) => statusCode));
  return Object.fromEntries(byStatus.map(([status, some = []]) => [Number(status), some.length]));
}

test("of 30 wrong passwords at once for one account from one address exactly 10 are tried", async (t) => {
  const http = await openHttpServer(t);
  await addAccounts(http, 1);
  const attempts = Array.from({ length: 30 }, () => ({ email: "a1@people.example", ip: "192.0.2.1" }));
  assert.deepEqual(await statusesOf(http, attempts), { 401: signInLimits.pairMax, 429: 20 });
});

test("of 60 wrong passwords at once from one address exactly 50 are tried", async (t) => {
  const http = await openHttpServer(t);
  await addAccounts(http, 60);
  const attempts = Array.from({ length: 60 }, (_, index) => ({
    email: `a${index + 1}@people.example`,
    ip: "192.0.2.1",
  }));
  assert.deepEqual(await statusesOf(http, attempts), { 401: signInLimits.addressMax, 429: 10 });
});

test("when every place for a password is taken, a sign-in is refused at once and not counted", async (t) => {
  const http = await openHttpServer(t);
  await addAccounts(http, 1);
  const places = Array.from({ length: passwordPlacesMax }, reservePasswordPlace);
  const attempt = [{ email: "a1@people.example", ip: "192.0.2.1" }];
  try {
    assert.deepEqual(await statusesOf(http, attempt), { 429: 1 });
    assert.equal((await http.database.owner.query("select from sign_in_attempts")).rowCount, 0);
  } finally {
    for (const leave of places) leave?.();
  }
  assert.deepEqual(await statusesOf(http, attempt), { 401: 1 });
});

test("60 wrong passwords at once do not hold up pages", async (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "payflip-web-"));
  t.after(() => rmSync(directory, { recursive: true }));
  writeFileSync(path.join(directory, "index.html"), "<!doctype html><title>Payflip</title>");
  const http = await openHttpServer(t, { webDirectory: directory });
  const url = await http.app.listen({ host: "127.0.0.1", port: 0 });
  let answered = 0;
  // Accounts that do not exist cost a hash of full strength.
  const attempts = Array.from({ length: 60 }, async (_, index) => {
    const body = JSON.stringify({ email: `nobody${index % 2}@people.example`, password: "wrong" });
    const headers = { origin: publicUrl, "content-type": "application/json" };
    const answer = await fetch(`${url}/api/v1/session`, { method: "POST", headers, body });
    answered += answer.status === 401 ? 1 : 0;
  });
  for (let look = 0; look < 8; look += 1) {
    for (const address of ["/healthz", "/"]) {
      const page = await fetch(url + address, { headers: { accept: "text/html" } });
      await page.text();
      assert.equal(page.status, 200);
    }
  }
  // Not in milliseconds: pages and hashes share the machine's pace. When pages waited for hashes, all were over before.
  assert.ok(answered < 20, `${answered} sign-ins were over before the pages were read`);
  await Promise.all(attempts);
  assert.equal(answered, 2 * signInLimits.pairMax);
});
