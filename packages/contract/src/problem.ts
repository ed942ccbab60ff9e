import * as z from "zod/mini";

/**
 * Every error answer (RFC 9457, `application/problem+json`). Title, detail and remedy are in the language of
 * `Accept-Language`; `code` is from the catalogue; `reference` is what support asks for.
 */
export const problem = z.object({
  type: z.string(),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  /** What to do, and where. */
  remedy: z.string(),
  reference: z.string(),
  /** FIELD_LOCKED and ACTION_LOCKED: why, and where the change is to be made instead. */
  reason: z.optional(z.string()),
  link: z.optional(z.nullable(z.string())),
  /** FIELD_LOCKED: the fields of the request that are locked. */
  fields: z.optional(z.array(z.string())),
  /** A request that does not fit its schema: where and why. */
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** RATE_LIMITED: how many calls are left (seconds to wait stand in `Retry-After`). */
  remaining: z.optional(z.int()),
  /** PREVIEW_OUTDATED and the like: a new one of what the request named. */
  previewId: z.optional(z.nullable(z.string())),
});
problem.register(z.globalRegistry, { id: "Problem" });
export type Problem = z.infer<typeof problem>;
