import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultRetryPolicy, retryCall, retryRun } from "./retry.ts";

const hour = 3_600_000;
const day = 24 * hour;

test("within a run a call is retried with full jitter under a doubling limit, and then given up", () => {
  const longest = [0, 1, 2, 3, 4].map((retries) => retryCall({ retries, random: 1, retryAfterMs: null }));
  assert.deepEqual(
    longest.map((one) => (one.kind === "wait" ? one.waitMs : one.kind)),
    [1_000, 2_000, 4_000, 8_000, 16_000],
  );
  assert.deepEqual(retryCall({ retries: 0, random: 0, retryAfterMs: null }), { kind: "wait", waitMs: 0 });
  assert.deepEqual(retryCall({ retries: 5, random: 0, retryAfterMs: null }), { kind: "give_up" });
});

test("the limit of a wait does not double for ever", () => {
  const patient = { ...defaultRetryPolicy, retriesMax: 50 };
  assert.deepEqual(retryCall({ retries: 40, random: 1, retryAfterMs: null }, patient), {
    kind: "wait",
    waitMs: 30_000,
  });
});

test("Retry-After is a lower bound, and one beyond the cap ends the run", () => {
  assert.deepEqual(retryCall({ retries: 0, random: 0, retryAfterMs: 7_000 }), {
    kind: "wait",
    waitMs: 7_000,
  });
  assert.deepEqual(retryCall({ retries: 0, random: 0.5, retryAfterMs: 7_000 }), {
    kind: "wait",
    waitMs: 7_500,
  });
  assert.deepEqual(retryCall({ retries: 0, random: 0, retryAfterMs: 120_000 }), {
    kind: "wait",
    waitMs: 120_000,
  });
  assert.deepEqual(retryCall({ retries: 0, random: 0, retryAfterMs: 120_001 }), { kind: "give_up" });
  assert.deepEqual(retryCall({ retries: 0, random: 0, retryAfterMs: -5 }), { kind: "wait", waitMs: 0 });
});

test("a wait is a whole number of milliseconds within its bounds, for any random number", () => {
  fc.assert(
    fc.property(
      fc.nat(10),
      fc.double({ min: -1, max: 2, noNaN: true }),
      fc.option(fc.nat(200_000)),
      (retries, random, retryAfterMs) => {
        const next = retryCall({ retries, random, retryAfterMs });
        if (next.kind === "give_up") return retries >= 5 || (retryAfterMs ?? 0) > 120_000;
        return (
          Number.isInteger(next.waitMs) &&
          next.waitMs >= (retryAfterMs ?? 0) &&
          next.waitMs <= (retryAfterMs ?? 0) + 30_000
        );
      },
    ),
  );
});

test("between runs: 2, 6, 12, 24 h, then every 24 h", () => {
  const hours = [1, 2, 3, 4, 5, 20].map((failures) => {
    const next = retryRun({ failures, failingSince: 0, now: 0, retryAfterMs: null });
    return next.kind === "retry" ? next.retryAt / hour : next.kind;
  });
  assert.deepEqual(hours, [2, 6, 12, 24, 24, 24]);
});

test("between runs Retry-After is honoured, up to a day", () => {
  const retryOf = (retryAfterMs: number) => retryRun({ failures: 1, failingSince: 0, now: 0, retryAfterMs });
  assert.deepEqual(retryOf(hour), { kind: "retry", retryAt: 2 * hour });
  assert.deepEqual(retryOf(3 * hour), { kind: "retry", retryAt: 3 * hour });
  assert.deepEqual(retryOf(1e12), { kind: "retry", retryAt: day });
});

test("28 days in which every run failed pause the connection, and not earlier", () => {
  const failing = { failures: 30, failingSince: 5 * day, retryAfterMs: null };
  assert.deepEqual(retryRun({ ...failing, now: 33 * day }), { kind: "pause" });
  assert.deepEqual(retryRun({ ...failing, now: 33 * day - 1 }), { kind: "retry", retryAt: 34 * day - 1 });
});

test("following the ladder ends in a pause on the 28th day", () => {
  let now = 0;
  for (let failures = 1; failures <= 40; failures += 1) {
    const next = retryRun({ failures, failingSince: 0, now, retryAfterMs: null });
    if (next.kind === "pause") {
      assert.ok(now >= 28 * day && now < 29 * day);
      return;
    }
    assert.ok(next.retryAt > now);
    now = next.retryAt;
  }
  assert.fail("it never paused");
});
