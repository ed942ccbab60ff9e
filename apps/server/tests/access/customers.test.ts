import assert from "node:assert/strict";
import test from "node:test";
import { addTenant, keyOf, openHttpServer, operatorKey } from "../support/http-server.ts";

test("a success manager makes a customer, makes the integration visible and vouches for its numbers", async (t) => {
  const http = await openHttpServer(t);
  const headers = await operatorKey(http, "success_manager");
  const call = (method: "GET" | "POST" | "PUT" | "DELETE", path: string, payload?: object) =>
    http.app.inject({
      method,
      url: `/api/v1${path}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
  const made = await call("POST", "/customers", {
    name: "Ardennen",
    language: "fr",
    migratedFromFlexPlan: true,
    entities: [{ name: "Een", vatNumber: "BE 0403.019.261" }, { name: "Twee" }],
    admins: [
      { email: "Hr@Ardennen.example", name: "HR" },
      { email: "een@ardennen.example", name: "Een", language: "nl", entityIds: [0] },
    ],
  });
  assert.equal(made.statusCode, 201, made.body);
  const customer = made.json();
  assert.deepEqual(
    customer.admins.map((one: { email: string }) => one.email),
    ["hr@ardennen.example", "een@ardennen.example"],
  );
  assert.deepEqual([customer.liantisAvailable, customer.entities[0].numberConfirmed], [false, false]);
  const members = await http.database.owner.query(
    "select entity_ids from memberships where customer_id = $1 order by entity_ids",
    [customer.id],
  );
  assert.deepEqual(
    members.rows.map((row) => row.entity_ids),
    [[customer.entities[0].id], null],
  );
  assert.equal((await call("PUT", `/customers/${customer.id}/liantis-availability`)).statusCode, 204);
  const [listed] = (await call("GET", "/customers")).json().items;
  assert.equal(listed.liantisAvailable, true);
  assert.deepEqual(
    listed.entities.map((one: { numberConfirmed: boolean }) => one.numberConfirmed),
    [true, false],
  );
  assert.equal(listed.admins, undefined, "lists show no people");
  assert.equal(
    (await call("PUT", "/customers/00000000-0000-4000-8000-000000000000/liantis-availability")).statusCode,
    404,
  );
});

test("withdrawing switches connections off and keeps people and links", async (t) => {
  const http = await openHttpServer(t);
  const headers = await operatorKey(http, "success_manager");
  const tenant = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId: tenant.customerId, role: "admin" });
  await http.database.owner.query("update runs set status = 'queued', verdict = null where run_id = $1", [
    tenant.runIds[0],
  ]);
  const url = `/api/v1/customers/${tenant.customerId}/liantis-availability`;
  assert.equal((await http.app.inject({ method: "DELETE", url, headers })).statusCode, 204);
  const get = async (path: string) =>
    (await http.app.inject({ url: `/api/v1${path}`, headers: admin })).json();
  assert.equal((await get(`/entities/${tenant.entityIds[0]}/liantis`)).state, "unavailable");
  assert.equal((await get(`/syncs/${tenant.runIds[0]}`)).status, "cancelled");
  const [person] = (await get("/employees")).items;
  assert.equal(person.linked, true);
  assert.equal((await http.app.inject({ method: "PUT", url, headers })).statusCode, 204);
  assert.equal(
    (await get(`/entities/${tenant.entityIds[0]}/liantis`)).state,
    "disabled",
    "an admin switches it on again",
  );
});

test("customers are listed by name, page by page", async (t) => {
  const http = await openHttpServer(t);
  const headers = await operatorKey(http, "success_manager");
  for (const name of ["Zenne", "Aa", "Maas", "Dijle", "Schelde"]) await addTenant(http, name);
  const names: string[] = [];
  let cursor: string | null = "";
  do {
    const answer: { items: { name: string }[]; nextCursor: string | null; total: number } = (
      await http.app.inject({
        url: `/api/v1/customers?limit=2${cursor ? `&cursor=${cursor}` : ""}`,
        headers,
      })
    ).json();
    assert.equal(answer.total, 5);
    names.push(...answer.items.map((one) => one.name));
    cursor = answer.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(names, ["Aa groep", "Dijle groep", "Maas groep", "Schelde groep", "Zenne groep"]);
});
