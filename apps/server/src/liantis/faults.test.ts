import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOfStatus, findFault, isTransient, LiantisFault, readRetryAfter } from "./faults.ts";

test("the status and the problem type decide the code of a fault", () => {
  const table: [number, string | null, string][] = [
    [401, "invalid-token", "PARTNER_AUTH_FAILED"],
    [401, null, "PARTNER_AUTH_FAILED"],
    [403, "consent-missing", "CONSENT_MISSING"],
    [403, "consent-revoked", "CONSENT_REVOKED"],
    [403, "insufficient-scope", "PARTNER_AUTH_FAILED"],
    [403, null, "UNAVAILABLE"],
    [404, "employer-not-found", "EMPLOYER_NOT_FOUND"],
    [404, "worker-not-found", "WORKER_NOT_FOUND"],
    [404, "something-else", "MALFORMED_ANSWER"],
    [404, null, "UNAVAILABLE"],
    [410, "cursor-expired", "CURSOR_EXPIRED"],
    [429, "rate-limited", "RATE_LIMITED"],
    [429, null, "RATE_LIMITED"],
    [400, "bad-request", "MALFORMED_ANSWER"],
    [302, null, "UNAVAILABLE"],
    [408, null, "UNAVAILABLE"],
    [500, null, "UNAVAILABLE"],
    [502, null, "UNAVAILABLE"],
    [503, "unavailable", "UNAVAILABLE"],
  ];
  for (const [status, type, code] of table) {
    const fault = faultOfStatus(status, type, 1500);
    assert.equal(fault.code, code, `${status} ${type}`);
    assert.equal(fault.status, status);
    assert.equal(fault.retryAfterMs, 1500);
    assert.equal(isTransient(fault), code === "UNAVAILABLE" || code === "RATE_LIMITED");
  }
});

test("Retry-After is seconds or a date, and at most a day", () => {
  const now = Date.parse("2026-11-20T10:00:00Z");
  const table: [string | null, number | null][] = [
    [null, null],
    ["", null],
    ["soon", null],
    ["-5", null],
    ["0", 0],
    [" 3 ", 3000],
    ["Fri, 20 Nov 2026 10:00:20 GMT", 20_000],
    ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
    ["999999999", 86_400_000],
  ];
  for (const [header, expected] of table) assert.equal(readRetryAfter(header, now), expected, String(header));
});

test("a fault is found inside the error of a library", () => {
  const fault = new LiantisFault("UNAVAILABLE", "x");
  assert.equal(findFault(new Error("outer", { cause: new Error("inner", { cause: fault }) })), fault);
  assert.equal(findFault(new Error("outer")), null);
});
