import assert from "node:assert/strict";
import { test } from "node:test";
import { freshnessOf } from "./freshness.ts";
import { etaSeconds, holdAnswer } from "./run-answer.ts";

const now = new Date("2026-11-23T10:00:00.000Z");

test("the estimate follows the present speed, and is null while there is none", () => {
  const run = {
    status: "running",
    phaseStartedAt: "2026-11-23T09:59:00.000Z",
    done: 100,
    declaredTotal: 400,
  } as const;
  assert.equal(etaSeconds(run, now), 180);
  assert.equal(etaSeconds({ ...run, done: 400 }, now), 0);
  assert.equal(etaSeconds({ ...run, done: 500 }, now), 0, "more than was declared");
  assert.equal(etaSeconds({ ...run, done: 0 }, now), null);
  assert.equal(etaSeconds({ ...run, declaredTotal: null }, now), null);
  assert.equal(etaSeconds({ ...run, phaseStartedAt: null }, now), null);
  assert.equal(etaSeconds({ ...run, status: "finished" }, now), null);
  assert.equal(
    etaSeconds({ ...run, phaseStartedAt: "2026-11-23T10:00:05.000Z" }, now),
    0,
    "a clock that runs ahead",
  );
});

test("data is fresh for a night, late for the next one, then stale", () => {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  assert.equal(freshnessOf(null, now), "never");
  assert.equal(freshnessOf(ago(0), now), "fresh");
  assert.equal(freshnessOf(ago(26), now), "fresh");
  assert.equal(freshnessOf(ago(26.1), now), "late");
  assert.equal(freshnessOf(ago(50), now), "late");
  assert.equal(freshnessOf(ago(50.1), now), "stale");
});

test("a wage hold shows its figures only to viewers who may see wages", () => {
  const hold = {
    holdId: "00000000-0000-4000-8000-000000000001",
    runId: "00000000-0000-4000-8000-000000000002",
    lastRunId: null,
    entityId: "e",
    kind: "wage",
    reasons: [{ code: "WAGE_IMPLAUSIBLE", params: { before: "3000.00", after: "30000.00" } }],
    status: "open" as const,
    createdAt: now.toISOString(),
    workerId: null,
    employeeId: null,
    employeeName: null,
    employeeNumber: null,
    fields: [],
    people: [],
  };
  const shown = JSON.stringify(holdAnswer(hold, { language: "en", seesWages: true, now }));
  const hidden = JSON.stringify(holdAnswer(hold, { language: "en", seesWages: false, now }));
  assert.match(shown, /30000\.00/);
  assert.doesNotMatch(hidden, /3000/);
});
