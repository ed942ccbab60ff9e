import assert from "node:assert/strict";
import test from "node:test";
import { problem as problemSchema } from "@payflip/contract/problem.ts";
import { newId } from "../../src/postgres/ids.ts";
import { addTenant, type HttpServer, keyOf, openHttpServer, type Tenant } from "../support/http-server.ts";
import { deepJson } from "./hostile-input.ts";

interface Scene {
  http: HttpServer;
  tenant: Tenant;
  headers: Record<string, string>;
}

async function openScene(t: Parameters<typeof openHttpServer>[0]): Promise<Scene> {
  const http = await openHttpServer(t);
  const tenant = await addTenant(http, "Ardennen");
  return { http, tenant, headers: await keyOf(http, { customerId: tenant.customerId, role: "admin" }) };
}

/** An employee whose wage contracts are entered by hand. */
async function addUnlinked({ http, tenant }: Scene): Promise<string> {
  await http.database.owner.query("delete from links where employee_id = $1", [tenant.employeeIds[1]]);
  await http.database.owner.query("update connections set state = 'disabled'");
  return tenant.employeeIds[1];
}

test("an id is accepted in upper case wherever it is sent", async (t) => {
  const scene = await openScene(t);
  const { http, tenant, headers } = scene;
  const [entityId, employeeId] = [tenant.entityIds[0].toUpperCase(), tenant.employeeIds[0].toUpperCase()];
  for (const url of [
    `/api/v1/entities/${entityId}`,
    `/api/v1/entities/${entityId}/liantis`,
    `/api/v1/employees/${employeeId}`,
    `/api/v1/employees?entityId=${entityId}`,
    `/api/v1/entities/${entityId}/issues?employeeId=${employeeId}`,
    `/api/v1/syncs/${tenant.runIds[0].toUpperCase()}/changes?employeeId=${employeeId}`,
  ]) {
    const upper = await http.app.inject({ url, headers });
    assert.equal(upper.statusCode, 200, url);
    const lower = await http.app.inject({
      url: url.replaceAll(/[0-9A-F-]{36}/g, (id) => id.toLowerCase()),
      headers,
    });
    assert.deepEqual(upper.json(), lower.json(), url);
  }
  const codes = async (id: string) => {
    const answers = [];
    for (const path of ["activation", "consent-request", "preview-count", "candidates"]) {
      const isRead = path === "preview-count" || path === "candidates";
      const { statusCode, body } = await http.app.inject({
        method: isRead ? "GET" : "POST",
        url: `/api/v1/entities/${id}/liantis/${path}`,
        headers,
        ...(path === "consent-request" ? { payload: { email: "a@b.example", language: "nl" } } : {}),
      });
      answers.push([path, statusCode, JSON.parse(body).code]);
    }
    return answers;
  };
  assert.deepEqual(await codes(entityId), await codes(tenant.entityIds[0]));
  const url = `/api/v1/entities/${entityId}/liantis/disable`;
  assert.equal((await http.app.inject({ method: "POST", url, headers })).statusCode, 200);
});

test("a date outside 1900 to 2100, and a year that PostgreSQL does not have, is refused with its place", async (t) => {
  const scene = await openScene(t);
  const { http, headers } = scene;
  const employeeId = await addUnlinked(scene);
  for (const date of ["0000-01-01", "0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31", "2026-02-30"]) {
    const refused = [
      ["POST", `/api/v1/employees/${employeeId}/deactivation`, { endDate: date }, "endDate"],
      ["PATCH", `/api/v1/employees/${employeeId}`, { startDate: date }, "startDate"],
      [
        "POST",
        `/api/v1/employees/${employeeId}/wage-contracts`,
        { wageType: "monthly", grossAmount: "1", startDate: date },
        "startDate",
      ],
      ["POST", `/api/v1/issues/${scene.tenant.issueIds[0]}/acceptance`, { reviewOn: date }, "reviewOn"],
    ] as const;
    for (const [method, url, payload, path] of refused) {
      const answer = await http.app.inject({ method, url, headers, payload });
      assert.equal(answer.statusCode, 400, `${url} ${date}`);
      assert.deepEqual(
        answer.json().errors.map((one: { path: string }) => one.path),
        [path],
      );
    }
  }
});

test("a number that is too long, too large or negative is refused with its place, and the largest ones are stored", async (t) => {
  const scene = await openScene(t);
  const { http, headers } = scene;
  const employeeId = await addUnlinked(scene);
  const add = (fields: object) =>
    http.app.inject({
      method: "POST",
      url: `/api/v1/employees/${employeeId}/wage-contracts`,
      headers,
      payload: {
        wageType: "hourly",
        grossAmount: "20.15",
        startDate: "2024-01-01",
        weeklyHours: "38",
        ...fields,
      },
    });
  const refused = {
    grossAmount: [
      "-1",
      "1000000000",
      "9".repeat(13),
      "9".repeat(20_000),
      `1.${"0".repeat(20_000)}`,
      "1e5",
      "",
      "NaN",
    ],
    weeklyHours: ["-1", "168.01", "169", "1000", "9".repeat(50)],
    workRegimePercentage: ["-1", "1000", "9".repeat(13), `1.${"1".repeat(7)}`],
    employerSocialSecurityPercentage: ["-27.17", "1000", "9".repeat(140_000)],
  };
  for (const [path, values] of Object.entries(refused)) {
    for (const value of values) {
      const answer = await add({ [path]: value });
      assert.equal(answer.statusCode, 400, `${path} ${value.slice(0, 30)}`);
      assert.equal(answer.json().errors[0].path, path);
    }
  }
  const largest = await add({
    grossAmount: "999999999.999999",
    weeklyHours: "168",
    workRegimePercentage: "999.999999",
    employerSocialSecurityPercentage: "999.999999",
  });
  assert.equal(largest.statusCode, 201, largest.body);
});

test("a body that is too deep, or holds a text that cannot be stored, is refused also with an Idempotency-Key", async (t) => {
  const { http, tenant, headers } = await openScene(t);
  for (const payload of [deepJson, '{"reason":"a\\u0000b"}', '{"reason":"\\ud800"}', '{"\\udfff":1}']) {
    const { statusCode, body } = await http.app.inject({
      method: "POST",
      url: `/api/v1/issues/${tenant.issueIds[0]}/acceptance`,
      headers: { ...headers, "content-type": "application/json", "idempotency-key": newId() },
      payload,
    });
    assert.equal(statusCode, 400, payload.slice(0, 40));
    const { code, errors } = JSON.parse(body);
    assert.equal(code, "INVALID_REQUEST");
    assert.equal(errors[0].path, "body");
  }
});

test("a parameter that the list does not have is refused by its name", async (t) => {
  const { http, headers } = await openScene(t);
  const { statusCode, body } = await http.app.inject({ url: "/api/v1/employees?limt=5&q=a", headers });
  assert.equal(statusCode, 400);
  assert.deepEqual(
    JSON.parse(body).errors.map((one: { path: string }) => one.path),
    ["limt"],
  );
});

test("bad JSON, another content type, a body that is too large and a long address each have their own code", async (t) => {
  const { http, tenant, headers } = await openScene(t);
  const base = await http.app.listen({ host: "127.0.0.1", port: 0 });
  const post = (type: string, body: string) =>
    fetch(`${base}/api/v1/employees`, {
      method: "POST",
      headers: { ...headers, "content-type": type },
      body,
    });
  const answers = [
    [await post("application/json", "{"), 400, "JSON_INVALID"],
    [await post("application/json", '{"__proto__":{"a":1}}'), 400, "JSON_INVALID"],
    [await post("text/xml", "<a/>"), 415, "UNSUPPORTED_MEDIA_TYPE"],
    [await post("application/json", JSON.stringify({ name: "x".repeat(2 ** 21) })), 413, "BODY_TOO_LARGE"],
    [await fetch(`${base}/api/v1/employees/${"x".repeat(300)}`, { headers }), 414, "ADDRESS_TOO_LONG"],
    [await fetch(`${base}/api/v1/employees/%zz`, { headers }), 400, "INVALID_REQUEST"],
    [
      await fetch(`${base}/api/v1/employees/${tenant.employeeIds[0]}%00`, { headers }),
      400,
      "INVALID_REQUEST",
    ],
  ] as const;
  for (const [answer, status, code] of answers) {
    assert.equal(answer.status, status, code);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    const problem = problemSchema.parse(await answer.json());
    assert.equal(problem.code, code);
    assert.ok(problem.reference);
    if (code === "BODY_TOO_LARGE") assert.match(problem.detail, / 1,048,576 bytes/);
  }
});
