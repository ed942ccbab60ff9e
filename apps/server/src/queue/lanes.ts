import type { Urgency } from "../runs/run-queue.ts";

export const priorities = { urgent: 10, nightly: 0, long: -10 } as const satisfies Record<Urgency, number>;

/** Workers of one process that take runs of some urgencies only. */
export interface Lane {
  /** Runs at once. */
  workers: number;
  takes: readonly Urgency[];
}

/**
 * What one process works on at once. No run of the night can occupy the workers kept for urgent runs, and a large listing,
 * which can take many minutes, never blocks a small one. A run that waits for its pages costs next to nothing; the calls to the
 * provider are limited elsewhere, for all processes together.
 */
export const defaultLanes: readonly Lane[] = [
  { workers: 2, takes: ["urgent"] },
  { workers: 4, takes: ["urgent", "nightly"] },
  { workers: 2, takes: ["long"] },
];

/** Runs of one customer at once, of one urgency, in one process: the other entities of a large group wait. */
export const runsOfCustomerAtOnce = 2;
