import assert from "node:assert/strict";
import test from "node:test";
import { addTenant, keyOf, openHttpServer } from "../support/http-server.ts";

async function open(t: Parameters<typeof openHttpServer>[0]) {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const call = async (
    headers: Record<string, string>,
    method: "GET" | "POST" | "DELETE",
    path: string,
    payload?: object,
  ) => {
    const answer = await http.app.inject({
      method,
      url: `/api/v1${path}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  return { http, tenant, call, admin: await keyOf(http, { customerId: tenant.customerId, role: "admin" }) };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

test("an admin creates a key, sees when it was used, and takes it back", async (t) => {
  const { http, call, admin } = await open(t);
  const made = await call(admin, "POST", "/api-keys", { name: "Export", role: "reader" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { key, id, prefix } = made.body;
  assert.ok(key.startsWith(prefix));
  assert.equal(prefix.length, 12);
  const listed = async () => {
    const { body } = await call(admin, "GET", "/api-keys");
    return body.items.find((one: { id: string }) => one.id === id);
  };
  const before = await listed();
  assert.deepEqual(
    [before.name, before.role, before.wages, before.entityIds, before.lastUsedOn, before.revokedAt],
    ["Export", "reader", false, null, null, null],
  );
  assert.match(before.createdBy, /^admin pfk_/, "the key that made it");
  assert.equal(before.key, undefined);
  assert.equal((await call(bearer(key), "GET", "/entities")).status, 200, "a reader lists the entities");
  assert.equal((await listed()).lastUsedOn, "2026-11-23");
  assert.equal((await call(admin, "DELETE", `/api-keys/${id}`)).status, 204);
  assert.equal((await call(bearer(key), "GET", "/entities")).status, 401);
  assert.equal((await listed()).revokedAt, http.clock.now.toISOString());
  const audit = await http.database.owner.query(
    "select action from audit_entries where subject = $1 order by entry_id",
    [id],
  );
  assert.deepEqual(
    audit.rows.map((row) => row.action),
    ["api_key.created", "api_key.revoked"],
  );
});

test("a key is accepted through its last day in Brussels", async (t) => {
  const { http, call, admin } = await open(t);
  const made = await call(admin, "POST", "/api-keys", {
    name: "Tijdelijk",
    role: "admin",
    expiresOn: "2026-11-24",
  });
  const status = async (instant: string) => {
    http.clock.now = new Date(instant);
    return (await call(bearer(made.body.key), "GET", "/entities")).status;
  };
  assert.equal(await status("2026-11-24T22:59:00Z"), 200);
  assert.equal(await status("2026-11-24T23:01:00Z"), 401);
});

test("an admin of one entity makes keys of that entity only, and sees and revokes no others", async (t) => {
  const { http, tenant, call, admin } = await open(t);
  const [own, other] = tenant.entityIds;
  const limited = await keyOf(http, { customerId: tenant.customerId, role: "admin", entityIds: [own] });
  const foreign = await call(admin, "POST", "/api-keys", { name: "Alles", role: "reader" });
  const made = await call(limited, "POST", "/api-keys", { name: "Eigen", role: "reader" });
  assert.deepEqual(made.body.entityIds, [own]);
  const wider = await call(limited, "POST", "/api-keys", { name: "X", role: "reader", entityIds: [other] });
  assert.deepEqual([wider.status, wider.body.code], [400, "INVALID_REQUEST"]);
  const { body } = await call(limited, "GET", "/api-keys");
  assert.ok(
    body.items.every((one: { entityIds: string[] | null }) => one.entityIds?.every((id) => id === own)),
  );
  assert.equal((await call(limited, "DELETE", `/api-keys/${foreign.body.id}`)).status, 404);
});
