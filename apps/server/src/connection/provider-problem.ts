import { Problem } from "../domain/catalogue/problem.ts";
import { isLiantisFault, isTransient } from "../liantis/faults.ts";

/**
 * The problem that a caller gets for a fault of the provider: Liantis cannot be reached, the consent is gone, or our side is
 * wrong (our credential, an answer that breaks the interface). Any other error is thrown again.
 */
export function problemOfFault(error: unknown): Problem {
  if (isTransient(error)) {
    const wait =
      error.retryAfterMs === null ? {} : { retryAfterSeconds: Math.ceil(error.retryAfterMs / 1000) };
    return new Problem("LIANTIS_UNAVAILABLE", { ...wait, cause: error });
  }
  if (isLiantisFault(error, "CONSENT_MISSING", "CONSENT_REVOKED"))
    return new Problem("WRONG_STATE", { cause: error });
  if (isLiantisFault(error)) return new Problem("INTERNAL", { cause: error });
  throw error;
}
