import assert from "node:assert/strict";
import test from "node:test";
import * as z from "zod/mini";
import {
  addCases,
  addTenant,
  type House,
  keyOf,
  openHouse,
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
  method: string;
  url: string;
  roles: readonly string[];
  tenant: string;
  wages: boolean;
}

test("every route answers each kind of caller as it declares, and never with somebody else's", async (t) => {
  const routes: Route[] = [];
  const house = await openHouse(t);
  collectRoutes(house, routes);
  assert.ok(routes.length > 25, "the routes were found");
  const tenant = await addTenant(house, "Ardennen");
  const ours = { ...tenant, caseIds: await addCases(house, tenant, "Ardennen") };
  const theirs = await addTenant(house, "Kempen");
  await addCases(house, theirs, "Kempen");
  const callers = await callersOf(house, ours, theirs);
  for (const route of routes) {
    await t.test(`${route.method} ${route.url}`, async () => {
      for (const [caller, headers] of callers) {
        await ask(house, route, { caller, headers, target: "first entity", ours });
        if (caller === "entity admin")
          await ask(house, route, { caller, headers, target: "second entity", ours });
      }
    });
  }
});

test("what does not exist and what is another's answer the same", async (t) => {
  const house = await openHouse(t);
  const ours = await addTenant(house, "Ardennen");
  const theirs = await addTenant(house, "Kempen");
  const headers = await keyOf(house, { customerId: ours.customerId, role: "admin" });
  const get = async (id: string) => {
    const { statusCode, body } = await house.app.inject({ url: `/api/v1/employees/${id}`, headers });
    return { statusCode, body: body.replaceAll(/"reference":"[^"]+"/g, "") };
  };
  const foreign = await get(theirs.employeeIds[0]);
  assert.equal(foreign.statusCode, 404);
  assert.deepEqual(await get("00000000-0000-4000-8000-000000000000"), foreign);
  assert.deepEqual(await get("not-an-id"), foreign);
});

function collectRoutes({ app }: House, routes: Route[]): void {
  for (const [path, methods] of Object.entries(app.swagger().paths ?? {})) {
    for (const [method, operation] of Object.entries(methods ?? {})) {
      const { roles, tenant, wages = false } = accessShape.parse(Object(operation)["x-access"]);
      routes.push({
        method: method.toUpperCase(),
        url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
        roles,
        tenant,
        wages,
      });
    }
  }
}

const accessShape = z.object({
  roles: z.array(z.string()),
  tenant: z.string(),
  wages: z.optional(z.boolean()),
});

async function callersOf(
  house: House,
  ours: Tenant,
  theirs: Tenant,
): Promise<[Caller, Record<string, string>][]> {
  const { customerId, entityIds } = ours;
  return [
    ["admin", await keyOf(house, { customerId, role: "admin" })],
    ["entity admin", await keyOf(house, { customerId, role: "admin", entityIds: [entityIds[0]] })],
    ["reader", await keyOf(house, { customerId, role: "reader" })],
    ["reader with wages", await keyOf(house, { customerId, role: "reader", wages: true })],
    ["success manager", await operatorKey(house, "success_manager")],
    ["support", await operatorKey(house, "support")],
    ["nobody", {}],
    ["wrong key", { authorization: "Bearer pfk_wrong" }],
    ["foreign admin", await keyOf(house, { customerId: theirs.customerId, role: "admin" })],
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

async function ask({ app }: House, route: Route, { caller, headers, target, ours }: Question): Promise<void> {
  const position = target === "first entity" ? 0 : 1;
  const url = route.url
    .replace(":id", idOf(route.tenant, ours, position))
    .replace(":contractId", "c1")
    .replace(":workerId", "w-1");
  const write = route.method !== "GET";
  const {
    statusCode,
    body,
    headers: answered,
  } = await app.inject({
    method: route.method as "GET",
    url,
    headers: { ...headers, ...(write ? { "content-type": "application/json" } : {}) },
    ...(write ? { payload: bodyOf(route) } : {}),
  });
  const role = roleOf[caller];
  const who = `${caller}, ${target}: ${statusCode} ${body}`;
  // A case stands between two entities: an admin of one of them does not know of it.
  const hidden =
    caller === "foreign admin" ||
    (caller === "entity admin" && (target === "second entity" || route.tenant === "case"));
  if (route.tenant === "public") {
    assert.notEqual(statusCode, 403, who);
  } else if (role === null) {
    assert.equal(statusCode, 401, who);
  } else if (!route.roles.includes(role) || (route.wages && caller === "reader")) {
    assert.equal(statusCode, 403, who);
    assert.match(body, /"code":"FORBIDDEN"/, who);
  } else if (hidden && namesRow(route)) {
    assert.equal(statusCode, 404, who);
  } else {
    assert.doesNotMatch(body, /"code":"(?:FORBIDDEN|UNAUTHENTICATED)"/, who);
  }
  assert.notEqual(statusCode, 500, who);
  if (statusCode >= 400) assert.match(String(answered["content-type"]), /^application\/problem\+json/);
  // Success managers and support see customers by name; nobody else sees a word of another customer, nor of an entity that is not theirs.
  const strangers = caller === "foreign admin" ? /Ardennen/i : /Kempen/i;
  if (role !== "success_manager" && role !== "support") assert.doesNotMatch(body, strangers, who);
  if (caller === "entity admin") assert.doesNotMatch(body, /Ardennen ?2/i, who);
  // The seconds of a time of day are no wage.
  const timeless = body.replaceAll(/T\d\d:\d\d:\d\d\.\d{3}Z/g, "");
  if (caller === "reader") assert.doesNotMatch(timeless, /3318\.03|20\.15/, who);
}

function namesRow({ tenant }: Route): boolean {
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
function bodyOf({ method, url }: Route): object {
  const contract = { wageType: "monthly", grossAmount: "3000.00", startDate: "2025-01-01" };
  const bodies: Record<string, object> = {
    "POST /api/v1/session": { email: "nobody@people.example", password: "x" },
    "PATCH /api/v1/session": { language: "nl" },
    "POST /api/v1/customers": { name: "Nieuw", entities: [{ name: "Nieuw" }] },
    "PATCH /api/v1/entities/:id": {},
    "POST /api/v1/employees/:id/deactivation": { endDate: "2026-12-31" },
    "POST /api/v1/employees/:id/wage-contracts": contract,
    "PATCH /api/v1/employees/:id": { language: "fr" },
    "POST /api/v1/entities/:id/liantis/consent-request": { email: "hr@people.example", language: "nl" },
    "POST /api/v1/entities/:id/liantis/confirmation": { mode: "full" },
    "POST /api/v1/entities/:id/liantis/links": {
      workerId: "w-1",
      employeeId: "00000000-0000-4000-8000-000000000000",
      reason: "Same person",
    },
    "POST /api/v1/employees/:id/liantis/unlinking": { reason: "Two people" },
    "PUT /api/v1/entities/:id/liantis/mode": { mode: "full" },
    "POST /api/v1/entities/:id/liantis/previews": { mode: "full" },
    "POST /api/v1/entities/:id/liantis/choices": { select: ["w-1"], exclude: [], release: [] },
  };
  return bodies[`${method} ${url}`] ?? {};
}
