import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { isLiantisFault, type LiantisFaultCode } from "../../src/liantis/faults.ts";
import { createLiantis } from "../../src/liantis/liantis.ts";
import { createEmployer, type Provider, settingsOf, startProvider } from "../support/simulated-liantis.ts";

let provider: Provider;
before(async () => {
  provider = await startProvider();
});
after(() => provider.close());
afterEach(() => provider.simulator.control.clearFaults());

async function codeOf(work: Promise<unknown>): Promise<LiantisFaultCode | "none"> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (isLiantisFault(error)) return error.code;
    throw error;
  }
}

test("an employer is found with its consent, or is unknown", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  const found = await liantis.findEmployer(enterpriseNumber);
  assert.equal(found.kind, "found");
  assert.equal(found.kind === "found" ? found.consent.status : null, "granted");
  assert.deepEqual(await liantis.findEmployer("0403019261"), { kind: "unknown" });
  assert.throws(() => liantis.workerPageAddress(enterpriseNumber, ".."), TypeError);
  assert.equal(
    liantis.workerPageAddress(enterpriseNumber, "a/b?c"),
    `${simulator.myUrl}/employers/${enterpriseNumber}/workers/a%2Fb%3Fc`,
  );
});

test("a listing is read page by page, and one person by their id", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted", workers: 7 });
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await liantis.fetchWorkerPage(enterpriseNumber, { cursor, limit: 3 });
    assert.equal(page.total, simulator.control.workerIds(enterpriseNumber).length);
    assert.equal(page.itemCount, page.workers.length);
    for (const worker of page.workers) ids.push(worker.kind === "worker" ? worker.record.workerId : "?");
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(ids.toSorted(), simulator.control.workerIds(enterpriseNumber).toSorted());
  const one = await liantis.fetchWorker(enterpriseNumber, ids[0] ?? "");
  assert.equal(one.kind === "worker" ? one.record.workerId : null, ids[0]);
  assert.deepEqual(await liantis.fetchWorker(enterpriseNumber, "nobody"), { kind: "unknown" });
  const codes = await liantis.fetchWageCodes(enterpriseNumber);
  assert.ok(codes.length > 0 && codes.every(({ code, benefit }) => code !== "" && benefit !== ""));
});

test("fields of a person outside the contract are in no record", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted", workers: 0 });
  simulator.control.addWorker(enterpriseNumber, {
    firstName: "Eva",
    lastName: "Claes",
    nationalRegisterNumber: "canary-national",
    addresses: [{ street: "canary-street" }],
    phoneNumbers: ["canary-phone"],
    birthDate: "1990-01-01",
  });
  const page = await liantis.fetchWorkerPage(enterpriseNumber, { cursor: null, limit: 10 });
  assert.equal(page.workers.length, 1);
  assert.doesNotMatch(JSON.stringify(page), /canary|1990-01-01/);
});

test("every fault that lasts has its class", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted", workers: 5 });
  const table: [string, LiantisFaultCode | "none"][] = [
    ["rate-limited", "RATE_LIMITED"],
    ["unavailable", "UNAVAILABLE"],
    ["server-error", "UNAVAILABLE"],
    ["connection-reset", "UNAVAILABLE"],
    ["stall", "UNAVAILABLE"],
    ["truncated-body", "UNAVAILABLE"],
    ["html", "UNAVAILABLE"],
    ["empty-body", "UNAVAILABLE"],
    ["wrong-content-type", "UNAVAILABLE"],
    ["byte-order-mark", "none"],
    ["bare-array", "MALFORMED_ANSWER"],
    ["invalid-token", "PARTNER_AUTH_FAILED"],
    ["consent-revoked", "CONSENT_REVOKED"],
  ];
  for (const [kind, code] of table) {
    simulator.control.clearFaults();
    simulator.control.armFault({ kind, always: true });
    const work = liantis.fetchWorkerPage(enterpriseNumber, { cursor: null, limit: 2 });
    assert.equal(await codeOf(work), code, kind);
  }
  simulator.control.clearFaults();
  simulator.control.armFault({ kind: "wrong-employer-number", always: true });
  assert.equal(await codeOf(liantis.findEmployer(enterpriseNumber)), "MALFORMED_ANSWER");
});

test("an expired cursor has a fault of its own", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted", workers: 5 });
  const first = await liantis.fetchWorkerPage(enterpriseNumber, { cursor: null, limit: 2 });
  simulator.control.armFault({ kind: "cursor-expired", always: true });
  const second = liantis.fetchWorkerPage(enterpriseNumber, { cursor: first.nextCursor, limit: 2 });
  assert.equal(await codeOf(second), "CURSOR_EXPIRED");
});

test("no consent and a revoked consent are different answers", async () => {
  const { liantis, simulator } = provider;
  const without = createEmployer(simulator, { consent: "none" });
  const revoked = createEmployer(simulator, { consent: "revoked" });
  const page = (n: string) => liantis.fetchWorkerPage(n, { cursor: null, limit: 1 });
  assert.equal(await codeOf(page(without.enterpriseNumber)), "CONSENT_MISSING");
  assert.equal(await codeOf(page(revoked.enterpriseNumber)), "CONSENT_REVOKED");
  assert.equal(await codeOf(page("0403019261")), "EMPLOYER_NOT_FOUND");
});

test("quick trouble is tried three times in all, and a short Retry-After is waited for", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  const calls = () =>
    simulator.control.requests().filter(({ path }) => path.includes(enterpriseNumber)).length;
  for (const kind of ["unavailable", "connection-reset", "html", "rate-limited"]) {
    simulator.control.clearRequests();
    simulator.control.armFault({ kind, times: 2 });
    assert.equal((await liantis.findEmployer(enterpriseNumber)).kind, "found", kind);
    assert.equal(calls(), 3, kind);
  }
  simulator.control.armFault({ kind: "rate-limited", times: 1, retryAfterSeconds: 1 });
  const startedAt = performance.now();
  assert.equal((await liantis.findEmployer(enterpriseNumber)).kind, "found");
  assert.ok(performance.now() - startedAt >= 990);
});

test("a long Retry-After is handed to the caller at once", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  simulator.control.armFault({ kind: "rate-limited", times: 1, retryAfterSeconds: 90 });
  await assert.rejects(liantis.findEmployer(enterpriseNumber), {
    code: "RATE_LIMITED",
    retryAfterMs: 90_000,
  });
});

test("an abort ends a call, also while it waits to try again", async () => {
  const { liantis, simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  simulator.control.armFault({ kind: "unavailable", always: true, retryAfterSeconds: 9 });
  const controller = new AbortController();
  const work = liantis.findEmployer(enterpriseNumber, { signal: controller.signal });
  const reason = new Error("the run was cancelled");
  setImmediate(() => controller.abort(reason));
  await assert.rejects(work, reason);
});

test("one partner token serves many calls, and a refused one is renewed once", async () => {
  const { simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  const own = createLiantis(settingsOf(provider));
  const tokenCalls = () =>
    simulator.control.requests().filter(({ path }) => path.includes("/oidc/token")).length;
  try {
    simulator.control.clearRequests();
    await Promise.all(Array.from({ length: 12 }, () => own.findEmployer(enterpriseNumber)));
    assert.equal(tokenCalls(), 1);
    simulator.control.armFault({ kind: "invalid-token", times: 1 });
    assert.equal((await own.findEmployer(enterpriseNumber)).kind, "found");
    assert.equal(tokenCalls(), 2);
  } finally {
    await own.close();
  }
});

test("a wrong partner credential is the operator's problem; trouble at the issuer is trouble", async () => {
  const { simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  const wrong = createLiantis({ ...settingsOf(provider), clientSecret: "not-the-secret" });
  assert.equal(await codeOf(wrong.findEmployer(enterpriseNumber)), "PARTNER_AUTH_FAILED");
  assert.equal(await codeOf(wrong.checkPartnerAccess()), "PARTNER_AUTH_FAILED");
  await wrong.close();
  for (const kind of ["unavailable", "html", "empty-body", "connection-reset", "truncated-body"]) {
    for (const path of ["/oidc/token", "openid-configuration"]) {
      const own = createLiantis(settingsOf(provider));
      simulator.control.armFault({ kind, always: true, path });
      assert.equal(await codeOf(own.findEmployer(enterpriseNumber)), "UNAVAILABLE", `${kind} ${path}`);
      simulator.control.clearFaults();
      assert.equal((await own.findEmployer(enterpriseNumber)).kind, "found");
      await own.close();
    }
  }
});

test("secrets do not travel over plain http to another machine", () => {
  const settings = settingsOf(provider);
  assert.throws(() => createLiantis({ ...settings, apiUrl: "http://liantis.example" }), TypeError);
  assert.throws(() => createLiantis({ ...settings, issuerUrl: "http://liantis.example" }), TypeError);
  assert.throws(() => createLiantis({ ...settings, apiUrl: "nonsense" }), TypeError);
});
