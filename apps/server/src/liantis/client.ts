import { DelegateBackoff, handleWhen, retry } from "cockatiel";
import type { Caller, CallLimit } from "./call-limit.ts";
import { faultOfStatus, isLiantisFault, isTransient, readRetryAfter } from "./faults.ts";
import { readJson, readProblemType } from "./json-answer.ts";
import type { PartnerToken } from "./partner-token.ts";
import type { RawAnswer, Transport } from "./transport.ts";

export interface ClientSettings {
  callLimit: CallLimit;
  /** First pause before a quick retry, in milliseconds; it doubles and jitters. */
  retryPauseMs: number;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Whom the call is for; without it, a user who waits for the answer. */
  caller?: Caller;
}

export interface Client {
  /**
   * The JSON at `url`, asked with partner access. A transient fault is retried at once, three tries in all; further retries are the caller's.
   *
   * @throws LiantisFault as classified in faults.ts, or the reason of `signal`.
   */
  getJson(url: string, options?: CallOptions): Promise<unknown>;
}

export function createClient(
  transport: Transport,
  partnerToken: PartnerToken,
  settings: ClientSettings,
): Client {
  const quickRetry = retry(handleWhen(isWorthAQuickRetry), {
    maxAttempts: triesMax - 1,
    backoff: new DelegateBackoff((context) => {
      const error = "error" in context.result ? context.result.error : null;
      return pauseMs(error, context.attempt, settings.retryPauseMs);
    }),
  });
  return {
    getJson: (url, { signal, caller } = {}) => {
      // Each try takes a place of its own, so that the pause between two tries holds none.
      const attempt = () =>
        inPlace(settings.callLimit, { signal, caller }, () => ask(transport, partnerToken, url, signal));
      return untilAborted(quickRetry.execute(attempt), signal);
    },
  };
}

async function inPlace<T>(
  limit: CallLimit,
  { signal, caller }: { signal: AbortSignal | undefined; caller: Caller | undefined },
  call: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const place = await limit.enter(caller, signal);
  let restMs: number | null = null;
  try {
    return await call();
  } catch (error) {
    if (isLiantisFault(error, "RATE_LIMITED")) restMs = error.retryAfterMs ?? 0;
    throw error;
  } finally {
    place.leave(restMs);
  }
}

const triesMax = 3;
const quickRetryAfterMaxMs = 10_000;

function isWorthAQuickRetry(error: unknown): boolean {
  return isTransient(error) && (error.retryAfterMs ?? 0) <= quickRetryAfterMaxMs;
}

function pauseMs(error: unknown, attempt: number, firstPauseMs: number): number {
  const jittered = firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
  return isLiantisFault(error) ? Math.max(error.retryAfterMs ?? 0, jittered) : jittered;
}

async function ask(
  transport: Transport,
  partnerToken: PartnerToken,
  url: string,
  signal?: AbortSignal,
): Promise<unknown> {
  let answer = await askOnce(transport, partnerToken, url, signal);
  // A token may be withdrawn before it expires: renew it once. A second 401 means that our credential is wrong.
  if (answer.status === 401) answer = await askOnce(transport, partnerToken, url, signal);
  if (answer.status >= 200 && answer.status < 300) return readJson(answer);
  const retryAfterMs = readRetryAfter(answer.headers.get("retry-after"), Date.now());
  throw faultOfStatus(answer.status, readProblemType(answer), retryAfterMs);
}

async function askOnce(
  transport: Transport,
  partnerToken: PartnerToken,
  url: string,
  signal?: AbortSignal,
): Promise<RawAnswer> {
  const token = await partnerToken.get();
  const answer = await transport.exchange({
    method: "GET",
    url,
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    signal,
  });
  if (answer.status === 401) partnerToken.forget(token);
  return answer;
}

/** Rejects as soon as the signal aborts, also while a retry pauses. */
async function untilAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
