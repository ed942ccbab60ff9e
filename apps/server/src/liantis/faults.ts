/** What can go wrong at the provider. Classified by status, problem type, error class and error code; never by error text. */
export type LiantisFaultCode =
  /** Our own credential was refused: the operator's problem, never the customer's. */
  | "PARTNER_AUTH_FAILED"
  | "CONSENT_MISSING"
  | "CONSENT_REVOKED"
  | "EMPLOYER_NOT_FOUND"
  | "WORKER_NOT_FOUND"
  /** Start again at page one. */
  | "CURSOR_EXPIRED"
  | "RATE_LIMITED"
  /** Time-outs, resets, 5xx, a web page instead of JSON, a truncated or empty body: try again later. */
  | "UNAVAILABLE"
  /** Well-formed JSON that is not what the contract says: trying again is of no use. */
  | "MALFORMED_ANSWER"
  /** The answer to a consent could not be trusted: state, issuer, signature, nonce, audience, expiry or code. */
  | "CONSENT_ANSWER_INVALID";

export interface LiantisFaultFacts {
  status?: number;
  /** How long the provider asked us to wait, in milliseconds; null when it said nothing usable. */
  retryAfterMs?: number | null;
  cause?: unknown;
}

/** An accident at the provider. The message carries no data of anybody: only what happened. */
export class LiantisFault extends Error {
  override readonly name = "LiantisFault";
  readonly code: LiantisFaultCode;
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(code: LiantisFaultCode, message: string, facts: LiantisFaultFacts = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.code = code;
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Whether `error` is a fault of the provider, and of one of these codes when any are given. */
export function isLiantisFault(error: unknown, ...codes: LiantisFaultCode[]): error is LiantisFault {
  return error instanceof LiantisFault && (codes.length === 0 || codes.includes(error.code));
}

/** Trouble that may be gone a moment later. */
export function isTransient(error: unknown): error is LiantisFault {
  return isLiantisFault(error, "UNAVAILABLE", "RATE_LIMITED");
}

/** The fault somewhere in the chain of causes, for libraries that wrap what our transport throws. */
export function findFault(error: unknown): LiantisFault | null {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof LiantisFault) return current;
    current = current.cause;
  }
  return null;
}

/** `code` of a system or library error, or null. */
export function errorCodeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** What an answer with a status outside 2xx means. `problemType` is the `type` of its problem document, if it had one. */
export function faultOfStatus(
  status: number,
  problemType: string | null,
  retryAfterMs: number | null,
): LiantisFault {
  const facts = { status, retryAfterMs };
  if (status === 429) return new LiantisFault("RATE_LIMITED", "Liantis asks to slow down", facts);
  if (status >= 500 || status === 408) {
    return new LiantisFault("UNAVAILABLE", `Liantis answered ${status}`, facts);
  }
  if (problemType === null) {
    // Not the partner API speaking: a proxy, a firewall, a maintenance page, a redirect.
    return status === 401
      ? new LiantisFault("PARTNER_AUTH_FAILED", "Liantis refused the partner token", facts)
      : new LiantisFault("UNAVAILABLE", `Liantis answered ${status} without a problem document`, facts);
  }
  const code =
    codesByProblem.get(`${status} ${problemType}`) ?? codesByStatus.get(status) ?? "MALFORMED_ANSWER";
  return new LiantisFault(code, `Liantis answered ${status}`, facts);
}

/** Wait that a `Retry-After` header asks for (seconds or HTTP date), in milliseconds and at most a day; null if unreadable. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const dateMs = /^[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  const waitMs = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : dateMs - nowMs;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), retryAfterMaxMs);
}

const retryAfterMaxMs = 86_400_000;

const codesByProblem = new Map<string, LiantisFaultCode>([
  ["403 consent-missing", "CONSENT_MISSING"],
  ["403 consent-revoked", "CONSENT_REVOKED"],
  ["404 employer-not-found", "EMPLOYER_NOT_FOUND"],
  ["404 worker-not-found", "WORKER_NOT_FOUND"],
]);

/** An unknown 401 or 403 is about our credential or its scope: a customer must never be asked to mend it. */
const codesByStatus = new Map<number, LiantisFaultCode>([
  [401, "PARTNER_AUTH_FAILED"],
  [403, "PARTNER_AUTH_FAILED"],
  [410, "CURSOR_EXPIRED"],
]);
