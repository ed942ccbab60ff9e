import assert from "node:assert/strict";
import test from "node:test";
import { readApiKey } from "../../src/access/api-keys.ts";
import { pruneAccess } from "../../src/access/sessions.sql.ts";
import { readSession, startSession } from "../../src/access/sessions.ts";
import { createOperator } from "../../src/accounts/operators.ts";
import { strangerTransaction } from "../../src/postgres/transaction.ts";
import { addAccount, addTenant, keyOf, openHttpServer } from "../support/http-server.ts";

test("an API key has its customer, role and entities; only its hash is stored; a revoked key is refused", async (t) => {
  const http = await openHttpServer(t);
  const { db, owner } = http.database;
  const { customerId, entityIds } = await addTenant(http, "Ardennen");
  const { authorization } = await keyOf(http, { customerId, role: "reader", entityIds: [entityIds[1]] });
  const key = authorization?.replace("Bearer ", "") ?? "";
  assert.match(key, /^pfk_[\w-]{43}$/);
  const principal = await readApiKey(db, key, http.clock.now);
  assert.deepEqual(
    { ...principal, keyId: null },
    {
      kind: "api_key",
      accountId: null,
      keyId: null,
      role: "reader",
      customerId,
      entityIds: [entityIds[1]],
      seesWages: false,
    },
  );
  assert.equal(await readApiKey(db, `${key}x`, http.clock.now), null);
  assert.equal(await readApiKey(db, key.slice(4), http.clock.now), null);
  await owner.query("update api_keys set revoked_at = $1", [http.clock.now]);
  assert.equal(await readApiKey(db, key, http.clock.now), null);
});

test("the address of an operator cannot be an account of a customer", async (t) => {
  const http = await openHttpServer(t);
  const { db, owner } = http.database;
  const { customerId } = await addTenant(http, "Ardennen");
  await addAccount(http, { customerId, email: "hr@ardennen.example", role: "admin", passwordHash: null });
  const createSupport = (email: string, replacesKey = false) =>
    createOperator(db, { email, name: "Op", role: "support", replacesKey }, http.clock.now);
  assert.deepEqual(await createSupport("HR@ardennen.example"), { kind: "email_taken" });
  const first = await createSupport("op@payflip.example");
  assert.ok(first.kind === "created");
  const { accountId } = first;
  assert.deepEqual(await createSupport("op@payflip.example"), { kind: "exists", accountId });
  const replaced = await createSupport("op@payflip.example", true);
  assert.ok(replaced.kind === "key_replaced" && replaced.accountId === accountId);
  assert.equal(await readApiKey(db, first.apiKey, http.clock.now), null, "the first key is revoked");
  assert.equal((await readApiKey(db, replaced.apiKey, http.clock.now))?.role, "support");
  const roles = await owner.query("select role, sees_wages from memberships where account_id = $1", [
    first.accountId,
  ]);
  assert.deepEqual(roles.rows, [{ role: "support", sees_wages: false }]);
});

test("the runtime's role reads no session, key or account of anybody by itself", async (t) => {
  const http = await openHttpServer(t);
  const { db } = http.database;
  const { customerId } = await addTenant(http, "Ardennen");
  await keyOf(http, { customerId, role: "admin" });
  const seen = await strangerTransaction(db, async (trx) => ({
    accounts: await trx.selectFrom("accounts").selectAll().execute(),
    keys: await trx.selectFrom("api_keys").selectAll().execute(),
    memberships: await trx.selectFrom("memberships").selectAll().execute(),
  }));
  assert.deepEqual(seen, { accounts: [], keys: [], memberships: [] });
  await assert.rejects(
    strangerTransaction(db, (trx) => trx.selectFrom("sessions").selectAll().execute()),
    /permission denied/,
  );
});

test("housekeeping removes expired sessions and keys, and keeps the others", async (t) => {
  const http = await openHttpServer(t);
  const { db } = http.database;
  const { customerId } = await addTenant(http, "Ardennen");
  const accountId = await addAccount(http, {
    customerId,
    email: "hr@ardennen.example",
    role: "admin",
    passwordHash: null,
  });
  const hours = (count: number) => new Date(http.clock.now.getTime() + count * 3_600_000);
  const [old, young] = [
    await startSession(db, accountId, hours(0)),
    await startSession(db, accountId, hours(10)),
  ];
  await strangerTransaction(db, (trx) => pruneAccess(trx, hours(13).toISOString()));
  assert.equal(await readSession(db, old, hours(1)), null);
  assert.notEqual(await readSession(db, young, hours(13)), null);
});
