import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { mutated } from "./planted-bugs/plant.ts";
import { plantedBugs } from "./planted-bugs/planted-bugs.ts";
import { withProduct, runSeeds } from "./runner/run-seeds.ts";
import { runSeed } from "./runner/seed.ts";
import type { Step } from "./steps/steps.ts";

/** The daily share is always the same seeds; `npm run simulate` runs new ones. */
const fixedSeeds = [2, 3, 4, 5];

const scenarios = path.join(import.meta.dirname, "scenarios");

test("no seed breaks a law, no scenario breaks one again, and a seed does the same twice", async (t) => {
  await withProduct(async (product) => {
    for (const file of readdirSync(scenarios)) {
      const { seed, steps } = JSON.parse(readFileSync(path.join(scenarios, file), "utf8")) as {
        seed: number;
        steps: Step[];
      };
      const { failure } = await runSeed(product, seed, { steps });
      assert.deepEqual(failure?.breaches ?? [], [], file);
    }
    const [one, again] = [await runSeed(product, 1), await runSeed(product, 1)];
    assert.deepEqual(again, one);
    const tally = await runSeeds(product, fixedSeeds, () => true);
    assert.ok(tally.runs > 0, "no run was carried out");
    const broken = tally.failures.map(
      ({ seed, failure }) => `npm run simulate -- --seed ${seed}: ${failure?.breaches.join("; ")}`,
    );
    assert.deepEqual(broken, []);
    t.diagnostic(`${tally.seeds} seeds, ${tally.steps} steps, ${tally.runs} runs`);
  });
});

test("the text of every planted bug occurs once in its file", () => {
  assert.ok(plantedBugs.length >= 40);
  assert.equal(new Set(plantedBugs.map((bug) => bug.name)).size, plantedBugs.length);
  for (const bug of plantedBugs) assert.notEqual(mutated(bug), "");
});
