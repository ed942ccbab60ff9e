import type { RunVerdict } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import { FAULT_KINDS } from "../../../simulator/src/faults/kinds.ts";
import type { StoredRun } from "../../src/runs/runs.sql.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { assertHeals, freshLiantis, openRunIssues, peopleChecksum, syncUntouched } from "./bad-day.ts";

/** How a run ends, and its code, when every call fails. `well`: as on any other day. */
type Ending = "well" | { verdict: RunVerdict; code: string };

const unavailable: Ending = { verdict: "failed", code: "LIANTIS_UNAVAILABLE" };
const incomplete: Ending = { verdict: "incomplete", code: "LISTING_INCOMPLETE" };
const held: Ending = { verdict: "held", code: "SOURCE_LOOKS_WRONG" };

const endings: Record<string, Ending> = {
  latency: "well",
  "rate-limited": unavailable,
  unavailable,
  "server-error": unavailable,
  "connection-reset": unavailable,
  stall: unavailable,
  "truncated-body": unavailable,
  html: unavailable,
  "empty-body": unavailable,
  "invalid-token": { verdict: "failed", code: "PARTNER_AUTH_FAILED" },
  "consent-revoked": { verdict: "failed", code: "CONSENT_REVOKED" },
  "cursor-expired": unavailable,
  "wrong-content-type": unavailable,
  "byte-order-mark": "well",
  "bare-array": unavailable,
  "wrong-employer-name": "well",
  "wrong-employer-number": "well",
  "empty-listing": held,
  "half-page": incomplete,
  "half-listing": held,
  "repeated-page": incomplete,
  "cursor-loop": incomplete,
  "duplicate-rows": "well",
  "total-too-low": incomplete,
  "total-too-high": incomplete,
  "unknown-enum": held,
  "null-storm": held,
  "missing-keys": held,
  "blank-strings": held,
  "type-change": held,
  "extra-fields": "well",
};

/** Faults that are not retried: a revoked consent, and JSON that breaks the contract. */
const once = new Set(["consent-revoked", "bare-array"]);

const details: Record<string, Partial<FaultRequest>> = { latency: { latencyMs: 20 } };

test("every kind of fault of the simulator", async (t) => {
  const kinds = FAULT_KINDS.filter((kind) => kind.apply !== undefined).map((kind) => kind.kind);
  assert.deepEqual(kinds.toSorted(), Object.keys(endings).toSorted(), "every fault has its ending here");
  const connected = await createConnectedEntity(t, { workers: 25 });
  await connected.sync("first");
  const sum = await peopleChecksum(connected);

  for (const kind of kinds) {
    await t.test(
      `${kind} at every call changes no person, is an issue, and is over with the next run`,
      async (day) => {
        await freshLiantis(connected, day, kind === "stall" ? 100 : 10_000);
        connected.simulator.control.armFault({ kind, ...details[kind], always: true });
        const run = await syncUntouched(connected);
        await assertEnding(connected, run, endings[kind] ?? "well");
        if (kind === "consent-revoked")
          await connected.rows("update connections set state = 'active', paused_reason = null");
        await freshLiantis(connected, day);
        await assertHeals(connected);
        assert.equal(await peopleChecksum(connected), sum);
      },
    );
  }

  await t.test("each kind of fault at one call changes no person, and the call is retried", async (day) => {
    await freshLiantis(connected, day);
    for (const kind of kinds.filter((one) => !once.has(one))) {
      connected.simulator.control.clearFaults();
      connected.simulator.control.armFault({ kind, ...details[kind], times: 1 });
      const run = await syncUntouched(connected);
      assert.notEqual(run.verdict, "failed", kind);
    }
    await assertHeals(connected);
  });
});

async function assertEnding(connected: ConnectedEntity, run: StoredRun, ending: Ending): Promise<void> {
  if (ending === "well") {
    assert.ok(run.verdict === "in_order" || run.verdict === "needs_attention", `ended ${run.verdict}`);
    assert.equal(run.counts.fetched, 25);
    return;
  }
  assert.deepEqual({ verdict: run.verdict, code: run.errorCode }, ending);
  assert.deepEqual(await openRunIssues(connected), [ending.code]);
}
