import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { calendarDate, id, idParams, instant, pageOf, pageQuery } from "./page.ts";

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

/** A decision for an admin. It closes by itself when no decision is needed any more. Texts are in the language of `Accept-Language`. */
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
  /** What to do, in order. */
  steps: z.array(z.string()),
  dueOn: z.nullable(calendarDate),
  /** How many people it is about, where that is more than one. */
  count: z.nullable(z.int()),
  /** The page of the app where the decision is made. */
  link: z.nullable(z.string()),
  firstSeenAt: instant,
  lastSeenAt: instant,
});
task.register(z.globalRegistry, { id: "Task" });
export type Task = z.infer<typeof task>;

export const taskPage = pageOf(task);

/** Without a `status`: the open ones. */
export const taskQuery = z.extend(pageQuery, {
  status: z.optional(taskStatus),
  kind: z.optional(taskKind),
  employeeId: z.optional(id),
});
export type TaskQuery = z.infer<typeof taskQuery>;

export const listTasks = endpoint({
  method: "GET",
  path: "/entities/:id/tasks",
  summary: "List the tasks of an entity",
  description: "Lists the decisions that wait for an admin. Without a status: the open tasks.",
  tags: ["tasks"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  query: taskQuery,
  answers: { 200: taskPage },
  problems: [],
});

export const completeTask = endpoint({
  method: "POST",
  path: "/tasks/:id/completion",
  summary: "Complete a task",
  description: "Marks the task as done. It is not raised again while its reason lasts.",
  tags: ["tasks"],
  roles: admins,
  tenant: "task",
  params: idParams,
  answers: { 200: task },
  problems: ["WRONG_STATE"],
});
