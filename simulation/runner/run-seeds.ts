import { createTestDatabase } from "../../apps/server/tests/support/database.ts";
import { openSimulatedProduct, type SimulatedProduct } from "./simulated-product.ts";
import { runSeed, type SeedResult } from "./seed.ts";

export interface Tally {
  seeds: number;
  steps: number;
  runs: number;
  fired: Record<string, number>;
  answers: Record<string, number>;
  failures: SeedResult[];
}

function emptyTally(): Tally {
  return { seeds: 0, steps: 0, runs: 0, fired: {}, answers: {}, failures: [] };
}

/** Opens the product over a database of its own, and closes both after the work. */
export async function withProduct<T>(work: (product: SimulatedProduct) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  const database = await createTestDatabase({ after: (end) => void ends.push(end) });
  try {
    const product = await openSimulatedProduct(database);
    try {
      return await work(product);
    } finally {
      await product.close();
    }
  } finally {
    for (const end of ends) await end();
  }
}

/** Carries out seeds one after the other. @param shouldContinue called before each, with the tally so far */
export async function runSeeds(
  product: SimulatedProduct,
  seeds: Iterable<number>,
  shouldContinue: (tally: Tally) => boolean,
): Promise<Tally> {
  const tally = emptyTally();
  for (const seed of seeds) {
    if (!shouldContinue(tally)) break;
    addTo(tally, await runSeed(product, seed));
  }
  return tally;
}

function addTo(tally: Tally, result: SeedResult): void {
  Object.assign(tally, {
    seeds: tally.seeds + 1,
    steps: tally.steps + result.steps.length,
    runs: tally.runs + result.runs,
    fired: sum(tally.fired, result.fired),
    answers: sum(tally.answers, result.answers),
  });
  if (result.failure !== null) tally.failures.push(result);
}

/** The sum of the tallies of several processes. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      seeds: all.seeds + one.seeds,
      steps: all.steps + one.steps,
      runs: all.runs + one.runs,
      fired: sum(all.fired, one.fired),
      answers: sum(all.answers, one.answers),
      failures: [...all.failures, ...one.failures],
    }),
    emptyTally(),
  );
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const both: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) both[key] = (both[key] ?? 0) + count;
  return both;
}
