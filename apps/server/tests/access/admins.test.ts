import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { hashPassword } from "../../src/access/password.ts";
import { startSession } from "../../src/access/sessions.ts";
import { addAccount, addTenant, keyOf, openHttpServer, operatorKey } from "../support/http-server.ts";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

async function open(t: TestContext) {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const { customerId } = tenant;
  const full = await addAccount(http, {
    customerId,
    email: "full@ardennen.example",
    role: "admin",
    passwordHash: await hashPassword("vier woorden zonder verband"),
  });
  const caller =
    (headers: Record<string, string>) => async (method: Method, path: string, payload?: object) => {
      const answer = await http.app.inject({
        method,
        url: `/api/v1/customers/${customerId}${path}`,
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
    };
  const manager = caller(await operatorKey(http, "success_manager"));
  const admin = caller(await keyOf(http, { customerId, role: "admin" }));
  return { http, tenant, full, manager, admin };
}

test("success managers and admins of all entities add, limit and remove admins", async (t) => {
  const { http, tenant, manager, admin } = await open(t);
  const [entityId] = tenant.entityIds;
  for (const [call, email] of [
    [manager, "one@ardennen.example"],
    [admin, "two@ardennen.example"],
  ] as const) {
    const added = await call("POST", "/admins", { email, name: "Nieuw", language: "fr" });
    assert.equal(added.status, 201, JSON.stringify(added.body));
    assert.deepEqual(
      [added.body.email, added.body.entityIds, added.body.language, added.body.invitation.status],
      [email, null, "fr", "invited"],
    );
    const path = `/admins/${added.body.accountId}`;
    const limited = await call("PATCH", path, { entityIds: [entityId] });
    assert.deepEqual([limited.status, limited.body.entityIds], [200, [entityId]]);
    assert.equal((await call("POST", "/admins", { email, name: "Nieuw" })).body.code, "EMAIL_TAKEN");
    assert.equal((await call("POST", `${path}/invitation`, {})).status, 202);
    const token = await startSession(http.database.db, added.body.accountId, http.clock.now);
    assert.equal((await call("DELETE", path)).status, 204);
    const session = await http.app.inject({
      url: "/api/v1/session",
      headers: { cookie: `session=${token}` },
    });
    assert.equal(session.statusCode, 401, "the sessions have ended");
    assert.equal((await call("DELETE", path)).status, 404);
    assert.equal(
      (await call("POST", "/admins", { email, name: "Nieuw" })).status,
      201,
      "the address is free again",
    );
  }
  const actions = await http.database.owner.query(
    "select distinct action from audit_entries where action like 'admin.%' order by 1",
  );
  assert.deepEqual(
    actions.rows.map((row) => row.action),
    ["admin.added", "admin.changed", "admin.invited", "admin.removed"],
  );
});

test("the last admin of all entities is neither removed nor limited, not even by two requests at once", async (t) => {
  const { tenant, full, admin } = await open(t);
  for (const refused of [
    await admin("DELETE", `/admins/${full}`),
    await admin("PATCH", `/admins/${full}`, { entityIds: [tenant.entityIds[0]] }),
  ])
    assert.deepEqual([refused.status, refused.body.code], [409, "LAST_ADMIN"]);
  const second = await admin("POST", "/admins", { email: "two@ardennen.example", name: "Twee" });
  const both = await Promise.all([
    admin("DELETE", `/admins/${full}`),
    admin("DELETE", `/admins/${second.body.accountId}`),
  ]);
  assert.deepEqual(
    both.map((one) => one.status).toSorted((one, other) => one - other),
    [204, 409],
  );
});

test("an employee who becomes an admin keeps the account, also after the role is taken away", async (t) => {
  const { http, admin } = await open(t);
  const { rows } = await http.database.owner.query(
    "select account_id, email from accounts where email like '%people.example' order by email limit 1",
  );
  const added = await admin("POST", "/admins", { email: rows[0].email, name: "Zoé" });
  assert.equal(added.body.accountId, rows[0].account_id);
  assert.equal((await admin("DELETE", `/admins/${rows[0].account_id}`)).status, 204);
  const kept = await http.database.owner.query("select 1 from accounts where account_id = $1", [
    rows[0].account_id,
  ]);
  assert.equal(kept.rowCount, 1);
});

test("a changed address counts once its owner has confirmed it", async (t) => {
  const { http, full, admin } = await open(t);
  const changed = await admin("PATCH", `/admins/${full}`, { email: "new@ardennen.example" });
  assert.deepEqual([changed.status, changed.body.email], [200, "full@ardennen.example"]);
  const { rows } = await http.database.owner.query("select template, recipient from mails");
  assert.deepEqual(rows, [{ template: "account_confirm_address", recipient: "new@ardennen.example" }]);
});

test("a success manager renames a customer and adds an entity", async (t) => {
  const { http, manager, admin } = await open(t);
  const renamed = await manager("PATCH", "", { name: "Nieuwe naam" });
  assert.deepEqual([renamed.status, renamed.body.name], [200, "Nieuwe naam"]);
  const added = await manager("POST", "/entities", { name: "Derde", vatNumber: "BE 0403.019.261" });
  assert.equal(added.status, 201);
  const third = added.body.entities.find((one: { name: string }) => one.name === "Derde");
  assert.deepEqual([third.vatNumber, third.numberConfirmed], ["BE 0403.019.261", false]);
  assert.equal((await admin("PATCH", "", { name: "X" })).status, 403);
  const { rows } = await http.database.owner.query(
    "select action from audit_entries where action in ('customer.changed', 'entity.added') order by 1",
  );
  assert.deepEqual(
    rows.map((row) => row.action),
    ["customer.changed", "entity.added"],
  );
});
