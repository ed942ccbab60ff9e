import assert from "node:assert/strict";
import { test } from "node:test";
import type { HoldDecision, PersonHold, PersonHoldKind } from "../guards/hold-types.ts";
import { usedAcceptances } from "./person-holds.ts";
import type { PersonPlan } from "./plan-types.ts";

const decision = (kind: PersonHoldKind, status: HoldDecision["status"]): HoldDecision => ({
  kind,
  status,
  fingerprint: `${kind} ${status}`,
});
const decisions = (["identity_swap", "wage", "reverted"] as const).flatMap((kind) =>
  (["accepted", "rejected", "open"] as const).map((status) => decision(kind, status)),
);

function used(bucket: PersonPlan["bucket"], ...held: [kind: PersonHoldKind, status: PersonHold["status"]][]) {
  const holds = held.map(([kind, status]) => ({ kind, status, fingerprint: "f", reasons: [], fields: [] }));
  return usedAcceptances({ workerId: "w", bucket, holds }, decisions).map(({ kind }) => kind);
}

test("an acceptance is used up by the plan that it lets through, and stays while another hold keeps the same back", () => {
  for (const bucket of ["created", "linked", "updated", "unchanged"] as const)
    assert.deepEqual(used(bucket), ["identity_swap", "wage"], bucket);
  // Another wage than the accepted one: the identity was written nevertheless.
  assert.deepEqual(used("held", ["wage", "open"]), ["identity_swap"]);
  assert.deepEqual(used("updated", ["wage", "rejected"]), ["identity_swap"]);
  for (const kind of ["identity_swap", "reverted"] as const)
    assert.deepEqual(used("held", [kind, "open"]), []);
  assert.deepEqual(used("unchanged", ["identity_swap", "rejected"]), []);
  // Nothing was written about a person who failed, or whose first match waits.
  assert.deepEqual([used("failed"), used("held")], [[], []]);
  assert.deepEqual(
    usedAcceptances({ workerId: "w", bucket: "updated", holds: [] }, [decision("wage", "accepted")]),
    [{ workerId: "w", kind: "wage", fingerprint: "wage accepted" }],
  );
});
