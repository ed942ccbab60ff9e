import assert from "node:assert/strict";
import { it } from "node:test";
import type { FleetItem } from "@payflip/contract/fleet.ts";
import { attentionFirst, needsAttention, searchFleet } from "./fleet-order.ts";

function item(entityName: string, fields: Partial<FleetItem> = {}): FleetItem {
  return {
    customerId: "",
    customerName: "Café Zoé",
    entityId: entityName,
    entityName,
    state: "active",
    mode: "full",
    freshness: "fresh",
    lastSuccessAt: null,
    verdict: "in_order",
    issues: [],
    openTasks: 0,
    ...fields,
  };
}

it("puts what needs a look on top and leaves alone what is not running", () => {
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
  assert.equal(needsAttention(item("E", { verdict: "needs_attention" })), false);
  assert.equal(needsAttention(item("F", { verdict: "held" })), true);
});

it("finds a customer without its accents", () => {
  assert.equal(searchFleet([item("A"), item("B")], "cafe zoe b").length, 1);
});
