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

/** One field that would be written. Wage values are null for whoever may not see wages. */
export const plannedChange = z.object({
  /** The wage contract the field belongs to, or null for a field of the person. */
  contractId: z.nullable(z.string()),
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type PlannedChange = z.infer<typeof plannedChange>;

/** What a hold keeps back: a whole run, a person whose identity may have been swapped, a person's wage, a person who was put back by hand. */
export const holdKind = z.enum(["source_looks_wrong", "identity_swap", "wage", "reverted"]);
export type HoldKind = z.infer<typeof holdKind>;

/** Somebody whom a hold of a run is about. */
export const heldPerson = z.object({
  employeeId: id,
  workerId: z.string(),
  name: z.string(),
  employeeNumber: z.nullable(z.string()),
});
heldPerson.register(z.globalRegistry, { id: "HeldPerson" });
export type HeldPerson = z.infer<typeof heldPerson>;

/** Why something is kept back: a code, what the words name, and the words in the reader's language. */
export const holdReason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.string()),
  text: z.string(),
});
export type HoldReason = z.infer<typeof holdReason>;

/** A plan that a guard keeps back until an admin accepts or rejects it. */
export const hold = z.object({
  id,
  runId: id,
  kind: holdKind,
  /** Of a hold of one person; null where the whole run is held. */
  workerId: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  changes: z.array(plannedChange),
  reasons: z.array(holdReason),
  /** Of a hold of a run: who is suddenly missing, the first 50 by name, and how many there are. */
  people: z.array(heldPerson),
  peopleTotal: z.int(),
  /** Of a hold of a run: fields that are suddenly empty, in the reader's words too, and of whom; likewise. */
  emptied: z.array(
    z.object({
      field: z.string(),
      fieldName: z.string(),
      people: z.array(heldPerson),
      peopleTotal: z.int(),
    }),
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
  /** The one worker the run is about; null: everybody. */
  workerId: z.nullable(z.string()),
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
  /** Of a run that found something else than was confirmed, and applied nothing: the preview of the difference. */
  previewId: z.nullable(id),
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

/** `POST /syncs/{id}/revert`: everybody of the run, or these. */
export const revertRequest = z.object({ employeeIds: z.optional(z.array(id).check(z.maxLength(10_000))) });
export type RevertRequest = z.infer<typeof revertRequest>;

/** Why something could not be put back. */
export const notRevertedReason = z.enum([
  "changed_since",
  "invited",
  "touched",
  "already_reverted",
  "values_expired",
  "email_taken",
  "still_needed",
  "reversal",
]);
export type NotRevertedReason = z.infer<typeof notRevertedReason>;

/** What was put back, and what was not and why. */
export const reverted = z.object({
  runId: id,
  people: z.int(),
  changes: z.int(),
  /** People who were created by the run and are gone again. */
  removed: z.int(),
  /** People who were created by the run, had been invited or touched, and are only unlinked. */
  unlinked: z.int(),
  notReverted: z.array(
    z.object({
      employeeId: id,
      employeeName: z.string(),
      contractId: z.nullable(z.string()),
      field: z.nullable(z.string()),
      reason: notRevertedReason,
      /** The reason in words. */
      text: z.string(),
    }),
  ),
});
reverted.register(z.globalRegistry, { id: "Reverted" });
export type Reverted = z.infer<typeof reverted>;

export const changePage = pageOf(change);
export const changeQuery = z.extend(pageQuery, { employeeId: z.optional(id) });
