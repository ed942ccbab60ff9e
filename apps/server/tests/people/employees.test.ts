import assert from "node:assert/strict";
import test from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import {
  addTenant,
  type HttpServer,
  keyOf,
  myLiantisUrl,
  openHttpServer,
  type Tenant,
} from "../support/http-server.ts";

async function openWithPeople(t: Parameters<typeof openHttpServer>[0]) {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const admin = await keyOf(http, { customerId: tenant.customerId, role: "admin" });
  const call = async (
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    payload?: object,
    headers = {},
  ) => {
    const answer = await http.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...admin, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  return { http, tenant, call };
}

/** Ends the connection of the first entity: fields unlock, links are kept. */
async function disable({ database }: HttpServer, { entityIds }: Tenant): Promise<void> {
  await database.owner.query("update connections set state = 'disabled' where entity_id = $1", [
    entityIds[0],
  ]);
}

test("a change of a field that Liantis manages is refused with the reason and a link; nothing is written", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [id] = tenant.employeeIds;
  const before = await call("GET", `/employees/${id}`);
  const link = `${myLiantisUrl}/employers/0403019261/workers/w-Ardennen1`;
  assert.deepEqual(Object.keys(before.body.locks), [
    "firstName",
    "lastName",
    "email",
    "startDate",
    "employeeNumber",
    "wageContracts",
  ]);
  assert.equal(before.body.locks.email.link, link);
  for (const state of ["active", "paused"]) {
    await http.database.owner.query("update connections set state = $1 where entity_id = $2", [
      state,
      tenant.entityIds[0],
    ]);
    const refused = await call(
      "PATCH",
      `/employees/${id}`,
      { language: "fr", lastName: "Anders" },
      { "accept-language": "nl" },
    );
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, "FIELD_LOCKED");
    assert.deepEqual(refused.body.fields, ["lastName"]);
    assert.equal(refused.body.link, link);
    assert.match(refused.body.reason, /Liantis/);
    assert.match(refused.body.title, /Beheerd in Liantis/);
  }
  const after = await call("GET", `/employees/${id}`);
  assert.deepEqual({ ...after.body, locks: null }, { ...before.body, locks: null });
});

test("language is always free; disabling unlocks the rest and keeps the link", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [id] = tenant.employeeIds;
  const french = await call("PATCH", `/employees/${id}`, { language: "fr" });
  assert.equal(french.body.language, "fr");
  assert.equal(french.body.provenance.language.source, "api_key");
  assert.equal(french.body.provenance.firstName.source, "liantis");
  assert.equal(french.body.provenance.firstName.runId, tenant.runIds[0]);
  await http.database.owner.query(
    "update links set content_hash = '\\x01', settled = true where employee_id = $1",
    [id],
  );
  await disable(http, tenant);
  const renamed = await call("PATCH", `/employees/${id}`, { firstName: "  Chloë  " });
  assert.equal(renamed.status, 200);
  assert.equal(renamed.body.firstName, "Chloë");
  assert.equal(renamed.body.linked, true);
  assert.deepEqual(renamed.body.locks, {});
  const found = await call("GET", "/employees?q=chloe");
  assert.deepEqual(
    found.body.items.map((one: { id: string }) => one.id),
    [id],
    "the search follows the new name",
  );
  const link = await http.database.owner.query(
    "select content_hash, settled from links where employee_id = $1",
    [id],
  );
  assert.deepEqual(
    link.rows,
    [{ content_hash: null, settled: false }],
    "the next sync looks at this person again",
  );
});

test("an unknown field is refused, and so is an address that another person has", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  await disable(http, tenant);
  const [id] = tenant.employeeIds;
  assert.equal((await call("PATCH", `/employees/${id}`, { salary: "1" })).status, 400);
  assert.equal((await call("PATCH", `/employees/${id}`, { startDate: "2024-02-30" })).status, 400);
  const other = await addTenant(http, "Kempen");
  for (const email of ["ardennen2@people.example", "Kempen1@people.example"]) {
    const taken = await call("PATCH", `/employees/${id}`, { email });
    assert.equal(taken.status, 409);
    assert.ok(!JSON.stringify(taken.body).includes(other.customerId));
  }
});

test("no employee is added by hand in full mode; in selective mode a person who is not on the payroll is", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [entityId] = tenant.entityIds;
  const person = {
    entityId,
    firstName: "Noor",
    lastName: "Peeters",
    email: "Noor.Peeters@people.example",
    language: "nl",
    startDate: "2027-01-01",
  };
  const locked = await call("POST", "/employees", person);
  assert.equal(locked.status, 409);
  assert.equal(locked.body.code, "ACTION_LOCKED");
  assert.equal(locked.body.link, `${myLiantisUrl}/employers/0403019261/workers`);
  await http.database.owner.query("update connections set mode = 'selective' where entity_id = $1", [
    entityId,
  ]);
  const added = await call("POST", "/employees", person);
  assert.equal(added.status, 201);
  assert.deepEqual(
    {
      email: added.body.email,
      status: added.body.status,
      linked: added.body.linked,
      invited: added.body.invited,
    },
    { email: "noor.peeters@people.example", status: "upcoming", linked: false, invited: false },
  );
  assert.equal((await call("POST", "/employees", person)).status, 409, "once");
  const foreign = await addTenant(http, "Kempen");
  assert.equal((await call("POST", "/employees", { ...person, entityId: foreign.entityIds[0] })).status, 404);
});

test("deactivating stays possible while everything else is locked", async (t) => {
  const { tenant, call } = await openWithPeople(t);
  const [id] = tenant.employeeIds;
  assert.equal((await call("POST", `/employees/${id}/deactivation`, { endDate: "2023-12-31" })).status, 400);
  const left = await call("POST", `/employees/${id}/deactivation`, { endDate: "2026-11-30" });
  assert.equal(left.body.status, "deactivated");
  assert.equal(left.body.endDate, "2026-11-30");
});

test("a deactivation is taken back while everything else is locked, once, and it is written down who did it", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [id] = tenant.employeeIds;
  const before = await call("GET", `/employees/${id}`);
  const early = await call("POST", `/employees/${id}/reactivation`, {});
  assert.deepEqual([early.status, early.body.code], [409, "WRONG_STATE"]);
  await call("POST", `/employees/${id}/deactivation`, { endDate: "2026-11-30" });
  const back = await call("POST", `/employees/${id}/reactivation`);
  assert.equal(back.status, 200);
  assert.deepEqual(back.body, before.body);
  assert.equal((await call("POST", `/employees/${id}/reactivation`, {})).status, 409);
  const { rows } = await http.database.owner.query(
    "select action from audit_entries where subject = $1 order by done_at, entry_id",
    [id],
  );
  assert.deepEqual(rows, [{ action: "employee.deactivated" }, { action: "employee.reactivated" }]);
});

test("wages: what was sent, how it was worked out, which one counts; locked while linked", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [id] = tenant.employeeIds;
  const wages = await call("GET", `/employees/${id}/wage-contracts`, undefined, { "accept-language": "nl" });
  assert.equal(wages.body.total, 1);
  assert.deepEqual(wages.body.items[0], {
    providerContractId: "c1",
    wageType: "hourly",
    grossAmount: "20.15",
    grossMonthly: "3318.03",
    derivation: {
      kind: "hourly_to_monthly",
      grossAmount: "20.15",
      weeklyHours: "38",
      text: "€\u00a020,15 per uur × 38 uur per week × 13 / 3 = €\u00a03.318,03 per maand",
    },
    startDate: "2024-01-01",
    endDate: null,
    weeklyHours: "38",
    workRegimePercentage: "100.00",
    employerSocialSecurityPercentage: "27.17",
    current: true,
    withdrawn: false,
  });
  const contract = { wageType: "monthly", grossAmount: "3000.00", startDate: "2025-01-01" };
  for (const [method, path] of [
    ["POST", ""],
    ["PATCH", "/c1"],
    ["DELETE", "/c1"],
  ] as const) {
    const refused = await call(
      method,
      `/employees/${id}/wage-contracts${path}`,
      method === "DELETE" ? undefined : contract,
    );
    assert.equal(refused.body.code, "FIELD_LOCKED", method);
  }
  await disable(http, tenant);
  const added = await call("POST", `/employees/${id}/wage-contracts`, contract);
  assert.equal(added.status, 201);
  assert.equal(added.body.grossMonthly, "3000.00");
  assert.equal(
    (await call("DELETE", `/employees/${id}/wage-contracts/${added.body.providerContractId}`)).status,
    204,
  );
});

test("the list is searched without accents, filtered, and paged without a gap", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [customerId, entityId] = [tenant.customerId, tenant.entityIds[0]];
  const createdAt = http.clock.now.toISOString();
  for (let n = 0; n < 25; n += 1) {
    const email = `p${n}@people.example`;
    await http.database.owner.query(
      `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
         start_date, deactivated_at, created_at, updated_at)
       values ($1,$2,$3,$2,$4,$5,'Van den Berghe',$6,'nl',$7,$8,$9,$9)`,
      [
        customerId,
        newId(),
        entityId,
        email,
        n % 2 ? "Ann" : "Bé%rt",
        `van den berghe ${n % 2 ? "ann" : "be%rt"}`,
        n === 3 ? "2027-01-01" : "2020-01-01",
        n === 4 ? createdAt : null,
        createdAt,
      ],
    );
  }
  const seen: string[] = [];
  let cursor: string | null = "";
  do {
    const page: Awaited<ReturnType<typeof call>> = await call(
      "GET",
      `/employees?limit=7${cursor ? `&cursor=${cursor}` : ""}`,
    );
    assert.equal(page.body.total, 27);
    seen.push(...page.body.items.map((one: { id: string }) => one.id));
    cursor = page.body.nextCursor;
  } while (cursor !== null);
  assert.equal(new Set(seen).size, 27);
  assert.equal(seen.length, 27);
  const total = async (query: string) => (await call("GET", `/employees?${query}`)).body.total;
  assert.equal(await total("q=ZOE"), 2);
  assert.equal(await total("q=berghe%20ann"), 12);
  assert.equal(await total(`q=${encodeURIComponent("%")}`), 13, "a percent sign is a character");
  assert.equal(await total("status=upcoming"), 1);
  assert.equal(await total("status=deactivated"), 1);
  assert.equal(await total(`entityId=${tenant.entityIds[1]}`), 1);
  assert.equal((await call("GET", "/employees?limit=201")).status, 400);
  assert.equal((await call("GET", "/employees?cursor=nonsense")).status, 400);
});

test("an admin of one entity learns nothing of the other from an address in use", async (t) => {
  const { http, tenant } = await openWithPeople(t);
  const [entityId] = tenant.entityIds;
  await http.database.owner.query("update connections set mode = 'selective'");
  const headers = await keyOf(http, { customerId: tenant.customerId, role: "admin", entityIds: [entityId] });
  const person = { entityId, firstName: "A", lastName: "B", language: "nl", startDate: "2026-01-01" };
  const answers = [];
  await addTenant(http, "Kempen");
  for (const email of ["ardennen2@people.example", "kempen1@people.example"]) {
    const answer = await http.app.inject({
      method: "POST",
      url: "/api/v1/employees",
      headers,
      payload: { ...person, email },
    });
    answers.push({ status: answer.statusCode, body: answer.body.replace(/"reference":"[^"]+"/, "") });
  }
  assert.equal(answers[0]?.status, 409);
  assert.deepEqual(answers[1], answers[0], "the same for another entity as for another customer");
});

test("the sign-in address follows the person until they are invited", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  await disable(http, tenant);
  const [id] = tenant.employeeIds;
  const signIn = async () =>
    (
      await http.database.owner.query(
        "select a.email from accounts a join employees e using (account_id) where e.employee_id = $1",
        [id],
      )
    ).rows[0].email;
  await call("PATCH", `/employees/${id}`, { email: "nieuw@people.example" });
  assert.equal(await signIn(), "nieuw@people.example");
  await http.database.owner.query("update employees set invited_at = now() where employee_id = $1", [id]);
  await call("PATCH", `/employees/${id}`, { email: "later@people.example" });
  assert.equal(await signIn(), "nieuw@people.example");
  // The sign-in stays with its person: no other person gets that account.
  const person = {
    entityId: tenant.entityIds[0],
    firstName: "Noor",
    lastName: "Peeters",
    email: "nieuw@people.example",
    language: "nl",
    startDate: "2026-11-01",
    employeeNumber: null,
  };
  const other = await call("POST", "/employees", person);
  assert.deepEqual([other.status, other.body.errors], [409, [{ path: "email", message: "in use" }]]);
});

test("a lock is reported before any other problem of the request, and a foreign entity is no filter", async (t) => {
  const { http, tenant, call } = await openWithPeople(t);
  const [entityId] = tenant.entityIds;
  const added = await call("POST", "/employees", { entityId, firstName: "Ann" });
  assert.deepEqual([added.status, added.body.code], [409, "ACTION_LOCKED"]);
  assert.match(added.body.link, /\/workers$/);
  const wage = await call("POST", `/employees/${tenant.employeeIds[0]}/wage-contracts`, {
    grossMonthly: "1",
  });
  assert.deepEqual([wage.status, wage.body.code], [409, "FIELD_LOCKED"]);
  const theirs = await addTenant(http, "Kempen");
  const foreign = await call("POST", "/employees", { entityId: theirs.entityIds[0], firstName: "Ann" });
  assert.equal(foreign.status, 400, "what is not theirs is not said to be locked");
  assert.equal((await call("GET", `/employees?entityId=${theirs.entityIds[0]}`)).status, 404);
});
