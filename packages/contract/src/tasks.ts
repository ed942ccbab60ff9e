import * as z from "zod/mini";
import { calendarDate, id, instant, pageOf, pageQuery } from "./page.ts";

export const taskKind = z.enum([
  "leaver",
  "newcomers_waiting",
  "no_budget",
  "not_invited",
  "contract_ending",
  "entity_move",
  "support",
]);
export type TaskKind = z.infer<typeof taskKind>;

export const taskStatus = z.enum(["open", "done", "closed"]);
export type TaskStatus = z.infer<typeof taskStatus>;

/** Something to decide. It closes by itself when there is nothing to decide any more. Texts are in the language of `Accept-Language`. */
export const task = z.object({
  id,
  entityId: id,
  kind: taskKind,
  status: taskStatus,
  workerId: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  title: z.string(),
  text: z.string(),
  /** What there is to do, in the order in which it is done. */
  steps: z.array(z.string()),
  dueOn: z.nullable(calendarDate),
  /** Of `newcomers_waiting` and the like: how many people. */
  count: z.nullable(z.int()),
  /** Where it is decided: a page of the app. */
  link: z.nullable(z.string()),
  firstSeenAt: instant,
  lastSeenAt: instant,
});
task.register(z.globalRegistry, { id: "Task" });
export type Task = z.infer<typeof task>;

export const taskPage = pageOf(task);

/** `GET /entities/{id}/tasks`: open ones unless another status is asked for. */
export const taskQuery = z.extend(pageQuery, {
  status: z.optional(taskStatus),
  kind: z.optional(taskKind),
  employeeId: z.optional(id),
});
export type TaskQuery = z.infer<typeof taskQuery>;
