import { Problem } from "../domain/catalogue/problem.ts";
import { isLiantisFault, isTransient } from "../liantis/faults.ts";

/**
 * What trouble with the provider is to whoever asked: Liantis cannot be reached, the consent is gone, or something is wrong
 * on our side (our credential, a broken contract). Anything that is no trouble of the provider is thrown on as it is.
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
