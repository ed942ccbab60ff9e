import * as z from "zod/mini";
import { operators, successManagers } from "./access.ts";
import { connectionState, freshness, mode } from "./connection.ts";
import { endpoint } from "./endpoint.ts";
import { calendarDate, id, idParams, instant, pageOf, pageQuery } from "./page.ts";
import { runStatus, runTrigger, runVerdict } from "./syncs.ts";
import { taskKind } from "./tasks.ts";

/** A task for success managers about a connection, in the language of `Accept-Language`; it names no people. */
export const fleetTask = z.object({
  id,
  title: z.string(),
  text: z.string(),
  /** When it was raised. */
  since: instant,
});
fleetTask.register(z.globalRegistry, { id: "FleetTask" });
export type FleetTask = z.infer<typeof fleetTask>;

export const fleetTaskDone = z.object({ id, status: z.literal("done") });
export type FleetTaskDone = z.infer<typeof fleetTaskDone>;

/** One connection of the platform and its state: no people and no wages. */
export const fleetConnection = z.object({
  customerId: id,
  customerName: z.string(),
  entityId: id,
  entityName: z.string(),
  state: connectionState,
  mode: z.nullable(mode),
  pausedReason: z.nullable(z.string()),
  lastSuccessAt: z.nullable(instant),
  freshness,
  lastRun: z.nullable(
    z.object({
      id,
      trigger: runTrigger,
      status: runStatus,
      verdict: z.nullable(runVerdict),
      /** What ended it early, or null. */
      errorCode: z.nullable(z.string()),
      startedAt: z.nullable(instant),
      finishedAt: z.nullable(instant),
    }),
  ),
  /** Open issues by code. */
  issues: z.array(z.object({ code: z.string(), count: z.int() })),
  /** Open tasks by kind; those of the kind `support` are for success managers. */
  tasks: z.array(z.object({ kind: taskKind, count: z.int(), dueOn: z.nullable(calendarDate) })),
  /** The open task of the kind `support`. */
  supportTask: z.nullable(fleetTask),
});
fleetConnection.register(z.globalRegistry, { id: "FleetConnection" });
export type FleetConnection = z.infer<typeof fleetConnection>;

export const fleetPage = pageOf(fleetConnection);

export const fleetQuery = z.extend(pageQuery, {
  state: z.optional(connectionState),
  customerId: z.optional(id),
});
export type FleetQuery = z.infer<typeof fleetQuery>;

export const listFleet = endpoint({
  method: "GET",
  path: "/fleet",
  summary: "List every connection",
  description:
    "Lists the connections of all customers with state, freshness, last run, issues by code and tasks by kind.",
  tags: ["fleet"],
  roles: operators,
  tenant: "none",
  query: fleetQuery,
  answers: { 200: fleetPage },
  problems: [],
});

export const completeFleetTask = endpoint({
  method: "POST",
  path: "/fleet/tasks/:id/completion",
  summary: "Complete a support task",
  description:
    "Marks a task of the kind `support` as done; an admin of the customer completes the other kinds.",
  tags: ["fleet"],
  roles: successManagers,
  tenant: "none",
  params: idParams,
  answers: { 200: fleetTaskDone },
  problems: ["WRONG_STATE"],
});
