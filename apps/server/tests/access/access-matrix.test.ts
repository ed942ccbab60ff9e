import assert from "node:assert/strict";
import test from "node:test";
import { type Endpoint, problemsOf } from "@payflip/contract/endpoint.ts";
import { type EndpointName, endpoints } from "@payflip/contract/endpoints.ts";
import {
  addCases,
  addTenant,
  type HttpServer,
  keyOf,
  openHttpServer,
  operatorKey,
  type Tenant,
} from "../support/http-server.ts";

type Caller =
  | "admin"
  | "entity admin"
  | "reader"
  | "reader with wages"
  | "success manager"
  | "support"
  | "nobody"
  | "wrong key"
  | "foreign admin";

interface Route {
  name: EndpointName;
  endpoint: Endpoint;
}

test("every endpoint answers each kind of caller as it declares, and never with another customer's data", async (t) => {
  const http = await openHttpServer(t, { oidc: unreachableProvider });
  const tenant = await addTenant(http, "Ardennen");
  const ours = { ...tenant, caseIds: await addCases(http, tenant, "Ardennen") };
  const theirs = await addTenant(http, "Kempen");
  await addCases(http, theirs, "Kempen");
  const callers = await callersOf(http, ours, theirs);
  for (const route of everyRoute()) {
    const { method, path } = route.endpoint;
    await t.test(`${method} ${path}`, async () => {
      assert.ok(http.app.hasRoute({ method, url: `/api/v1${path}` }), "the app has the route");
      for (const [caller, headers] of callers) {
        await ask(http, route, { caller, headers, target: "first entity", ours });
        if (caller === "entity admin")
          await ask(http, route, { caller, headers, target: "second entity", ours });
      }
    });
  }
});

test("a missing resource and one of another customer have the same answer", async (t) => {
  const http = await openHttpServer(t);
  const ours = await addTenant(http, "Ardennen");
  const theirs = await addTenant(http, "Kempen");
  const headers = await keyOf(http, { customerId: ours.customerId, role: "admin" });
  const get = async (id: string) => {
    const { statusCode, body } = await http.app.inject({ url: `/api/v1/employees/${id}`, headers });
    return { statusCode, body: body.replaceAll(/"reference":"[^"]+"/g, "") };
  };
  const foreign = await get(theirs.employeeIds[0]);
  assert.equal(foreign.statusCode, 404);
  assert.deepEqual(await get("00000000-0000-4000-8000-000000000000"), foreign);
  assert.deepEqual(await get("not-an-id"), foreign);
});

function everyRoute(): Route[] {
  const names = Object.keys(endpoints) as EndpointName[];
  return names.map((name) => ({ name, endpoint: endpoints[name] }));
}

/** Nothing answers there: a sign-in that needs it ends on the sign-in page. */
const unreachableProvider = { issuerUrl: "http://127.0.0.1:9", clientId: "payflip", clientSecret: "s" };

async function callersOf(
  http: HttpServer,
  ours: Tenant,
  theirs: Tenant,
): Promise<[Caller, Record<string, string>][]> {
  const { customerId, entityIds } = ours;
  return [
    ["admin", await keyOf(http, { customerId, role: "admin" })],
    ["entity admin", await keyOf(http, { customerId, role: "admin", entityIds: [entityIds[0]] })],
    ["reader", await keyOf(http, { customerId, role: "reader" })],
    ["reader with wages", await keyOf(http, { customerId, role: "reader", wages: true })],
    ["success manager", await operatorKey(http, "success_manager")],
    ["support", await operatorKey(http, "support")],
    ["nobody", {}],
    ["wrong key", { authorization: "Bearer pfk_wrong" }],
    ["foreign admin", await keyOf(http, { customerId: theirs.customerId, role: "admin" })],
  ];
}

const roleOf: Record<Caller, string | null> = {
  admin: "admin",
  "entity admin": "admin",
  reader: "reader",
  "reader with wages": "reader",
  "success manager": "success_manager",
  support: "support",
  nobody: null,
  "wrong key": null,
  "foreign admin": "admin",
};

interface Question {
  caller: Caller;
  headers: Record<string, string>;
  target: "first entity" | "second entity";
  ours: Targets;
}

type Targets = Tenant & { caseIds: [string, string] };

async function ask(
  { app }: HttpServer,
  route: Route,
  { caller, headers, target, ours }: Question,
): Promise<void> {
  const { method, path, roles, tenant, wages = false } = route.endpoint;
  const position = target === "first entity" ? 0 : 1;
  const url = `/api/v1${path}`
    .replace(":id", idOf(tenant, ours, position))
    .replace(":accountId", "00000000-0000-4000-8000-000000000000")
    .replace(":token", "unknown")
    .replace(":contractId", "c1")
    .replace(":workerId", "w-1");
  const write = method !== "GET";
  const {
    statusCode,
    body,
    headers: answered,
  } = await app.inject({
    method,
    url,
    headers: { ...headers, ...(write ? { "content-type": "application/json" } : {}) },
    ...(write ? { payload: bodyOf(route) } : {}),
  });
  const role = roleOf[caller];
  const isPermitted = roles.some((one) => one === role);
  const who = `${caller}, ${target}: ${statusCode} ${body}`;
  // A case belongs to two entities: an admin of one of them does not see it.
  const hidden =
    caller === "foreign admin" ||
    (caller === "entity admin" && (target === "second entity" || tenant === "case"));
  if (tenant === "public") {
    assert.notEqual(statusCode, 403, who);
  } else if (role === null) {
    assert.equal(statusCode, 401, who);
  } else if (!isPermitted || (wages && caller === "reader")) {
    assert.equal(statusCode, 403, who);
    assert.match(body, /"code":"FORBIDDEN"/, who);
  } else if (caller === "entity admin" && tenant === "managed customer") {
    assert.equal(statusCode, 403, who);
  } else if (hidden && namesRow(tenant)) {
    assert.equal(statusCode, 404, who);
  } else {
    assert.doesNotMatch(body, /"code":"(?:FORBIDDEN|UNAUTHENTICATED)"/, who);
  }
  assert.notEqual(statusCode, 500, who);
  if (statusCode >= 400) {
    assert.match(String(answered["content-type"]), /^application\/problem\+json/);
    assert.ok(
      problemsOf(route.endpoint).includes(JSON.parse(body).code),
      `a code that is not declared: ${who}`,
    );
  }
  // Success managers and support see the names of customers. Other callers see nothing of another customer or of an entity that is not theirs.
  const strangers = caller === "foreign admin" ? /Ardennen/i : /Kempen/i;
  if (role !== "success_manager" && role !== "support") assert.doesNotMatch(body, strangers, who);
  if (caller === "entity admin") assert.doesNotMatch(body, /Ardennen ?2/i, who);
  // The seconds of a time of day are no wage.
  const timeless = body.replaceAll(/T\d\d:\d\d:\d\d\.\d{3}Z/g, "");
  if (caller === "reader") assert.doesNotMatch(timeless, /3318\.03|20\.15/, who);
}

function namesRow(tenant: string): boolean {
  return tenant !== "customer" && tenant !== "none" && tenant !== "public";
}

function idOf(tenant: string, ours: Targets, position: 0 | 1): string {
  const ids: Record<string, readonly [string, string]> = {
    entity: ours.entityIds,
    employee: ours.employeeIds,
    run: ours.runIds,
    issue: ours.issueIds,
    hold: ours.holdIds,
    task: ours.taskIds,
    case: ours.caseIds,
    preview: ours.previewIds,
  };
  return ids[tenant]?.[position] ?? ours.customerId;
}

/** Bodies that pass their schema, so that what refuses is the right and not the form. */
function bodyOf({ name }: Route): object {
  const bodies: Partial<Record<EndpointName, object>> = {
    signIn: { email: "nobody@people.example", password: "x" },
    changeSession: { language: "nl" },
    createCustomer: { name: "Nieuw", entities: [{ name: "Nieuw" }] },
    requestPasswordReset: { email: "nobody@people.example" },
    createApiKey: { name: "Export", role: "reader" },
    addEntity: { name: "Nieuw" },
    addAdmin: { email: "new.admin@people.example", name: "Nieuw" },
    changeEntity: {},
    deactivateEmployee: { endDate: "2026-12-31" },
    createWageContract: { wageType: "monthly", grossAmount: "3000.00", startDate: "2025-01-01" },
    changeEmployee: { language: "fr" },
    requestConsent: { email: "hr@people.example", language: "nl" },
    confirmActivation: { mode: "full" },
    linkEmployee: {
      workerId: "w-1",
      employeeId: "00000000-0000-4000-8000-000000000000",
      reason: "Same person",
    },
    unlinkEmployee: { reason: "Two people" },
    changeMode: { mode: "full" },
    startPreview: { mode: "full" },
    makeChoices: { select: ["w-1"], exclude: [], release: [] },
  };
  return bodies[name] ?? {};
}
