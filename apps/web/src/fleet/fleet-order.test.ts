import assert from "node:assert/strict";
import { it } from "node:test";
import type { FleetConnection } from "@payflip/contract/fleet.ts";
import { attentionFirst, needsAttention, searchFleet } from "./fleet-order.ts";

function item(entityName: string, fields: Partial<FleetConnection> = {}): FleetConnection {
  return {
    customerId: "",
    customerName: "Café Zoé",
    entityId: entityName,
    entityName,
    state: "active",
    mode: "full",
    freshness: "fresh",
    lastSuccessAt: null,
    pausedReason: null,
    lastRun: null,
    issues: [],
    tasks: [],
    supportTask: null,
    ...fields,
  };
}

function ended(verdict: "held" | "needs_attention"): Pick<FleetConnection, "lastRun"> {
  const instant = "2026-01-01T00:00:00Z";
  const times = { startedAt: instant, finishedAt: instant };
  return {
    lastRun: { id: "", trigger: "nightly", status: "finished", verdict, errorCode: null, ...times },
  };
}

it("puts connections that need attention first, and ignores disabled ones", () => {
  const items = [
    item("C"),
    item("B", { freshness: "stale" }),
    item("A", { state: "disabled", freshness: "stale" }),
    item("D", { state: "paused" }),
  ];
  assert.deepEqual(
    attentionFirst(items, "nl").map(({ entityName }) => entityName),
    ["B", "D", "A", "C"],
  );
  assert.equal(needsAttention(item("E", ended("needs_attention"))), false);
  assert.equal(needsAttention(item("F", ended("held"))), true);
  const asksManager = { kind: "support", count: 1, dueOn: null } as const;
  assert.equal(needsAttention(item("G", { state: "disabled", tasks: [asksManager] })), true);
});

it("finds a customer without its accents", () => {
  assert.equal(searchFleet([item("A"), item("B")], "cafe zoe b").length, 1);
});
