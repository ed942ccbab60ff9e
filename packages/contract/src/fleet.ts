import * as z from "zod/mini";
import { connectionState, freshness, mode } from "./connection.ts";
import { calendarDate, id, instant, pageOf, pageQuery } from "./page.ts";
import { runStatus, runTrigger, runVerdict } from "./syncs.ts";
import { taskKind } from "./tasks.ts";

/** The success manager's own task about a connection, in the language of `Accept-Language`; there are no people in it. */
export const fleetTask = z.object({
  id,
  title: z.string(),
  text: z.string(),
  /** When it was raised. */
  since: instant,
});
fleetTask.register(z.globalRegistry, { id: "FleetTask" });
export type FleetTask = z.infer<typeof fleetTask>;

/** `POST /fleet/tasks/{id}/completion`. */
export const fleetTaskDone = z.object({ id, status: z.literal("done") });
export type FleetTaskDone = z.infer<typeof fleetTaskDone>;

/** How one connection of the platform stands: no people and no wages. */
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
      /** What ended it, when it did not end by itself. */
      errorCode: z.nullable(z.string()),
      startedAt: z.nullable(instant),
      finishedAt: z.nullable(instant),
    }),
  ),
  /** Open issues by code. */
  issues: z.array(z.object({ code: z.string(), count: z.int() })),
  /** Open tasks by kind; `support` is the success manager's. */
  tasks: z.array(z.object({ kind: taskKind, count: z.int(), dueOn: z.nullable(calendarDate) })),
  /** The open one of the kind `support`. */
  supportTask: z.nullable(fleetTask),
});
fleetConnection.register(z.globalRegistry, { id: "FleetConnection" });
export type FleetConnection = z.infer<typeof fleetConnection>;

export const fleetPage = pageOf(fleetConnection);

/** `GET /fleet`: every connection, or those in one state. */
export const fleetQuery = z.extend(pageQuery, {
  state: z.optional(connectionState),
  customerId: z.optional(id),
});
export type FleetQuery = z.infer<typeof fleetQuery>;
