import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { breachOf } from "./contract-check.ts";
import { type Partner, startPartner } from "./partner.ts";

const EMPLOYER = "/v1/employers/{enterpriseNumber}";
const WORKERS = `${EMPLOYER}/workers`;
const WORKER = `${WORKERS}/{workerId}`;
const WAGE_CODES = `${EMPLOYER}/wage-codes`;

let partner: Partner;
before(async () => {
  partner = await startPartner({ workers: 120 });
});
after(async () => {
  await partner.simulator.close();
});

async function assertAnswer(contractPath: string, path: string, wanted: { status: number; type?: string }) {
  const response = await partner.get(path);
  const body = (await response.json()) as Record<string, unknown>;
  const contentType = response.headers.get("content-type") ?? "";
  assert.equal(response.status, wanted.status, path);
  assert.equal(breachOf(contractPath, { status: response.status, contentType, body }), null, path);
  if (wanted.type !== undefined) assert.equal(body["type"], wanted.type);
  return body;
}

test("every answer of the partner API matches the contract", async () => {
  const { enterpriseNumber: number, simulator } = partner;
  await assertAnswer(EMPLOYER, `/employers/${number}`, { status: 200 });
  await assertAnswer(EMPLOYER, "/employers/0403827331", { status: 404, type: "employer-not-found" });
  const page = await assertAnswer(WORKERS, `/employers/${number}/workers?limit=500`, { status: 200 });
  assert.ok(Array.isArray(page["items"]) && page["items"].length > 100);
  await assertAnswer(WORKERS, `/employers/${number}/workers?cursor=made-up`, {
    status: 410,
    type: "cursor-expired",
  });
  const foreign = encodeURIComponent(`x.${"é".repeat(22)}`);
  await assertAnswer(WORKERS, `/employers/${number}/workers?cursor=${foreign}`, {
    status: 410,
    type: "cursor-expired",
  });
  await assertAnswer(WORKERS, "/employers/0403827331/workers", { status: 404, type: "employer-not-found" });
  await assertAnswer(WORKER, `/employers/${number}/workers/W0000001`, { status: 200 });
  await assertAnswer(WORKER, `/employers/${number}/workers/nobody`, {
    status: 404,
    type: "worker-not-found",
  });
  await assertAnswer(WAGE_CODES, `/employers/${number}/wage-codes`, { status: 200 });

  for (const [status, type] of [
    ["none", "consent-missing"],
    ["revoked", "consent-revoked"],
  ] as const) {
    simulator.control.setConsent(number, status);
    await assertAnswer(EMPLOYER, `/employers/${number}`, { status: 200 });
    await assertAnswer(WORKERS, `/employers/${number}/workers`, { status: 403, type });
    await assertAnswer(WORKER, `/employers/${number}/workers/W0000001`, { status: 403, type });
    await assertAnswer(WAGE_CODES, `/employers/${number}/wage-codes`, { status: 403, type });
  }
  simulator.control.setConsent(number, "granted");
});

test("an employer without the integration is not found", async () => {
  const { enterpriseNumber } = partner.simulator.control.createEmployer({
    name: "Closed",
    available: false,
    workers: 1,
  });
  await assertAnswer(EMPLOYER, `/employers/${enterpriseNumber}`, { status: 404, type: "employer-not-found" });
});

test("limits outside 1 to 500 are refused", async () => {
  for (const limit of ["0", "501", "-1", "abc", "1.5", ""]) {
    const { status, body } = await partner.json(
      `/employers/${partner.enterpriseNumber}/workers?limit=${limit}`,
    );
    assert.equal(status, 400, limit);
    assert.equal(body["type"], "invalid-request");
  }
});

test("a call without a known token is refused", async () => {
  const url = `${partner.simulator.url}/v1/employers/${partner.enterpriseNumber}`;
  for (const authorization of ["", "Bearer made-up", "Basic YTpi"]) {
    const response = await fetch(url, { headers: { authorization } });
    const body = (await response.json()) as Record<string, unknown>;
    const contentType = response.headers.get("content-type") ?? "";
    assert.equal(breachOf(EMPLOYER, { status: response.status, contentType, body }), null);
    assert.deepEqual([response.status, body["type"]], [401, "invalid-token"]);
  }
});

test("a token for employers only cannot read workers", async () => {
  const token = await partner.token("employers:read");
  const url = `${partner.simulator.url}/v1/employers/${partner.enterpriseNumber}`;
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await fetch(url, { headers })).status, 200);
  assert.equal((await fetch(`${url}/workers`, { headers })).status, 403);
});
