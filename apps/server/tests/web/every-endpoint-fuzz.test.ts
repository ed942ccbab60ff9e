import assert from "node:assert/strict";
import process from "node:process";
import test from "node:test";
import type { Role } from "@payflip/contract/access.ts";
import { type Endpoint, problemsOf } from "@payflip/contract/endpoint.ts";
import { endpoints } from "@payflip/contract/endpoints.ts";
import { problem } from "@payflip/contract/problem.ts";
import type { LightMyRequestResponse } from "fastify";
import { createRandom } from "../../../simulator/src/generate/random.ts";
import { addCases, addTenant, keyOf, operatorKey, type Tenant } from "../support/http-server.ts";
import { openProduct, type Product } from "../support/product.ts";
import { createEmployer } from "../support/simulated-liantis.ts";
import { deepJson, type Draws, hostileValues, valueFor } from "./hostile-input.ts";

/** `FUZZ_SEED=… npm test -- --only every-endpoint-fuzz` sends the same requests again. */
const seed = process.env["FUZZ_SEED"] ?? String(Date.now());
const requests = 2_000;

interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string | undefined;
}

test(`no drawn input makes a 5xx, and every refusal has a code and a reference (FUZZ_SEED=${seed})`, async (t) => {
  const product = await openProduct(t);
  const source = await sourceOf(product);
  const every = Object.values(endpoints).filter(({ path }) => !path.endsWith("/events"));
  for (let index = 0; index < requests; index += 1) {
    const endpoint: Endpoint = every[index % every.length] ?? endpoints.readSession;
    const sent = drawRequest(endpoint, source);
    const answer = await product.app.inject({
      method: endpoint.method,
      url: sent.url,
      headers: sent.headers,
      ...(sent.payload === undefined ? {} : { payload: sent.payload }),
    });
    assertAnswer(answer, endpoint, sent, index);
  }
});

/** Two customers with people; each entity has an employer at Liantis. */
async function sourceOf(product: Product): Promise<Source> {
  const tenants = [await addTenant(product, "Ardennen"), await addTenant(product, "Kempen")] as const;
  const cases = await addCases(product, tenants[0], "Ardennen");
  for (const entityId of tenants.flatMap(({ entityIds }) => entityIds)) {
    const { enterpriseNumber } = createEmployer(product.simulator, { workers: 3, consent: "granted" });
    for (const change of [
      "update entities set vat_number = $1 where entity_id = $2",
      "update connections set enterprise_number = $1 where entity_id = $2",
    ])
      await product.database.owner.query(change, [enterpriseNumber, entityId]);
  }
  return {
    draws: drawsOf(seed),
    principals: await principalsOf(product, tenants),
    ids: [...idsOf(tenants[0]), ...idsOf(tenants[1]), ...cases],
    cases,
    tenant: tenants[0],
  };
}

function drawsOf(label: string): Draws {
  const random = createRandom("fuzz", label);
  return {
    below: (limit) => random.between(0, limit - 1),
    happens: (probability) => random.chance(probability),
    pick: (values) => {
      const value = values[random.between(0, values.length - 1)];
      if (values.length === 0) throw new RangeError("there is nothing to pick");
      return value as (typeof values)[number];
    },
  };
}

interface Principal {
  role: Role | null;
  headers: Record<string, string>;
}

async function principalsOf(
  ground: Parameters<typeof keyOf>[0],
  [ours, theirs]: readonly [Tenant, Tenant],
): Promise<Principal[]> {
  const { customerId, entityIds } = ours;
  return [
    { role: "admin", headers: await keyOf(ground, { customerId, role: "admin" }) },
    { role: "admin", headers: await keyOf(ground, { customerId, role: "admin", entityIds: [entityIds[0]] }) },
    { role: "reader", headers: await keyOf(ground, { customerId, role: "reader" }) },
    { role: "admin", headers: await keyOf(ground, { customerId: theirs.customerId, role: "admin" }) },
    { role: "success_manager", headers: await operatorKey(ground, "success_manager") },
    { role: "support", headers: await operatorKey(ground, "support") },
    { role: null, headers: {} },
  ];
}

function idsOf(tenant: Tenant): string[] {
  const { customerId, ...lists } = tenant;
  const ids = [customerId, ...Object.values(lists).flat()];
  return [...ids, ...ids.map((id) => id.toUpperCase())];
}

interface Source {
  draws: Draws;
  ids: readonly string[];
  cases: readonly string[];
  tenant: Tenant;
  principals: readonly Principal[];
}

function drawRequest(endpoint: Endpoint, { draws, ids, cases, tenant, principals }: Source): Sent {
  const { method, path, query, body } = endpoint;
  const own: Partial<Record<string, readonly string[]>> = {
    entity: tenant.entityIds,
    employee: tenant.employeeIds,
    run: tenant.runIds,
    issue: tenant.issueIds,
    hold: tenant.holdIds,
    task: tenant.taskIds,
    preview: tenant.previewIds,
    case: cases,
  };
  const parameter = (name: string) => {
    if (draws.happens(0.08)) return encodeURIComponent(safeText(draws.pick(hostileValues)));
    if (name !== "id") return draws.pick(["c1", "w-1", "w-Ardennen1", "x".repeat(64)]);
    const id = draws.pick(own[endpoint.tenant] ?? ids);
    return draws.happens(0.2) ? id.toUpperCase() : id;
  };
  const address = path.replaceAll(/:(\w+)/g, (_match, name: string) => parameter(name));
  const search = query === undefined ? "" : searchOf(valueFor(query, draws, ids));
  // Most requests come from a caller who may send them: the others end before their input is read.
  const permitted = principals.filter(({ role }) => endpoint.roles.some((one) => one === role));
  const principal = draws.pick(permitted.length > 0 && draws.happens(0.85) ? permitted : principals);
  const keyed = method === "POST" && draws.happens(0.5);
  const payload = body === undefined ? undefined : bodyOf(body, draws, ids);
  return {
    method,
    url: `/api/v1${address}${search}`,
    headers: {
      ...principal.headers,
      ...(payload === undefined ? {} : { "content-type": "application/json" }),
      ...(keyed ? { "idempotency-key": `k-${draws.below(2000)}` } : {}),
      "accept-language": draws.pick(["nl", "fr", "en"]),
    },
    payload,
  };
}

function bodyOf(body: NonNullable<Endpoint["body"]>, draws: Draws, ids: readonly string[]): string {
  if (draws.happens(0.01)) return deepJson;
  if (draws.happens(0.02)) return draws.pick(["{", "nul", '{"a":1,}', '{"__proto__":{}}', "\u0000"]);
  return JSON.stringify(valueFor(body, draws, ids)) ?? "";
}

function searchOf(query: unknown): string {
  if (typeof query !== "object" || query === null) return "";
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}=${encodeURIComponent(safeText(one))}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** An address cannot hold half of a surrogate pair; a body can. */
function safeText(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();
}

function assertAnswer(
  { statusCode, headers, body }: LightMyRequestResponse,
  endpoint: Endpoint,
  sent: Sent,
  index: number,
): void {
  const { method, url, payload = "" } = sent;
  const what = `request ${index}: ${method} ${url.slice(0, 300)} ${payload.slice(0, 300)}\n→ ${statusCode} ${body.slice(0, 600)}`;
  assert.ok(statusCode < 500, what);
  if (statusCode < 400) return;
  assert.equal(headers["content-type"], "application/problem+json", what);
  const { code, reference } = problem.parse(JSON.parse(body));
  assert.ok(reference.length > 0, what);
  assert.ok(problemsOf(endpoint).some((known) => known === code) || statusCode === 404, what);
}
