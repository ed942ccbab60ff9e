import type { SimulatedProduct } from "./simulated-product.ts";
import { runSeed } from "./seed.ts";
import type { Step } from "../steps/steps.ts";

/**
 * The fewest steps that still break the same law in the world of a seed. Pieces are left out, halves first, while the law
 * breaks without them (delta debugging).
 * @param law the beginning of the breach, up to its first colon
 */
export async function shrink(
  product: SimulatedProduct,
  seed: number,
  steps: Step[],
  law: string,
): Promise<Step[]> {
  const stillBreaks = async (fewer: Step[]) => {
    const { failure } = await runSeed(product, seed, { steps: fewer });
    return failure !== null && failure.breaches.some((breach) => lawOf(breach) === law);
  };
  let left = steps;
  for (let piece = Math.ceil(left.length / 2); piece >= 1; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let start = 0; start < left.length; ) {
      const without = [...left.slice(0, start), ...left.slice(start + piece)];
      if (await stillBreaks(without)) left = without;
      else start += piece;
    }
  }
  return left;
}

/** The name of the law of a breach. */
export function lawOf(breach: string): string {
  return breach.split(":")[0]?.replaceAll(/\bw-\S+|\bzq\d+/g, "") ?? "";
}
