import assert from "node:assert/strict";
import { test } from "node:test";
import { carryOutScenario, modes, orders } from "./carry-out-scenario.ts";
import { openFirms, sideBySide } from "./firms.ts";
import { scenarios } from "./identity-scenarios.ts";

test("people are matched as each scenario of addresses, numbers and ids expects", async (t) => {
  const firms = await openFirms(t);
  // Each scenario in one of the orders and, by turns, in one of the modes; the heavy tier plays it in all of them.
  await sideBySide(scenarios.entries(), async ([index, scenario]) => {
    const [order, mode] = [orders[index % orders.length], modes[index % modes.length]];
    assert.ok(order && mode);
    await t.test(`${scenario.name} (${mode}, listed ${order.name})`, () =>
      carryOutScenario(firms, scenario, order, mode),
    );
  });
});
