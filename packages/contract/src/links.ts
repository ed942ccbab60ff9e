import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { id, idParams, instant, pageOf, pageQuery, workerId } from "./page.ts";

/** `worker_alone`: a worker without an employee; `employee_alone`: an employee without a worker. */
export const linkState = z.enum(["linked", "worker_alone", "employee_alone"]);
export type LinkState = z.infer<typeof linkState>;

/** A worker of Liantis and the employee of Payflip who is the same person, or one of the two alone. */
export const link = z.object({
  state: linkState,
  workerId: z.nullable(z.string()),
  /** The name of a worker without an employee, as far as it is known. */
  workerName: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  linkedAt: z.nullable(instant),
  /** Since when Liantis no longer lists the worker. */
  absentSince: z.nullable(instant),
  /** The worker's page in MyLiantis. */
  liantisLink: z.nullable(z.string()),
});
link.register(z.globalRegistry, { id: "Link" });
export type Link = z.infer<typeof link>;

export const linkPage = pageOf(link);

export const linkQuery = z.extend(pageQuery, {
  q: z.optional(z.string().check(z.maxLength(200))),
  state: z.optional(linkState),
});
export type LinkQuery = z.infer<typeof linkQuery>;

const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(500));

export const newLink = z.object({ workerId, employeeId: id, reason });
export type NewLink = z.infer<typeof newLink>;

export const unlinking = z.object({ reason });
export type Unlinking = z.infer<typeof unlinking>;

/** The link as it is now, and the run that fetches the worker. */
export const linkChanged = z.object({ link, runId: z.nullable(id) });
export type LinkChanged = z.infer<typeof linkChanged>;

export const listLinks = endpoint({
  method: "GET",
  path: "/entities/:id/liantis/links",
  summary: "List workers and employees",
  description: "Lists who is linked to whom, and the workers and employees without a link.",
  tags: ["links"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  query: linkQuery,
  answers: { 200: linkPage },
  problems: [],
});

export const linkEmployee = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/links",
  summary: "Link a worker to an employee",
  description:
    "Records that this worker is this employee, and queues the run that fetches the worker. An existing link is moved.",
  tags: ["links"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: newLink,
  example: {
    workerId: "w-1001",
    employeeId: "0199aaaa-0000-7000-8000-000000000001",
    reason: "Same person, new address",
  },
  answers: { 200: linkChanged },
  problems: ["WRONG_STATE"],
});

export const unlinkEmployee = endpoint({
  method: "POST",
  path: "/employees/:id/liantis/unlinking",
  summary: "Unlink an employee",
  description: "Records that worker and employee are two people. They are not matched by e-mail again.",
  tags: ["links"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  body: unlinking,
  example: { reason: "Two people share an address" },
  answers: { 200: linkChanged },
  problems: ["WRONG_STATE"],
});
