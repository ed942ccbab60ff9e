import * as z from "zod/mini";
import { admins } from "./access.ts";
import { mode } from "./connection.ts";
import { endpoint, manyIdsLimit } from "./endpoint.ts";
import { hold, holdReason, plannedChange } from "./holds.ts";
import { id, idParams, instant, pageOf, pageQuery, workerIds } from "./page.ts";
import { runCounts, runPhase } from "./syncs.ts";

/** `workerIds`: the people who would be synchronised in selective mode. */
export const newPreview = z.object({ mode, workerIds: z.optional(workerIds) });
export type NewPreview = z.infer<typeof newPreview>;

export const previewStarted = z.object({ previewId: id });
export type PreviewStarted = z.infer<typeof previewStarted>;

export const previewBucket = z.enum([
  "created",
  "linked",
  "updated",
  "unchanged",
  "waiting",
  "excluded",
  "held",
  "failed",
  "absent",
]);

/** In a preview of a difference: newly planned, planned with other values, or not planned any more. */
export const operationDifference = z.enum(["new", "changed", "gone"]);
export type OperationDifference = z.infer<typeof operationDifference>;

/** What would happen to one person. Only linked people have values here: those of others are not stored. */
export const previewOperation = z.object({
  workerId: z.string(),
  bucket: previewBucket,
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  difference: z.nullable(operationDifference),
  changes: z.array(plannedChange),
  /** For a person who would be held or fail: what has to be solved, and why a guard holds. */
  issues: z.array(z.object({ code: z.string(), cause: z.string(), remedy: z.string() })),
  reasons: z.array(holdReason),
  /** For a linked person who is not listed: since when. Null where the confirmed run would be the first to record it. */
  absentSince: z.nullable(instant),
});
previewOperation.register(z.globalRegistry, { id: "PreviewOperation" });
export type PreviewOperation = z.infer<typeof previewOperation>;

/** A preview. `hash` is what a confirmation names; null until it is ready. */
export const preview = z.object({
  id,
  entityId: id,
  mode,
  status: z.enum(["queued", "running", "ready", "failed"]),
  /** Of a preview that failed: the code, with cause and remedy in words. */
  error: z.nullable(z.object({ code: z.string(), cause: z.string(), remedy: z.string() })),
  hash: z.nullable(z.string()),
  counts: runCounts,
  /** Linked people who would stop being updated. */
  released: z.int(),
  /** The confirmed preview that this one differs from; its operations are then the difference alone. */
  differsFrom: z.nullable(id),
  holds: z.array(hold),
  progress: z.object({ phase: z.nullable(runPhase), done: z.int(), total: z.nullable(z.int()) }),
  createdAt: instant,
  expiresAt: instant,
  operations: pageOf(previewOperation),
});
preview.register(z.globalRegistry, { id: "Preview" });
export type Preview = z.infer<typeof preview>;

/** The page is one of the operations; people for whom nothing would change are left out. */
export const previewQuery = z.extend(pageQuery, { bucket: z.optional(previewBucket) });
export type PreviewQuery = z.infer<typeof previewQuery>;

export const startPreview = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/previews",
  summary: "Start a preview",
  description: "Queues a run that ends before its first write and keeps what it would have written.",
  tags: ["previews"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: newPreview,
  example: { mode: "selective", workerIds: ["w-1001", "w-1002"] },
  bodyLimit: manyIdsLimit,
  answers: { 202: previewStarted },
  problems: ["NOT_AVAILABLE", "FULL_SYNC_NOT_ALLOWED", "CONSENT_STATE_MISMATCH", "WRONG_STATE"],
});

export const readPreview = endpoint({
  method: "GET",
  path: "/previews/:id",
  summary: "Read a preview",
  description: "Answers the preview with a page of what it would do. It can be confirmed for a week.",
  tags: ["previews"],
  roles: admins,
  tenant: "preview",
  params: idParams,
  query: previewQuery,
  answers: { 200: preview },
  problems: [],
});
