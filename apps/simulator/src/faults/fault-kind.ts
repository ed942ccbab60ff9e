import { z } from "zod";
import type { Answer } from "../partner/answer.ts";
import type { ListedPage } from "../partner/listing.ts";

/** The body of a request to arm a fault: which fault, how often and for which calls. */
export const faultRequestSchema = z.strictObject({
  kind: z.string(),
  /** The number of matching calls to hit; 1 if neither this nor `always` is given. */
  times: z.number().int().min(1).optional(),
  always: z.boolean().optional(),
  /** Only calls whose path contains this text. Without it, all calls of the partner API. */
  path: z.string().optional(),
  /** Only this page (from 1) of a listing of workers. */
  page: z.number().int().min(1).optional(),
  /** The delay of the answer, for `latency`. */
  latencyMs: z.number().int().min(0).optional(),
  /** The `Retry-After` header of `rate-limited` and `unavailable`; without it there is no header. */
  retryAfterSeconds: z.number().int().min(0).optional(),
  retryAfterFormat: z.enum(["seconds", "http-date"]).optional(),
  /** The difference to the correct total, for `total-too-low` and `total-too-high`; 1 by default. */
  difference: z.number().int().min(1).optional(),
  /** The fields of workers and contracts that `null-storm`, `missing-keys` and `blank-strings` change. */
  fields: z.array(z.string()).optional(),
  /** The error of `authorization-error`. */
  error: z.string().optional(),
  /** The claims that replace the correct ones, for `id-token-claims`; null removes a claim. */
  claims: z.record(z.string(), z.unknown()).optional(),
});

export type FaultRequest = z.infer<typeof faultRequestSchema>;

/** The call that a fault may hit. */
export interface FaultedCall {
  readonly path: string;
  /** Null unless the call lists workers. */
  readonly listed: ListedPage | null;
}

/** The calls that a fault can hit. `anywhere` includes the token endpoint and discovery if `path` names them. */
export type FaultReach = "anywhere" | "api" | "workers" | "employer" | "authorization" | "id-token";

export interface FaultKind {
  readonly kind: string;
  readonly reach: FaultReach;
  readonly description: string;
  /** Changes the answer; absent for faults of the consent journey. */
  readonly apply?: (answer: Answer, call: FaultedCall, request: FaultRequest) => Answer;
  /** The pages of a listing that the fault can hit; all if absent. */
  readonly pages?: "first" | "later";
}
