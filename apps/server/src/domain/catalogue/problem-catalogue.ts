import type { ParamValues } from "./param-kinds.ts";
import type { ProblemEntry } from "./problem-entry.ts";

const entries = {
  // On the way from "not set up" to "first sync started".
  VAT_MISSING: { status: 422, params: {} },
  VAT_INVALID: {
    status: 422,
    params: { read: "text" },
    reasons: ["too_short", "too_long", "letters", "establishment_number", "first_digit"],
    hints: { suggestion: { suggestion: "text" } },
  },
  COMPANY_NOT_FOUND: { status: 422, params: { enterpriseNumber: "text" }, hints: { check_digits: {} } },
  ENTITY_ALREADY_CONNECTED: { status: 409, params: { enterpriseNumber: "text" } },
  NOT_AVAILABLE: { status: 403, params: {} },
  NUMBER_NOT_CONFIRMED: { status: 403, params: { enterpriseNumber: "text" } },
  CONSENT_CANCELLED: { status: 409, params: {} },
  CONSENT_NOT_MAIN_USER: { status: 403, params: {} },
  CONSENT_STATE_MISMATCH: { status: 409, params: {} },
  CONSENT_FOR_OTHER_COMPANY: { status: 409, params: { grantedNumber: "text", enterpriseNumber: "text" } },
  FULL_SYNC_NOT_ALLOWED: { status: 403, params: {} },
  LIANTIS_UNAVAILABLE: { status: 503, params: {}, reasons: ["listing_incomplete"] },
  CONNECT_LINK_ENDED: { status: 410, params: {} },

  // In any part of the API.
  INTERNAL: { status: 500, params: {} },
  // The database is away, is read-only or is full.
  UNAVAILABLE: { status: 503, params: {} },
  PREVIEW_OUTDATED: { status: 409, params: {} },
  FIELD_LOCKED: { status: 409, params: { field: "fields" } },
  ACTION_LOCKED: { status: 409, params: {} },
  NOT_FOUND: { status: 404, params: {} },
  UNAUTHENTICATED: { status: 401, params: {} },
  FORBIDDEN: { status: 403, params: {} },
  INVALID_REQUEST: { status: 400, params: {} },
  JSON_INVALID: { status: 400, params: {} },
  METHOD_NOT_ALLOWED: { status: 405, params: {} },
  BODY_TOO_LARGE: { status: 413, params: { limit: "number" } },
  ADDRESS_TOO_LONG: { status: 414, params: {} },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, params: {} },
  IDEMPOTENCY_KEY_REUSED: { status: 422, params: {} },
  OUTCOME_UNKNOWN: { status: 409, params: {} },
  RATE_LIMITED: { status: 429, params: {} },
  SIGN_IN_FAILED: { status: 401, params: {} },
  // Accounts and their links.
  ACCOUNT_LINK_ENDED: { status: 410, params: {} },
  PASSWORD_TOO_WEAK: {
    status: 422,
    params: {},
    reasons: ["too_short", "too_long", "is_address", "too_simple"],
  },
  EMAIL_TAKEN: { status: 409, params: {} },
  LAST_ADMIN: { status: 409, params: {} },
  WRONG_STATE: { status: 409, params: {} },
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof entries;

/** Every refusal that the API gives, with its HTTP status. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemEntry>> = entries;

type TypedProblemEntry<Code extends ProblemCode> = (typeof entries)[Code];
type ReasonOf<Code extends ProblemCode> =
  TypedProblemEntry<Code> extends { reasons: readonly (infer Reason)[] } ? Reason : never;
type HintsOf<Code extends ProblemCode> =
  TypedProblemEntry<Code> extends { hints: infer Hints }
    ? { [Hint in keyof Hints]: { hint: Hint } & ParamValues<Hints[Hint]> }
    : never;

/** What the texts of a problem name, with the reason that chooses between them and the hint that is added. */
export type ProblemParams<Code extends ProblemCode> = ParamValues<TypedProblemEntry<Code>["params"]> &
  ([ReasonOf<Code>] extends [never] ? unknown : { reason?: ReasonOf<Code> }) &
  ([HintsOf<Code>] extends [never] ? unknown : { hint?: undefined } | HintsOf<Code>[keyof HintsOf<Code>]);

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problemCatalogue, text);
}
