import assert from "node:assert/strict";
import test from "node:test";
import { type HttpServer, openHttpServer, operatorKey, addTenant, keyOf } from "../support/http-server.ts";

/** The process loses its connection at the moment at which the answer would be stored. */
async function dieBeforeAnswer({ database }: HttpServer): Promise<() => Promise<unknown>> {
  await database.owner.query(`create function die() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
  await database.owner.query(
    `create trigger die before update on idempotency_keys for each row when (new.status is not null) execute function die()`,
  );
  await database.owner.query("alter function die() security definer");
  return () => database.owner.query("drop trigger die on idempotency_keys");
}

/** Longer than a request can be in progress. */
function passAbandoned({ clock }: HttpServer): void {
  clock.now = new Date(clock.now.getTime() + 11 * 60_000);
}

test("a request that wrote and lost its process before the answer was stored is not carried out again", async (t) => {
  const http = await openHttpServer(t);
  const operator = await operatorKey(http, "success_manager");
  const { customerId, entityIds } = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId, role: "admin" });
  await http.database.owner.query("update connections set state = 'disabled'");
  const requests = [
    {
      url: "/api/v1/customers",
      headers: { ...operator, "idempotency-key": "k-1" },
      payload: { name: "Nieuw", entities: [{ name: "Een" }] },
      count: "select from customers where name = 'Nieuw'",
    },
    {
      url: "/api/v1/employees",
      headers: { ...admin, "idempotency-key": "k-2" },
      payload: {
        entityId: entityIds[0],
        firstName: "An",
        lastName: "Peeters",
        email: "an@people.example",
        language: "nl",
        startDate: "2026-11-01",
      },
      count: "select from employees where email = 'an@people.example'",
    },
  ];
  for (const { count, ...request } of requests) {
    const send = () => http.app.inject({ method: "POST", ...request });
    const revive = await dieBeforeAnswer(http);
    const first = await send();
    assert.ok(first.statusCode >= 500, first.body);
    await revive();
    await http.database.owner.query("drop function die");
    assert.equal((await http.database.owner.query(count)).rowCount, 1, "the effect is there");
    assert.equal((await send()).json().code, "WRONG_STATE", "it could still be in progress");
    passAbandoned(http);
    const again = await send();
    assert.equal(again.statusCode, 409);
    assert.equal(again.json().code, "OUTCOME_UNKNOWN");
    assert.equal((await http.database.owner.query(count)).rowCount, 1, "and only once");
  }
});

test("a request that lost its process before it wrote is carried out when it is sent again", async (t) => {
  const http = await openHttpServer(t);
  const headers = { ...(await operatorKey(http, "success_manager")), "idempotency-key": "k-1" };
  await http.database.owner.query(`create function die() returns trigger language plpgsql security definer as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
  await http.database.owner.query(
    "create trigger die before insert on customers for each row execute function die()",
  );
  const send = () =>
    http.app.inject({
      method: "POST",
      url: "/api/v1/customers",
      headers,
      payload: { name: "Nieuw", entities: [{ name: "Een" }] },
    });
  // As the process is gone, its key is not released either.
  await http.database.owner.query(
    `create function keep() returns trigger language plpgsql as $$ begin return null; end $$`,
  );
  await http.database.owner.query(
    "create trigger keep before delete on idempotency_keys for each row execute function keep()",
  );
  assert.ok((await send()).statusCode >= 500);
  await http.database.owner.query("drop trigger die on customers");
  await http.database.owner.query("drop trigger keep on idempotency_keys");
  passAbandoned(http);
  assert.equal((await send()).statusCode, 201);
  assert.equal((await http.database.owner.query("select from customers where name = 'Nieuw'")).rowCount, 1);
});
