import type { RunWatch } from "../../src/queue/run-watch.ts";
import { startWorkers, type WorkerDeps } from "../../src/queue/workers.ts";

/** Hears of nothing: whoever waits looks for themselves. */
export const deafWatch: Pick<RunWatch, "watch" | "watchCancelled"> = {
  watch: () => () => {},
  watchCancelled: () => () => {},
};

/** Workers that take up runs, one after the other, and do nothing else: as far as `parts` does not say otherwise. */
export async function workOnRuns(
  parts: Pick<WorkerDeps, "boss" | "engine"> & Partial<WorkerDeps>,
): Promise<void> {
  const nothing = async () => {};
  await startWorkers({
    watch: deafWatch,
    lanes: [{ workers: 1, takes: ["urgent", "nightly", "long"] }],
    deliverMail: nothing,
    nightlyTick: nothing,
    housekeeping: nothing,
    afterRun: nothing,
    ...parts,
  });
}
