import assert from "node:assert/strict";
import { test } from "node:test";
import { afterRun, type BreakerState, closedBreaker, mayStart } from "./breaker.ts";

const minute = 60_000;

function fail(state: BreakerState, customers: string[], now: number): BreakerState {
  return customers.reduce((sum, customerId) => afterRun(sum, { customerId, failed: true, now }), state);
}

test("five customers in a row open the breaker, one customer who fails repeatedly does not", () => {
  const lonely = fail(
    closedBreaker,
    Array.from({ length: 50 }, () => "a"),
    0,
  );
  assert.ok(mayStart(lonely, 0));
  const four = fail(closedBreaker, ["a", "b", "c", "d"], 0);
  assert.ok(mayStart(four, 0));
  const five = fail(four, ["e"], 0);
  assert.ok(!mayStart(five, 0) && !mayStart(five, 5 * minute - 1) && mayStart(five, 5 * minute));
  const healed = afterRun(four, { customerId: "e", failed: false, now: 0 });
  assert.deepEqual(fail(healed, ["f"], 0).failing, ["f"], "a success begins the row anew");
});

test("after the pause one failure opens the breaker again, and the pauses grow to half an hour", () => {
  let state = fail(closedBreaker, ["a", "b", "c", "d", "e"], 0);
  const pauses: number[] = [];
  for (let now = 5 * minute; pauses.length < 4; now = state.openUntil ?? 0) {
    state = fail(state, ["a"], now);
    pauses.push(((state.openUntil ?? 0) - now) / minute);
  }
  assert.deepEqual(pauses, [10, 20, 30, 30]);
  assert.deepEqual(afterRun(state, { customerId: "a", failed: false, now: 0 }), closedBreaker);
});

test("runs that began before it opened neither open it again nor lengthen the pause", () => {
  const open = fail(closedBreaker, ["a", "b", "c", "d", "e"], 0);
  assert.equal(fail(open, ["f", "g", "h", "i", "j", "k"], minute).openUntil, open.openUntil);
});
