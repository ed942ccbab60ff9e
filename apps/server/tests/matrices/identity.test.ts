import assert from "node:assert/strict";
import { test } from "node:test";
import { openFirms, sideBySide } from "./firms.ts";
import { scenarios } from "./identity-scenarios.ts";
import { orders, play } from "./identity-stage.ts";

test("who people are, whatever Liantis makes of their addresses, numbers and ids", async (t) => {
  const firms = await openFirms(t);
  // Each scenario in one of the orders; the heavy tier plays it in all of them.
  await sideBySide(scenarios.entries(), async ([index, scenario]) => {
    const order = orders[index % orders.length];
    assert.ok(order);
    await t.test(`${scenario.name} (listed ${order.name})`, () => play(firms, scenario, order));
  });
});
