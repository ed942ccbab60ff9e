/** What one process knows of trouble at the provider: whose runs failed in a row, and until when no run starts. */
export interface BreakerState {
  /** Customers whose runs failed because of the provider since the last run that did not. */
  failing: readonly string[];
  /** Epoch milliseconds: until then the breaker is open. null: it is closed, runs start. */
  openUntil: number | null;
  /** How often in a row it opened. */
  openings: number;
}

export const closedBreaker: BreakerState = { failing: [], openUntil: null, openings: 0 };

/** So many different customers in a row mean trouble at the provider. */
const customersMax = 5;
const firstPauseMs = 5 * 60_000;
const pauseMaxMs = 30 * 60_000;

/** Whether a run without a waiting user may start. After the pause it may, until the next run fails. */
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
