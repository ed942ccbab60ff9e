import type { Touched } from "./touched.ts";
import type { Snapshot } from "./snapshot.ts";
import type { World } from "../model/world.ts";

/** Two looks at the world with one step between them. */
export interface Between {
  world: World;
  before: Snapshot;
  after: Snapshot;
  touched: Touched;
  /** Whether runs were carried out. */
  runsWorked: boolean;
  /** Whether people acted, other than by asking for a run. */
  peopleActed: boolean;
  /** Requests about workers before the step, by employer. */
  callsBefore: Map<string, number>;
}

/** A law, in the words of the product, and how it was broken. */
export type Breach = string;

/** The breaches of a step, and the world after it. */
export interface Outcome {
  breaches: string[];
  after: Snapshot;
}
