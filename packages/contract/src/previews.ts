import * as z from "zod/mini";
import { mode } from "./connection.ts";
import { id, instant, pageOf, pageQuery } from "./page.ts";
import { hold, holdReason, plannedChange, runCounts, runPhase } from "./syncs.ts";

/** `POST /entities/{id}/liantis/previews`: what would happen in this mode, with these people. */
export const newPreview = z.object({
  mode,
  workerIds: z.optional(
    z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(100_000)),
  ),
});
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

/** What would happen to one person. Values of linked people only; of others what is not kept stays at Liantis. */
export const previewOperation = z.object({
  workerId: z.string(),
  bucket: previewBucket,
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  /** Of a preview that differs from another: planned otherwise, newly planned, or not planned any more. */
  difference: z.nullable(z.enum(["new", "changed", "gone"])),
  changes: z.array(plannedChange),
  /** Of whoever would be held back or fail: what is to be put right, and what a guard says. */
  issues: z.array(z.object({ code: z.string(), cause: z.string(), remedy: z.string() })),
  reasons: z.array(holdReason),
  /** Of whoever is linked and not listed: since when; null while no run noted it, so that this one would. */
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
  /** Of a preview that failed: the code of the catalogue, with cause and remedy in words. */
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

/** `GET /previews/{id}`: the page is of the operations; people who stay as they are are left out. */
export const previewQuery = z.extend(pageQuery, { bucket: z.optional(previewBucket) });
export type PreviewQuery = z.infer<typeof previewQuery>;
