const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface RetryPolicy {
  /** Waits within a run: at most `baseMs` · 2ⁿ, never more than `waitMaxMs`, so many times. */
  baseMs: number;
  waitMaxMs: number;
  retriesMax: number;
  /** The longest `Retry-After` that a run waits for. After a longer one the run ends, and the next run follows the ladder. */
  retryAfterWithinRunMaxMs: number;
  /** The ladder: waits between failed runs, in hours. The last one repeats. */
  ladderHours: readonly number[];
  /** The longest `Retry-After` that the ladder honours. */
  retryAfterMaxMs: number;
  /** After failing for so long the connection is paused. */
  pauseAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  baseMs: 1_000,
  waitMaxMs: 30_000,
  retriesMax: 5,
  retryAfterWithinRunMaxMs: 120_000,
  ladderHours: [2, 6, 12, 24],
  retryAfterMaxMs: dayMs,
  pauseAfterMs: 28 * dayMs,
};

export type CallRetry = { kind: "wait"; waitMs: number } | { kind: "give_up" };

/**
 * What to do after a call to the provider failed for a reason that may pass. Full jitter: the wait is drawn between 0 and the
 * limit, so that many workers do not retry at once. `Retry-After` is a lower bound.
 *
 * @param failure.retries retries made already
 * @param failure.random between 0 and 1, drawn by the caller
 */
export function retryCall(
  failure: { retries: number; random: number; retryAfterMs: number | null },
  policy: RetryPolicy = defaultRetryPolicy,
): CallRetry {
  if (failure.retries >= policy.retriesMax) return { kind: "give_up" };
  const asked = Math.max(failure.retryAfterMs ?? 0, 0);
  if (asked > policy.retryAfterWithinRunMaxMs) return { kind: "give_up" };
  const limit = Math.min(policy.waitMaxMs, policy.baseMs * 2 ** failure.retries);
  const jitter = Math.floor(limit * Math.min(Math.max(failure.random, 0), 1));
  return { kind: "wait", waitMs: asked + jitter };
}

export type RunRetry = { kind: "retry"; retryAt: number } | { kind: "pause" };

/**
 * What to do after a whole run failed because of trouble at the provider: retry after 2, 6, 12 and 24 h, then every 24 h. After
 * 28 days in which every run failed the connection is paused.
 *
 * @param failure.failures runs that failed in a row, this one included
 * @param failure.failingSince epoch milliseconds of the first of them
 */
export function retryRun(
  failure: { failures: number; failingSince: number; now: number; retryAfterMs: number | null },
  policy: RetryPolicy = defaultRetryPolicy,
): RunRetry {
  if (failure.now - failure.failingSince >= policy.pauseAfterMs) return { kind: "pause" };
  const rung = Math.min(Math.max(failure.failures, 1), policy.ladderHours.length) - 1;
  const ladderMs = (policy.ladderHours[rung] ?? 24) * hourMs;
  const askedMs = Math.min(Math.max(failure.retryAfterMs ?? 0, 0), policy.retryAfterMaxMs);
  return { kind: "retry", retryAt: failure.now + Math.max(ladderMs, askedMs) };
}
