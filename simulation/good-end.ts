import type { Worked } from "./run-steps.ts";
import type { Outcome } from "./seed.ts";
import type { Snapshot } from "./snapshot.ts";
import type { World } from "./world.ts";

export async function endWell(
  _world: World,
  _before: Snapshot,
  _carryOut: (world: World, before: Snapshot, work: () => Promise<Worked>) => Promise<Outcome>,
): Promise<string[]> {
  return [];
}
