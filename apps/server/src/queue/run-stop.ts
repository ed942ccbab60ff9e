import { areRunsLeft, isRunCancelled, leaveRun } from "../runs/cancel-run.sql.ts";
import type { Database } from "../postgres/database.ts";
import { RunLost } from "../runs/take-run.sql.ts";
import { tenantTransaction } from "../postgres/transaction.ts";
import type { RunJob } from "../runs/run-queue.ts";
import type { RunWatch } from "./run-watch.ts";

/** Polls besides the notification, which may be lost with its connection. */
const lookEveryMs = 1_000;

/** How long disabling waits for the worker process; a dead one never answers. */
const leaveWaitMs = 3_000;

export interface RunStopDeps {
  db: Database;
  watch: Pick<RunWatch, "watch" | "watchCancelled">;
  now: () => number;
}

/**
 * A signal that ends the work on a run as soon as the run is cancelled, also in the middle of a call to the provider.
 * @returns the signal; `end` ends the watching; `leave` records that this process stopped working on a cancelled run
 */
export function stopWhenCancelled(
  deps: RunStopDeps,
  job: RunJob,
): { signal: AbortSignal; end: () => void; leave: () => Promise<void> } {
  const controller = new AbortController();
  const scope = { customerId: job.customerId, entityIds: "all" } as const;
  const look = async () => {
    const cancelled = await tenantTransaction(deps.db, scope, "sync", (trx) =>
      isRunCancelled(trx, job.customerId, job.runId),
    );
    if (cancelled) controller.abort(new RunLost(job.runId));
  };
  // A failed look is repeated, and each checkpoint of the run checks too.
  const lookQuietly = () => void look().catch(() => {});
  const unwatch = deps.watch.watchCancelled(job.runId, lookQuietly);
  const timer = setInterval(lookQuietly, lookEveryMs);
  return {
    signal: controller.signal,
    end: () => {
      unwatch();
      clearInterval(timer);
    },
    leave: async () => {
      const now = new Date(deps.now()).toISOString();
      await tenantTransaction(deps.db, scope, "sync", (trx) => leaveRun(trx, job.customerId, job.runId, now));
    },
  };
}

/** Waits until no worker process works on these cancelled runs any more, for 3 s at most: then the process must be dead. */
export async function waitUntilRunsLeft(
  { db, watch }: Pick<RunStopDeps, "db" | "watch">,
  { customerId, runIds }: { customerId: string; runIds: string[] },
): Promise<void> {
  if (runIds.length === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = async () => {
    const left = await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
      areRunsLeft(trx, customerId, runIds),
    );
    if (left) resolve();
  };
  const lookQuietly = () => void look().catch(() => {});
  const unwatch = runIds.map((runId) => watch.watch(runId, lookQuietly));
  const timer = setInterval(lookQuietly, lookEveryMs);
  const deadline = setTimeout(resolve, leaveWaitMs);
  try {
    await look();
    await promise;
  } finally {
    clearInterval(timer);
    clearTimeout(deadline);
    for (const stop of unwatch) stop();
  }
}
