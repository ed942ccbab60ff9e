import * as z from "zod/mini";
import { id, instant, pageOf, pageQuery } from "./page.ts";

export const runStatus = z.enum(["queued", "running", "finished", "cancelled"]);
export const runVerdict = z.enum(["in_order", "needs_attention", "held", "incomplete", "failed"]);
export const runPhase = z.enum(["fetch", "plan", "guard", "apply", "report"]);
export const runTrigger = z.enum([
  "first",
  "nightly",
  "manual",
  "person",
  "choice",
  "mode",
  "retry",
  "hold",
  "revert",
]);
export type RunStatus = z.infer<typeof runStatus>;
export type RunVerdict = z.infer<typeof runVerdict>;
export type RunPhase = z.infer<typeof runPhase>;
export type RunTrigger = z.infer<typeof runTrigger>;

/** A plan that a guard keeps back until an admin accepts or rejects it. */
export const hold = z.object({
  id,
  runId: id,
  /** What is kept back: the whole run, some people, or one person's wage. */
  kind: z.string(),
  reasons: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.string()), text: z.string() }),
  ),
  status: z.enum(["open", "accepted", "rejected", "superseded"]),
  createdAt: instant,
});
hold.register(z.globalRegistry, { id: "Hold" });
export type Hold = z.infer<typeof hold>;

/**
 * Every fetched person is in exactly one of created, linked, updated, unchanged, waiting, excluded, held, failed;
 * `absent` (linked, but no longer listed) stands outside the sum.
 */
export const runCounts = z.object({
  fetched: z.int(),
  created: z.int(),
  linked: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  waiting: z.int(),
  excluded: z.int(),
  held: z.int(),
  failed: z.int(),
  absent: z.int(),
});
export type RunCounts = z.infer<typeof runCounts>;

/** One synchronisation of one connection. `verdict` is null until the run is finished. */
export const run = z.object({
  id,
  entityId: id,
  trigger: runTrigger,
  status: runStatus,
  verdict: z.nullable(runVerdict),
  startedAt: z.nullable(instant),
  finishedAt: z.nullable(instant),
  progress: z.object({
    phase: z.nullable(runPhase),
    /** People of the phase that are done, of `total` when that is known. */
    done: z.int(),
    total: z.nullable(z.int()),
    etaSeconds: z.nullable(z.int()),
  }),
  counts: runCounts,
  holds: z.array(hold),
});
run.register(z.globalRegistry, { id: "Run" });
export type Run = z.infer<typeof run>;

export const runPage = pageOf(run);

/** `POST /entities/{id}/liantis/syncs`: the run that was started, or the one that is running already. */
export const syncStarted = z.object({ runId: id, alreadyRunning: z.boolean() });
export type SyncStarted = z.infer<typeof syncStarted>;

/** `POST /holds/{id}/acceptance` and `/rejection`: the run that carries it out, if one is needed. */
export const holdDecided = z.object({ hold, runId: z.nullable(id) });
export type HoldDecided = z.infer<typeof holdDecided>;

/** One field that a run wrote. Wage values are null for whoever may not see wages. */
export const change = z.object({
  /** Unique within the run. */
  id: z.string(),
  employeeId: id,
  employeeName: z.string(),
  workerId: z.string(),
  /** The wage contract the field belongs to, or null for a field of the person. */
  contractId: z.nullable(z.string()),
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
  reason: z.string(),
  revertedAt: z.nullable(instant),
});
change.register(z.globalRegistry, { id: "Change" });
export type Change = z.infer<typeof change>;

export const changePage = pageOf(change);
export const changeQuery = z.extend(pageQuery, { employeeId: z.optional(id) });
