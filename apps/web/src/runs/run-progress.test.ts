import assert from "node:assert/strict";
import { it } from "node:test";
import type { Run } from "@payflip/contract/syncs.ts";
import { milestone } from "./run-progress.ts";

function run(
  status: Run["status"],
  phase: Run["progress"]["phase"],
  done: number,
  total: number | null,
): Run {
  const counts = {
    fetched: 0,
    created: 0,
    linked: 0,
    updated: 0,
    unchanged: 0,
    waiting: 0,
    excluded: 0,
    held: 0,
    failed: 0,
    absent: 0,
  };
  return {
    id: "00000000-0000-4000-8000-000000000001",
    entityId: "00000000-0000-4000-8000-000000000002",
    trigger: "first",
    workerId: null,
    previewId: null,
    status,
    verdict: null,
    startedAt: null,
    finishedAt: null,
    progress: { phase, done, total, etaSeconds: null },
    counts,
    holds: [],
  };
}

it("is read aloud at the start, at each quarter and at the end", () => {
  assert.deepEqual(milestone(run("running", "fetch", 0, 412)), { kind: "started" });
  assert.deepEqual(milestone(run("running", "fetch", 102, 412)), { kind: "started" });
  assert.deepEqual(milestone(run("running", "fetch", 103, 412)), {
    kind: "reached",
    phase: "fetch",
    percent: 25,
  });
  assert.deepEqual(milestone(run("running", "apply", 412, 412)), {
    kind: "reached",
    phase: "apply",
    percent: 75,
  });
  assert.deepEqual(milestone(run("finished", "report", 412, 412)), { kind: "over" });
});

it("is silent in the short phases and without a total", () => {
  assert.deepEqual(milestone(run("running", "guard", 10, 10)), { kind: "none" });
  assert.deepEqual(milestone(run("running", "apply", 10, null)), { kind: "none" });
});
