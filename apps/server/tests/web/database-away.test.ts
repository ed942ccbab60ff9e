import assert from "node:assert/strict";
import test from "node:test";
import { openDatabase } from "../../src/postgres/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { addTenant, keyOf, openHttpServer } from "../support/http-server.ts";
import { composeTestServer, testConfig } from "../support/test-server.ts";

test("while the database is away, a request answers 503 with a code and when to try again", async (t) => {
  const database = await createTestDatabase(t);
  const away = openDatabase("postgres://payflip_app@127.0.0.1:9/nothing");
  t.after(() => away.close());
  const http = await openHttpServer(t, { database: { ...database, db: away.db } });
  for (const url of ["/api/v1/employees", "/api/v1/session"]) {
    const answer = await http.app.inject({
      url,
      headers: { authorization: "Bearer pfk_x", cookie: "session=x" },
    });
    assert.equal(answer.statusCode, 503, url);
    assert.equal(answer.json().code, "UNAVAILABLE");
    assert.ok(Number(answer.headers["retry-after"]) > 0);
  }
  assert.ok(
    http.log.some((line) => line.includes("ECONNREFUSED")),
    "the log says why",
  );
});

test("a write that the full or read-only database refuses answers 503", async (t) => {
  const http = await openHttpServer(t);
  const { customerId, employeeIds } = await addTenant(http, "Ardennen");
  const headers = await keyOf(http, { customerId, role: "admin" });
  const states = { disk_full: "53100", read_only_sql_transaction: "25006", crash_shutdown: "57P02" };
  for (const [condition, code] of Object.entries(states)) {
    await http.database.owner.query(`create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no' using errcode = '${condition}'; end $$`);
    await http.database.owner.query(
      "create or replace trigger refuse before update on employees for each row execute function refuse()",
    );
    const answer = await http.app.inject({
      method: "PATCH",
      url: `/api/v1/employees/${employeeIds[0]}`,
      headers,
      payload: { language: "fr" },
    });
    assert.equal(answer.statusCode, 503, `${condition}: ${answer.body}`);
    assert.equal(answer.json().code, "UNAVAILABLE");
    assert.ok(http.log.some((line) => line.includes(code)));
  }
});

test("/readyz is not ready with a read-only database, and with one that cannot write files", async (t) => {
  const database = await createTestDatabase(t);
  const name = new URL(database.url).pathname.slice(1);
  const ready = async () => {
    const fresh = database.openAgain({ connectionsMax: 2 });
    const server = await composeTestServer(
      t,
      { ...database, ...fresh },
      { config: testConfig(null, { ROLE: "web" }) },
    );
    const answer = await server.app?.inject({ url: "/readyz" });
    await server.close();
    await fresh.close();
    return answer?.json().database;
  };
  assert.equal(await ready(), true);
  await database.owner.query(`alter database ${name} set default_transaction_read_only = on`);
  assert.equal(await ready(), false);
  await database.owner.query(`set default_transaction_read_only = off`);
  await database.owner.query(`alter database ${name} reset default_transaction_read_only`);
  // A limit on temporary files refuses as a full disk does.
  await database.owner.query(`alter database ${name} set temp_file_limit = 0`);
  assert.equal(await ready(), false);
  await database.owner.query(`alter database ${name} reset temp_file_limit`);
});
