import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint, nothing } from "./endpoint.ts";
import { hold } from "./holds.ts";
import { id, idParams, instant, pageOf, pageQuery, workerId } from "./page.ts";

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

/**
 * Every fetched person is in exactly one of created, linked, updated, unchanged, waiting, excluded, held, failed;
 * `absent` (linked, but no longer listed) is outside the sum.
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
  /** The worker, where the run is about one person; null where it is about everybody. */
  workerId: z.nullable(z.string()),
  status: runStatus,
  verdict: z.nullable(runVerdict),
  startedAt: z.nullable(instant),
  finishedAt: z.nullable(instant),
  progress: z.object({
    phase: z.nullable(runPhase),
    /** How many people of the phase are done; `total` is null while it is not known. */
    done: z.int(),
    total: z.nullable(z.int()),
    etaSeconds: z.nullable(z.int()),
  }),
  counts: runCounts,
  /** Where a run found something else than the confirmed preview, and applied nothing: the preview of the difference. */
  previewId: z.nullable(id),
  holds: z.array(hold),
});
run.register(z.globalRegistry, { id: "Run" });
export type Run = z.infer<typeof run>;

export const runPage = pageOf(run);

/** The run that was started, or the one that is running already. */
export const syncStarted = z.object({ runId: id, alreadyRunning: z.boolean() });
export type SyncStarted = z.infer<typeof syncStarted>;

export const runStarted = z.object({ runId: id });
export type RunStarted = z.infer<typeof runStarted>;

/** Why a field was written; every reason that the server writes. */
export const changeReason = z.enum([
  "new_worker",
  "email_match",
  "changed_in_liantis",
  "contract_gone",
  /** An admin accepted that people of one entity exchange their e-mail addresses. */
  "address_exchange",
  /** The calendar made another wage contract the current one; no run wrote it. */
  "contract_by_date",
  /** An undo restored the value of before. */
  "reverted",
]);
export type ChangeReason = z.infer<typeof changeReason>;

/** One field that a run wrote. Wage values are null for callers who may not see wages. */
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
  reason: changeReason,
  revertedAt: z.nullable(instant),
});
change.register(z.globalRegistry, { id: "Change" });
export type Change = z.infer<typeof change>;

export const changePage = pageOf(change);
export const changeQuery = z.extend(pageQuery, { employeeId: z.optional(id) });

/** Without `employeeIds` the changes of everybody are undone. */
export const undoRequest = z.object({ employeeIds: z.optional(z.array(id).check(z.maxLength(10_000))) });
export type UndoRequest = z.infer<typeof undoRequest>;

/** Why a change was not undone. */
export const notUndoneReason = z.enum([
  "changed_since",
  "invited",
  "touched",
  "already_reverted",
  "values_expired",
  "email_taken",
  "still_needed",
  "reversal",
]);
export type NotUndoneReason = z.infer<typeof notUndoneReason>;

/** What was undone, and what was not and why. */
export const undone = z.object({
  runId: id,
  people: z.int(),
  changes: z.int(),
  /** People whom the run created and who are removed again. */
  removed: z.int(),
  /** People whom the run created and who are only unlinked, since they were invited or changed. */
  unlinked: z.int(),
  notReverted: z.array(
    z.object({
      employeeId: id,
      employeeName: z.string(),
      contractId: z.nullable(z.string()),
      field: z.nullable(z.string()),
      reason: notUndoneReason,
      /** The reason in words. */
      text: z.string(),
    }),
  ),
});
undone.register(z.globalRegistry, { id: "Undone" });
export type Undone = z.infer<typeof undone>;

export const startSync = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/syncs",
  summary: "Sync now",
  description:
    "Queues a run, or answers the one that is running. A connection may start 20 an hour; joining a run is free. Beyond the limit `Retry-After` says when to try again.",
  tags: ["syncs"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 202: syncStarted },
  problems: ["WRONG_STATE"],
});

export const listSyncs = endpoint({
  method: "GET",
  path: "/entities/:id/liantis/syncs",
  summary: "List the runs of an entity",
  description: "Lists the runs, the newest first, with their counts and holds.",
  tags: ["syncs"],
  roles: readers,
  tenant: "entity",
  params: idParams,
  query: pageQuery,
  answers: { 200: runPage },
  problems: [],
});

export const readSync = endpoint({
  method: "GET",
  path: "/syncs/:id",
  summary: "Read a run",
  description: "Answers one run: its progress while it works, its counts and holds.",
  tags: ["syncs"],
  roles: readers,
  tenant: "run",
  params: idParams,
  answers: { 200: run },
  problems: [],
});

export const followSync = endpoint({
  method: "GET",
  path: "/syncs/:id/events",
  summary: "Follow a run",
  description:
    "Server-sent events: the run, now and each time it changed, until it ends. A browser that comes back with `Last-Event-ID` is not sent the same state again; 204 when there is nothing more to follow.",
  tags: ["syncs"],
  roles: admins,
  tenant: "run",
  params: idParams,
  answers: { 200: run, 204: nothing },
  answersAs: "text/event-stream",
  problems: [],
});

export const listChanges = endpoint({
  method: "GET",
  path: "/syncs/:id/changes",
  summary: "List the changes of a run",
  description: "Lists every field that the run wrote, before and after.",
  tags: ["syncs"],
  roles: admins,
  tenant: "run",
  params: idParams,
  query: changeQuery,
  answers: { 200: changePage },
  problems: [],
});

export const undoSync = endpoint({
  method: "POST",
  path: "/syncs/:id/revert",
  summary: "Undo a run",
  description:
    "Writes back what the run changed, for everybody or for some, where no later change was made. These people are held until an admin accepts.",
  tags: ["syncs"],
  roles: admins,
  tenant: "run",
  params: idParams,
  body: z.nullish(undoRequest),
  example: { employeeIds: ["0199aaaa-0000-7000-8000-000000000001"] },
  answers: { 200: undone },
  problems: ["WRONG_STATE"],
});

export const checkEmployee = endpoint({
  method: "POST",
  path: "/employees/:id/liantis/check",
  summary: "Check a person now",
  description: "Queues a run that fetches and applies this person alone, beside any other run.",
  tags: ["syncs"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  answers: { 202: runStarted },
  problems: ["WRONG_STATE"],
});

export const checkWorker = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/workers/:workerId/check",
  summary: "Check a worker now",
  description:
    "Does the same for a worker who has no employee here. A worker whom no issue, link or choice names is 404.",
  tags: ["syncs"],
  roles: admins,
  tenant: "entity",
  params: z.object({ ...idParams.shape, workerId }),
  answers: { 202: runStarted },
  problems: ["WRONG_STATE"],
});
