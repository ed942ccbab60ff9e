import type { Touched } from "./touched.ts";
import type { Snapshot } from "./snapshot.ts";
import type { World } from "../model/world.ts";

/** The world before and after one step. */
export interface Between {
  world: World;
  before: Snapshot;
  after: Snapshot;
  touched: Touched;
  /** Whether runs were carried out. */
  runsWorked: boolean;
  /** Whether people acted other than by asking for a run. */
  peopleActed: boolean;
  /** Number of requests about workers before the step, by employer. */
  callsBefore: Map<string, number>;
}

/** The name of a law, and how it was broken. */
export type Breach = string;

/** The breaches of a step, and the world after it. */
export interface Outcome {
  breaches: string[];
  after: Snapshot;
}
