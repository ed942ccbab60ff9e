import * as z from "zod/mini";

/** Every code that a refusal of the API can have. */
export const problemCode = z.enum([
  "ACCOUNT_LINK_ENDED",
  "ACTION_LOCKED",
  "ADDRESS_TOO_LONG",
  "BODY_TOO_LARGE",
  "COMPANY_NOT_FOUND",
  "CONNECT_LINK_ENDED",
  "CONSENT_CANCELLED",
  "CONSENT_FOR_OTHER_COMPANY",
  "CONSENT_NOT_MAIN_USER",
  "CONSENT_STATE_MISMATCH",
  "EMAIL_TAKEN",
  "ENTITY_ALREADY_CONNECTED",
  "FIELD_LOCKED",
  "FORBIDDEN",
  "FULL_SYNC_NOT_ALLOWED",
  "IDEMPOTENCY_KEY_REUSED",
  "INTERNAL",
  "INVALID_REQUEST",
  "JSON_INVALID",
  "LAST_ADMIN",
  "LIANTIS_UNAVAILABLE",
  "METHOD_NOT_ALLOWED",
  "NOT_AVAILABLE",
  "NOT_FOUND",
  "NUMBER_NOT_CONFIRMED",
  "OUTCOME_UNKNOWN",
  "PASSWORD_TOO_WEAK",
  "PREVIEW_OUTDATED",
  "RATE_LIMITED",
  "SIGN_IN_FAILED",
  "UNAUTHENTICATED",
  "UNAVAILABLE",
  "UNSUPPORTED_MEDIA_TYPE",
  "VAT_INVALID",
  "VAT_MISSING",
  "WRONG_STATE",
]);
export type ProblemCode = z.infer<typeof problemCode>;

/**
 * Every error answer (RFC 9457, `application/problem+json`). Title, detail and remedy are in the language of
 * `Accept-Language`; `reference` is what support asks for.
 */
export const problem = z.object({
  type: z.string(),
  status: z.int(),
  /** One of `problemCode`; a text, so that a client survives a code that is newer than itself. */
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  /** What to do, and where. */
  remedy: z.string(),
  reference: z.string(),
  /** FIELD_LOCKED and ACTION_LOCKED: why, and where to make the change instead. */
  reason: z.optional(z.string()),
  link: z.optional(z.nullable(z.string())),
  /** FIELD_LOCKED: the fields of the request that are locked. */
  fields: z.optional(z.array(z.string())),
  /** INVALID_REQUEST: what does not fit the schema, and why. */
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** RATE_LIMITED: how many calls are left; `Retry-After` has the seconds to wait. */
  remaining: z.optional(z.int()),
  /** PREVIEW_OUTDATED: the preview that shows what is different now. */
  previewId: z.optional(z.nullable(z.string())),
});
problem.register(z.globalRegistry, { id: "Problem" });
export type ProblemBody = z.infer<typeof problem>;
