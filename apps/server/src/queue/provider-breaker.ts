import { afterRun, type BreakerState, closedBreaker, mayStart } from "../domain/time/breaker.ts";
import type { RunJob } from "../runs/run-queue.ts";
import type { SyncEngine } from "../sync/engine.ts";
import type { RunEnd } from "../sync/report.ts";

/** Stops calls to a provider that is down. Each process decides from the runs that it worked on. */
export interface ProviderBreaker {
  /** Whether a run may start now. An urgent run always may: that is how a recovery is noticed. */
  mayStart(run: { urgent: boolean }): boolean;
  runEnded(job: RunJob, end: RunEnd): void;
}

export function createProviderBreaker({ now, logger }: Pick<SyncEngine, "now" | "logger">): ProviderBreaker {
  let state: BreakerState = closedBreaker;
  return {
    mayStart: ({ urgent }) => urgent || mayStart(state, now()),
    runEnded: ({ customerId }, end) => {
      if (end.kind !== "ended") return;
      const failed = end.code === "LIANTIS_UNAVAILABLE";
      const next = afterRun(state, { customerId, failed, now: now() });
      if (next.openUntil !== state.openUntil)
        logger.warn({ code: "PROVIDER_REST", openUntil: next.openUntil }, "the pause for Liantis changed");
      state = next;
    },
  };
}
