import assert from "node:assert/strict";
import test from "node:test";
import { sql } from "kysely";
import { newId } from "../../src/postgres/ids.ts";
import { platformTransaction, tenantTransaction } from "../../src/postgres/transaction.ts";
import { addCases, addTenant, keyOf, openHttpServer, operatorKey } from "../support/http-server.ts";

test("tasks are listed with their words, counted and completed once", async (t) => {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const [entityId] = tenant.entityIds;
  const headers = await keyOf(http, { customerId: tenant.customerId, role: "admin" });
  const url = `/api/v1/entities/${entityId}/tasks`;
  const list = async (language: string, query = "") => {
    const answer = await http.app.inject({
      url: url + query,
      headers: { ...headers, "accept-language": language },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<{ items: Record<string, unknown>[]; total: number }>();
  };
  const { items, total } = await list("nl");
  assert.equal(total, 1);
  const { steps, ...shown } = items[0] ?? {};
  assert.deepEqual(shown, {
    id: tenant.taskIds[0],
    entityId,
    kind: "leaver",
    status: "open",
    workerId: "w-Ardennen1",
    employeeId: tenant.employeeIds[0],
    employeeName: "Zoé Ardennen1",
    employeeNumber: shown["employeeNumber"],
    title: "Misschien uit dienst",
    text: shown["text"],
    dueOn: "2026-11-20",
    count: null,
    link: `http://127.0.0.1:3000/users/${tenant.employeeIds[0]}`,
    firstSeenAt: "2026-11-23T10:00:00.000Z",
    lastSeenAt: "2026-11-23T10:00:00.000Z",
  });
  assert.match(String(shown["text"]), /niet meer sinds 20\/11\/2026/);
  assert.equal(Array.isArray(steps) && steps.length, 5);
  assert.equal((await list("fr")).items[0]?.["title"], "Peut-être sorti de service");
  assert.equal((await list("en", "?kind=contract_ending")).total, 0);
  const counted = async () =>
    (await http.app.inject({ url: `/api/v1/entities/${entityId}/liantis`, headers })).json<{
      counts: { tasks: number };
    }>().counts.tasks;
  assert.equal(await counted(), 1);
  const complete = () =>
    http.app.inject({ method: "POST", url: `/api/v1/tasks/${tenant.taskIds[0]}/completion`, headers });
  assert.equal((await complete()).json<{ status: string }>().status, "done");
  assert.equal((await complete()).json<{ code: string }>().code, "WRONG_STATE");
  assert.deepEqual([await counted(), (await list("nl", "?status=done")).total], [0, 1]);
});

test("support decides a case of any customer, an admin of both entities their own, with reason and once", async (t) => {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const [toFirst, toSecond] = await addCases(http, tenant, "Verhuis");
  const support = await operatorKey(http, "support");
  const admin = await keyOf(http, { customerId: tenant.customerId, role: "admin" });
  const limited = await keyOf(http, {
    customerId: tenant.customerId,
    role: "admin",
    entityIds: [tenant.entityIds[0]],
  });
  const total = async (headers: Record<string, string>, query = "") =>
    (await http.app.inject({ url: `/api/v1/cases${query}`, headers })).json<{ total: number }>().total;
  assert.deepEqual([await total(support), await total(admin), await total(limited)], [2, 2, 0]);
  const decide = (id: string, path: string, headers: Record<string, string>) =>
    http.app.inject({
      method: "POST",
      url: `/api/v1/cases/${id}/${path}`,
      headers: { ...headers, "content-type": "application/json" },
      payload: { reason: "gebeld" },
    });
  assert.equal((await decide(toFirst, "confirmation", limited)).statusCode, 404);
  const confirmed = (await decide(toFirst, "confirmation", support)).json<{
    case: { status: string; reason: string; employeeId: string };
    runId: string | null;
  }>();
  assert.deepEqual(
    [confirmed.case.status, confirmed.case.reason, confirmed.runId !== null],
    ["confirmed", "gebeld", true],
  );
  const moved = await http.app.inject({
    url: `/api/v1/employees/${confirmed.case.employeeId}`,
    headers: limited,
  });
  assert.equal(moved.json<{ entityId: string }>().entityId, tenant.entityIds[0]);
  assert.equal((await decide(toFirst, "decline", support)).json<{ code: string }>().code, "WRONG_STATE");
  assert.equal(
    (await decide(toSecond, "decline", admin)).json<{ case: { status: string } }>().case.status,
    "declined",
  );
  assert.deepEqual([await total(support), await total(admin, "?status=declined")], [0, 1]);
});

test("the fleet shows every connection with freshness, the last run, issues and tasks, and no person's name", async (t) => {
  const http = await openHttpServer(t);
  const tenants = [await addTenant(http, "Ardennen"), await addTenant(http, "Kempen")];
  await http.database.owner.query("update connections set last_success_at = '2026-11-22T01:00:00Z'");
  const headers = await operatorKey(http, "success_manager");
  const get = async (query: string) => {
    const answer = await http.app.inject({ url: `/api/v1/fleet${query}`, headers });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.doesNotMatch(answer.body, /Zoé|people\.example/);
    return answer.json<{ items: Record<string, unknown>[]; total: number; nextCursor: string | null }>();
  };
  const own = (await get(`?state=active&customerId=${tenants[0]?.customerId}`)).items;
  assert.equal(own.length, 2);
  const { freshness, issues, tasks, lastRun, customerName } = own[0] ?? {};
  assert.deepEqual(
    { freshness, issues, tasks, customerName },
    {
      freshness: "late",
      issues: [{ code: "EMAIL_MISSING", count: 1 }],
      tasks: [{ kind: "leaver", count: 1, dueOn: "2026-11-20" }],
      customerName: "Ardennen groep",
    },
  );
  assert.equal(Object(lastRun).verdict, "in_order");
  const first = await get("?state=active&limit=1");
  const rest = await get(`?state=active&limit=3&cursor=${first.nextCursor}`);
  assert.deepEqual([first.total, rest.items.length, rest.nextCursor], [4, 3, null]);
  assert.equal(new Set([...first.items, ...rest.items].map((one) => one["entityId"])).size, 4);
});

test("a success manager reads the task of a connection that failed for 28 days, and says once that it is done", async (t) => {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const [customerId, entityId] = [tenant.customerId, tenant.entityIds[0]];
  const taskId = newId();
  const since = "2026-11-22T10:00:00.000Z";
  await http.database.owner.query(
    `insert into tasks (customer_id, task_id, entity_id, kind, params, due_on, status, first_seen_at, last_seen_at)
     values ($1, $2, $3, 'support', '{"date":"2026-10-25"}', '2026-11-22', 'open', $4, $4)`,
    [customerId, taskId, entityId, since],
  );
  const manager = await operatorKey(http, "success_manager");
  const support = await operatorKey(http, "support");
  const supportTask = async (headers: Record<string, string>, language: string) => {
    const url = `/api/v1/fleet?customerId=${customerId}`;
    const answer = await http.app.inject({ url, headers: { ...headers, "accept-language": language } });
    assert.doesNotMatch(answer.body, /Zoé|people\.example/);
    const { items } = answer.json<{ items: { entityId: string; supportTask: unknown }[] }>();
    assert.equal(items.find((one) => one.entityId !== entityId)?.supportTask, null);
    return items.find((one) => one.entityId === entityId)?.supportTask;
  };
  assert.deepEqual(await supportTask(manager, "nl"), {
    id: taskId,
    title: "Al 28 dagen geen synchronisatie met Liantis",
    text: "Sinds 25/10/2026 lukte geen enkele synchronisatie door problemen bij Liantis. De integratie is gepauzeerd; wat al gesynchroniseerd was, blijft staan.",
    since,
  });
  assert.match(JSON.stringify(await supportTask(support, "fr")), /Depuis le 25\/10\/2026/);
  const complete = async (id: string, headers: Record<string, string>) => {
    const url = `/api/v1/fleet/tasks/${id}/completion`;
    const answer = await http.app.inject({ method: "POST", url, headers });
    return [answer.statusCode, answer.json<{ code?: string; status?: unknown }>()] as const;
  };
  assert.equal((await complete(taskId, support))[0], 403);
  assert.equal((await complete(tenant.taskIds[0], manager))[0], 404, "what is of a person is the customer's");
  assert.equal((await complete(newId(), manager))[0], 404);
  assert.deepEqual(await complete(taskId, manager), [200, { id: taskId, status: "done" }]);
  const [again, problem] = await complete(taskId, manager);
  assert.deepEqual([again, problem.code], [409, "WRONG_STATE"]);
  assert.equal(await supportTask(manager, "nl"), null);
  const { rows } = await http.database.owner.query(
    "select customer_id, entity_id, action from audit_entries where subject = $1",
    [taskId],
  );
  assert.deepEqual(rows, [{ customer_id: customerId, entity_id: entityId, action: "task.done" }]);
});

test("the platform role reads the texts of support tasks only, through the function made for it", async (t) => {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  const { db } = http.database;
  await assert.rejects(
    platformTransaction(db, (trx) => trx.selectFrom("tasks").select("params").execute()),
    /permission denied/,
  );
  for (const call of [
    sql`select open_support_task(${tenant.customerId}, ${tenant.entityIds[0]})`,
    sql`select complete_support_task(${tenant.customerId}, ${tenant.taskIds[0]}, ${newId()}, 'account:x', ${newId()}, now())`,
  ]) {
    await assert.rejects(
      tenantTransaction(db, { customerId: tenant.customerId, entityIds: "all" }, "app", (trx) =>
        call.execute(trx),
      ),
      /permission denied/,
    );
  }
});
