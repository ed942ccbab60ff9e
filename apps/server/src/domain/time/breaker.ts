/** How the provider does, as one process sees it: which customers' runs failed in a row, and until when it is left alone. */
export interface BreakerState {
  /** Customers whose runs failed for the provider's trouble since the last one that did not. */
  failing: readonly string[];
  /** Epoch milliseconds; null: runs start. */
  openUntil: number | null;
  /** How often in a row it opened. */
  openings: number;
}

export const closedBreaker: BreakerState = { failing: [], openUntil: null, openings: 0 };

/** So many different customers in a row say that it is the provider, not one of them. */
const customersMax = 5;
const firstPauseMs = 5 * 60_000;
const pauseMaxMs = 30 * 60_000;

/** Whether runs that nobody waits for may start. After the pause they may, until the next one fails. */
export function mayStart(state: BreakerState, now: number): boolean {
  return state.openUntil === null || state.openUntil <= now;
}

/**
 * The state after a run ended. One success closes it. A failure opens it when it is the fifth customer in a row, or the
 * first one that tried after a pause: then for twice as long as before, at most half an hour.
 *
 * @param failed whether the provider's trouble ended the run
 */
export function afterRun(
  state: BreakerState,
  { customerId, failed, now }: { customerId: string; failed: boolean; now: number },
): BreakerState {
  if (!failed) return closedBreaker;
  const failing = state.failing.includes(customerId) ? state.failing : [...state.failing, customerId];
  const isTrial = state.openUntil !== null && state.openUntil <= now;
  const opens = isTrial || (state.openUntil === null && failing.length >= customersMax);
  if (!opens) return { ...state, failing: failing.slice(0, customersMax) };
  const pauseMs = Math.min(firstPauseMs * 2 ** state.openings, pauseMaxMs);
  return { failing: failing.slice(0, customersMax), openUntil: now + pauseMs, openings: state.openings + 1 };
}
