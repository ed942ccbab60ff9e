import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inventEnterpriseNumber } from "../src/generate/enterprise-number.ts";
import { CALLBACK, type Partner, startPartner } from "./partner.ts";

let partner: Partner;
before(async () => {
  partner = await startPartner({ workers: 5 });
});
after(async () => {
  await partner.simulator.close();
});

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${partner.simulator.url}/_sim${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? null : (JSON.parse(text) as Record<string, unknown>),
  };
}

const workersPath = () => `/employers/${partner.enterpriseNumber}/workers`;

test("an employer is created once, and only with a valid enterprise number", async () => {
  const enterpriseNumber = inventEnterpriseNumber("control test");
  const mainUser = { name: "Ann", email: "ann@new.example", username: "ann" };
  const created = await call("POST", "/employers", {
    enterpriseNumber,
    name: "New",
    workers: 2,
    seed: 4,
    mainUser,
  });
  assert.equal(created.status, 201);
  assert.deepEqual([created.body?.["enterpriseNumber"], created.body?.["workers"]], [enterpriseNumber, 2]);
  assert.equal((await call("POST", "/employers", { enterpriseNumber, name: "Twice" })).status, 409);
  assert.equal(
    (await call("POST", "/employers", { enterpriseNumber: "1000000001", name: "Wrong" })).status,
    400,
  );
  assert.equal((await call("POST", "/employers", { name: "Unknown key", unknown: 1 })).status, 400);
  assert.equal((await call("GET", "/employers/0403827331")).status, 404);
});

test("workers can be read, replaced by any JSON value, changed, added and removed", async () => {
  assert.equal((await call("GET", `${workersPath()}/W0000001`)).body?.["workerId"], "W0000001");
  for (const raw of [null, 7, "text", { workerId: 5, wageContracts: {} }]) {
    assert.equal((await call("PUT", `${workersPath()}/W0000001`, raw)).status, 204);
    assert.deepEqual((await call("GET", `${workersPath()}/W0000001`)).body, raw);
  }
  const patched = await call("PATCH", `${workersPath()}/W0000002`, { email: null, firstName: 3 });
  assert.deepEqual([patched.body?.["email"], patched.body?.["firstName"]], [null, 3]);
  const added = await call("POST", workersPath(), { lastName: "Added" });
  assert.equal(added.status, 201);
  assert.equal(
    (await call("DELETE", `${workersPath()}/${String(added.body?.["workerId"] as string)}`)).status,
    204,
  );
  assert.equal((await call("DELETE", `${workersPath()}/nobody`)).status, 404);
});

test("faults are listed and armed, refused if unknown, and cleared one by one or all at once", async () => {
  const kinds = (await call("GET", "/faults/kinds")).body?.["items"] as {
    kind: string;
    description: string;
  }[];
  assert.ok(kinds.length > 35 && kinds.every(({ description }) => description !== ""));
  assert.equal((await call("POST", "/faults", { kind: "nonsense" })).status, 400);
  assert.equal((await call("POST", "/faults", { kind: "html", unknown: 1 })).status, 400);
  const armed = await call("POST", "/faults", { kind: "html", times: 3 });
  await call("POST", "/faults", { kind: "stall", always: true });
  assert.equal(armed.status, 201);
  await call("DELETE", `/faults/${String(armed.body?.["id"] as number)}`);
  const left = (await call("GET", "/faults")).body?.["items"] as { request: { kind: string } }[];
  assert.deepEqual(
    left.map(({ request }) => request.kind),
    ["stall"],
  );
  await call("DELETE", "/faults");
  assert.deepEqual((await call("GET", "/faults")).body?.["items"], []);
});

test("received calls are logged without queries and bodies", async () => {
  await call("DELETE", "/requests");
  await partner.get(`/employers/${partner.enterpriseNumber}/workers?limit=2`);
  const items = (await call("GET", "/requests")).body?.["items"] as Record<string, unknown>[];
  assert.deepEqual(
    items.map(({ method, path, page, status }) => ({ method, path, page, status })),
    [
      { method: "POST", path: "/oidc/token", page: null, status: 200 },
      { method: "GET", path: `/v1/employers/${partner.enterpriseNumber}/workers`, page: 1, status: 200 },
    ],
  );
});

test("the clock, consents, clients and people can be set, and a reset removes them", async () => {
  const set = await call("POST", "/clock", { now: "2027-03-28T01:00:00Z" });
  assert.match(String(set.body?.["now"] as string), /^2027-03-28T01:00:0/);
  assert.match(
    String((await call("POST", "/clock", { advanceSeconds: 86_400 })).body?.["now"] as string),
    /^2027-03-29/,
  );
  assert.equal((await call("POST", "/clock", { now: "tomorrow" })).status, 400);
  const consent = await call("POST", `/employers/${partner.enterpriseNumber}/consent`, { status: "revoked" });
  assert.equal((consent.body as { consent: { status: string } }).consent.status, "revoked");
  assert.equal(
    (await call("PUT", "/clients", { redirectUris: [CALLBACK, "http://127.0.0.1:8/x"] })).status,
    204,
  );
  assert.equal((await call("PUT", "/clients", { redirectUris: ["nowhere"] })).status, 400);
  const roles = { [partner.enterpriseNumber]: "accountant" };
  assert.equal(
    (await call("POST", "/people", { username: "k", name: "K", email: "k@k.example", roles })).status,
    204,
  );
  assert.equal((await call("PUT", "/sign-in-accounts", [{ email: "a@b.example", name: "A" }])).status, 204);
  assert.equal((await call("POST", "/reset")).status, 204);
  assert.equal((await call("GET", `/employers/${partner.enterpriseNumber}`)).status, 404);
  const { now } = (await call("GET", "/clock")).body as { now: string };
  assert.ok(Math.abs(Date.parse(now) - Date.now()) < 5_000);
});
