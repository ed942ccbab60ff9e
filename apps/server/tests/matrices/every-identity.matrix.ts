import { test } from "node:test";
import { carryOutScenario, modes, orders } from "./carry-out-scenario.ts";
import { openFirms, sideBySide } from "./firms.ts";
import { scenarios } from "./identity-scenarios.ts";

await test("who people are, in every order that Liantis may list them", async (t) => {
  const firms = await openFirms(t);
  await sideBySide(scenarios, async (scenario) => {
    for (const mode of modes) {
      for (const order of orders)
        await t.test(`${scenario.name} (${mode}, listed ${order.name})`, () =>
          carryOutScenario(firms, scenario, order, mode),
        );
    }
  });
});
