import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { FAULT_KINDS } from "../src/faults/kinds.ts";
import type { FaultRequest } from "../src/faults/fault-kind.ts";
import { breachOf } from "./contract-check.ts";
import { beginConsent, type Partner, startPartner } from "./partner.ts";

const WORKERS = "/v1/employers/{enterpriseNumber}/workers";

let partner: Partner;
before(async () => {
  partner = await startPartner({ workers: 25 });
});
afterEach(() => partner.simulator.control.clearFaults());
after(async () => {
  await partner.simulator.close();
});

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
  total: number;
}

const arm = (request: FaultRequest) => partner.simulator.control.armFault(request);
const employerPath = () => `/employers/${partner.enterpriseNumber}`;

async function pageOf(cursor: string | null = null, limit = 10): Promise<Page> {
  const query = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
  const { status, body } = await partner.json(`${employerPath()}/workers?limit=${limit}${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as Page;
}

async function statusOf(path: string) {
  const response = await partner.get(path);
  const text = await response.text();
  return {
    status: response.status,
    text,
    retryAfter: response.headers.get("retry-after"),
    type: response.headers.get("content-type"),
  };
}

const contractsOf = (item: Record<string, unknown> | undefined) =>
  (item?.["wageContracts"] ?? []) as Record<string, unknown>[];

/** One check for each kind of fault; a test below makes sure that none is missing. */
const checks: Record<string, () => Promise<void>> = {
  latency: async () => {
    const startedAt = performance.now();
    arm({ kind: "latency", latencyMs: 60 });
    assert.equal((await partner.get(employerPath())).status, 200);
    assert.ok(performance.now() - startedAt >= 55);
  },
  "rate-limited": async () => {
    arm({ kind: "rate-limited" });
    assert.deepEqual((({ status, retryAfter }) => [status, retryAfter])(await statusOf(employerPath())), [
      429,
      null,
    ]);
    arm({ kind: "rate-limited", retryAfterSeconds: 3 });
    assert.equal((await statusOf(employerPath())).retryAfter, "3");
    arm({ kind: "rate-limited", retryAfterSeconds: 30, retryAfterFormat: "http-date" });
    const date = Date.parse((await statusOf(employerPath())).retryAfter ?? "");
    assert.ok(Math.abs(date - Date.now() - 30_000) < 5_000);
  },
  unavailable: async () => {
    arm({ kind: "unavailable", retryAfterSeconds: 7 });
    const { status, retryAfter, text } = await statusOf(`${employerPath()}/workers`);
    assert.deepEqual([status, retryAfter, JSON.parse(text).type], [503, "7", "unavailable"]);
  },
  "server-error": async () => {
    arm({ kind: "server-error" });
    assert.equal((await statusOf(employerPath())).status, 500);
  },
  "connection-reset": async () => {
    arm({ kind: "connection-reset" });
    await assert.rejects(partner.get(employerPath()), isFetchFailure);
  },
  stall: async () => {
    arm({ kind: "stall" });
    const url = `${partner.simulator.url}/v1${employerPath()}`;
    const headers = { authorization: `Bearer ${await partner.token()}` };
    await assert.rejects(fetch(url, { headers, signal: AbortSignal.timeout(80) }), { name: "TimeoutError" });
  },
  "truncated-body": async () => {
    arm({ kind: "truncated-body" });
    const response = await partner.get(`${employerPath()}/workers`);
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), isFetchFailure);
  },
  html: async () => {
    arm({ kind: "html" });
    const { status, text, type } = await statusOf(`${employerPath()}/workers`);
    assert.deepEqual([status, type], [200, "text/html; charset=utf-8"]);
    assert.match(text, /^<!doctype html>/);
  },
  "empty-body": async () => {
    arm({ kind: "empty-body" });
    const { status, text } = await statusOf(`${employerPath()}/workers`);
    assert.deepEqual([status, text], [200, ""]);
  },
  "invalid-token": async () => {
    arm({ kind: "invalid-token" });
    assert.equal((await statusOf(employerPath())).status, 401);
  },
  "consent-revoked": async () => {
    arm({ kind: "consent-revoked" });
    const { status, text } = await statusOf(`${employerPath()}/workers`);
    assert.deepEqual([status, JSON.parse(text).type], [403, "consent-revoked"]);
  },
  "cursor-expired": async () => {
    arm({ kind: "cursor-expired" });
    const { nextCursor } = await pageOf();
    const path = `${employerPath()}/workers?cursor=${encodeURIComponent(nextCursor ?? "")}`;
    assert.equal((await statusOf(path)).status, 410);
    assert.equal((await statusOf(path)).status, 200);
  },
  "wrong-content-type": async () => {
    arm({ kind: "wrong-content-type" });
    const { type, text } = await statusOf(employerPath());
    assert.deepEqual([type, JSON.parse(text).name], ["text/plain", "Bakkerij Peeters"]);
  },
  "byte-order-mark": async () => {
    arm({ kind: "byte-order-mark" });
    const bytes = new Uint8Array(await (await partner.get(employerPath())).arrayBuffer());
    assert.deepEqual(bytes.slice(0, 3), new Uint8Array([0xef, 0xbb, 0xbf]));
  },
  "bare-array": async () => {
    arm({ kind: "bare-array" });
    assert.equal((await statusOf(`${employerPath()}/workers`)).text, "[]");
  },
  "wrong-employer-name": async () => {
    arm({ kind: "wrong-employer-name" });
    assert.equal((await partner.json(employerPath())).body["name"], "Another Employer NV");
  },
  "wrong-employer-number": async () => {
    arm({ kind: "wrong-employer-number" });
    assert.notEqual((await partner.json(employerPath())).body["enterpriseNumber"], partner.enterpriseNumber);
  },
  "empty-listing": async () => {
    arm({ kind: "empty-listing" });
    const page = await pageOf();
    assert.deepEqual([page.items, page.nextCursor, page.total], [[], null, 0]);
  },
  "half-page": async () => {
    const { total } = await pageOf();
    arm({ kind: "half-page", page: 1 });
    const page = await pageOf();
    assert.deepEqual([page.items.length, page.nextCursor, page.total], [5, null, total]);
  },
  "half-listing": async () => {
    const { total } = await pageOf();
    arm({ kind: "half-listing" });
    const pages = [await pageOf()];
    for (let next = pages[0]?.nextCursor ?? null; next !== null; next = pages.at(-1)?.nextCursor ?? null) {
      pages.push(await pageOf(next));
    }
    const half = Math.floor(total / 2);
    assert.equal(
      pages.reduce((sum, page) => sum + page.items.length, 0),
      half,
    );
    assert.ok(pages.length === 2 && pages.every((page) => page.total === half));
  },
  "repeated-page": async () => {
    arm({ kind: "repeated-page" });
    const first = await pageOf();
    const second = await pageOf(first.nextCursor);
    assert.deepEqual(second.items, first.items);
    assert.notDeepEqual((await pageOf(second.nextCursor)).items, first.items);
  },
  "cursor-loop": async () => {
    const honest = await pageOf();
    arm({ kind: "cursor-loop", page: 2, times: 2 });
    const second = await pageOf(honest.nextCursor);
    assert.deepEqual((await pageOf(second.nextCursor)).items, second.items);
  },
  "duplicate-rows": async () => {
    arm({ kind: "duplicate-rows" });
    const { items } = await pageOf();
    assert.deepEqual(items.slice(10), items.slice(0, 2));
  },
  "total-too-low": async () => {
    const { total } = await pageOf();
    arm({ kind: "total-too-low", difference: 4 });
    assert.equal((await pageOf()).total, total - 4);
  },
  "total-too-high": async () => {
    const { total } = await pageOf();
    arm({ kind: "total-too-high" });
    assert.equal((await pageOf()).total, total + 1);
  },
  "unknown-enum": async () => {
    arm({ kind: "unknown-enum" });
    const [item] = (await pageOf()).items;
    assert.deepEqual([item?.["language"], contractsOf(item)[0]?.["statute"]], ["X", "APPRENTICE"]);
  },
  "null-storm": async () => {
    arm({ kind: "null-storm", fields: ["email", "grossAmount"] });
    const [item] = (await pageOf()).items;
    assert.deepEqual([item?.["email"], contractsOf(item)[0]?.["grossAmount"]], [null, null]);
    assert.notEqual(item?.["lastName"], null);
    arm({ kind: "null-storm" });
    const page = await pageOf();
    assert.equal(
      breachOf(WORKERS, {
        status: 200,
        contentType: "application/json",
        body: { ...page, snapshotAt: "2026-01-01T00:00:00Z" },
      }),
      null,
    );
    assert.equal(page.items[0]?.["lastName"], null);
  },
  "missing-keys": async () => {
    arm({ kind: "missing-keys" });
    assert.deepEqual(Object.keys((await pageOf()).items[0] ?? {}), ["workerId", "wageContracts"]);
  },
  "blank-strings": async () => {
    arm({ kind: "blank-strings" });
    assert.equal((await pageOf()).items[0]?.["lastName"], "");
  },
  "type-change": async () => {
    arm({ kind: "type-change" });
    const [item] = (await pageOf()).items;
    assert.deepEqual(
      [typeof item?.["employeeNumber"], typeof contractsOf(item)[0]?.["grossAmount"]],
      ["number", "number"],
    );
  },
  "extra-fields": async () => {
    arm({ kind: "extra-fields" });
    const [item] = (await pageOf()).items;
    assert.ok(item !== undefined && "bankAccount" in item && "costCentre" in (contractsOf(item)[0] ?? {}));
  },
  "authorization-error": async () => {
    arm({ kind: "authorization-error" });
    assert.equal((await walkAsMainUser()).searchParams.get("error"), "server_error");
  },
  "consent-without-role-check": async () => {
    arm({ kind: "consent-without-role-check" });
    const back = await (await beginConsent(partner)).walk({ username: `user@${partner.enterpriseNumber}` });
    assert.ok(back.searchParams.has("code"));
  },
  "callback-wrong-state": () => assertRefused("callback-wrong-state"),
  "callback-wrong-issuer": () => assertRefused("callback-wrong-issuer"),
  "callback-without-issuer": () => assertRefused("callback-without-issuer"),
  "id-token-wrong-nonce": () => assertRefused("id-token-wrong-nonce"),
  "id-token-wrong-issuer": () => assertRefused("id-token-wrong-issuer"),
  "id-token-wrong-audience": () => assertRefused("id-token-wrong-audience"),
  "id-token-expired": () => assertRefused("id-token-expired"),
  "id-token-bad-signature": () => assertRefused("id-token-bad-signature"),
  "id-token-unsigned": () => assertRefused("id-token-unsigned"),
  "id-token-claims": async () => {
    arm({ kind: "id-token-claims", claims: { enterprise_number: "0403827331", role: null } });
    const authorization = await beginConsent(partner);
    const claims = await authorization.exchange(
      await authorization.walk({ username: `main@${partner.enterpriseNumber}` }),
    );
    assert.deepEqual([claims["enterprise_number"], "role" in claims], ["0403827331", false]);
  },
};

test("every fault kind has a check", () => {
  assert.deepEqual(FAULT_KINDS.map(({ kind }) => kind).toSorted(), Object.keys(checks).toSorted());
});

for (const [kind, check] of Object.entries(checks)) test(`the fault ${kind} has its effect`, check);

test("a fault hits as many calls as it was armed for, and the next call succeeds", async () => {
  const { control } = partner.simulator;
  arm({ kind: "server-error", times: 2 });
  const statuses = [];
  for (let call = 0; call < 3; call += 1) statuses.push((await partner.get(employerPath())).status);
  assert.deepEqual(statuses, [500, 500, 200]);
  assert.deepEqual(control.armedFaults(), []);
  const always = arm({ kind: "server-error", always: true, path: "/wage-codes" });
  assert.equal((await partner.get(employerPath())).status, 200);
  for (let call = 0; call < 3; call += 1)
    assert.equal((await partner.get(`${employerPath()}/wage-codes`)).status, 500);
  assert.equal(always.hits, 3);
  control.clearFaults(always.id);
  assert.equal((await partner.get(`${employerPath()}/wage-codes`)).status, 200);
});

test("a fault can be armed for a page", async () => {
  arm({ kind: "unavailable", page: 2 });
  const first = await pageOf();
  const path = `${employerPath()}/workers?limit=10&cursor=${encodeURIComponent(first.nextCursor ?? "")}`;
  assert.equal((await partner.get(path)).status, 503);
  assert.equal((await partner.get(path)).status, 200);
});

test("a fault hits the token endpoint and discovery only if its path names them", async () => {
  const discovery = `${partner.simulator.issuerUrl}/.well-known/openid-configuration`;
  arm({ kind: "unavailable" });
  assert.equal((await fetch(discovery)).status, 200);
  partner.simulator.control.clearFaults();
  arm({ kind: "unavailable", path: "/.well-known/" });
  assert.equal((await fetch(discovery)).status, 503);
  arm({ kind: "server-error", path: "/oidc/token" });
  assert.equal((await fetch(`${partner.simulator.issuerUrl}/token`, { method: "POST" })).status, 500);
});

async function walkAsMainUser(): Promise<URL> {
  return (await beginConsent(partner)).walk({ username: `main@${partner.enterpriseNumber}` });
}

/** A careful client refuses the authorization with this fault and accepts one without it. */
async function assertRefused(kind: string): Promise<void> {
  arm({ kind });
  const authorization = await beginConsent(partner);
  const back = await authorization.walk({ username: `main@${partner.enterpriseNumber}` });
  await assert.rejects(authorization.exchange(back));
  const honest = await beginConsent(partner);
  await honest.exchange(await honest.walk({ username: `main@${partner.enterpriseNumber}` }));
}

function isFetchFailure(error: unknown): boolean {
  return error instanceof TypeError;
}
