import assert from "node:assert/strict";
import { test } from "node:test";
import { freshnessOf } from "./freshness.ts";

test("data is fresh up to 26 hours after the last success, then late, and stale past 50", () => {
  const now = new Date("2026-11-23T10:00:00Z");
  const after = (hours: number, ms = 0) =>
    freshnessOf(new Date(now.getTime() - hours * 3_600_000 - ms).toISOString(), now);
  assert.deepEqual([after(0), after(26)], ["fresh", "fresh"]);
  assert.deepEqual([after(26, 1), after(50)], ["late", "late"]);
  assert.deepEqual([after(50, 1), after(74)], ["stale", "stale"]);
  assert.equal(freshnessOf(null, now), "never");
  assert.equal(after(-1), "fresh", "a clock that is a little behind");
});
