import { z } from "zod";
import type { Answer } from "../partner/answer.ts";
import type { ListedPage } from "../partner/listing.ts";

/** What a test asks for: which fault, how often, and where. */
export const faultRequestSchema = z.strictObject({
  kind: z.string(),
  /** How many matching calls are hit; 1 when neither this nor `always` is given. */
  times: z.number().int().min(1).optional(),
  always: z.boolean().optional(),
  /** Only calls whose path contains this. Without it, calls of the partner API. */
  path: z.string().optional(),
  /** Only this page (from 1) of a listing of workers. */
  page: z.number().int().min(1).optional(),
  /** Milliseconds before the answer, for `latency`. */
  latencyMs: z.number().int().min(0).optional(),
  /** `Retry-After` of `rate-limited` and `unavailable`; no header without it. */
  retryAfterSeconds: z.number().int().min(0).optional(),
  retryAfterFormat: z.enum(["seconds", "http-date"]).optional(),
  /** By how much `total-too-low` and `total-too-high` are off; 1 by default. */
  by: z.number().int().min(1).optional(),
  /** The fields of a worker or of a contract that `null-storm`, `missing-keys` and `blank-strings` touch. */
  fields: z.array(z.string()).optional(),
  /** The error of `authorization-error`. */
  error: z.string().optional(),
  /** The claims that `id-token-claims` puts in the place of the right ones; null removes one. */
  claims: z.record(z.string(), z.unknown()).optional(),
});

export type FaultRequest = z.infer<typeof faultRequestSchema>;

/** The call that a fault may hit. */
export interface FaultedCall {
  readonly path: string;
  /** Set for a listing of workers. */
  readonly listed: ListedPage | null;
}

/** Where a fault strikes. `anywhere` also reaches the token endpoint and discovery when `path` names them. */
export type FaultReach = "anywhere" | "api" | "workers" | "employer" | "authorization" | "id-token";

export interface FaultKind {
  readonly kind: string;
  readonly reach: FaultReach;
  readonly description: string;
  /** Changes the answer; absent for faults of the log-in, which are looked up where they strike. */
  readonly apply?: (answer: Answer, call: FaultedCall, request: FaultRequest) => Answer;
  /** Pages of a listing where the fault has an effect; all when absent. */
  readonly pages?: "first" | "later";
}
