import * as z from "zod/mini";
import { id, instant, pageOf, pageQuery } from "./page.ts";

/** `linked`; `worker_alone`: listed at Liantis and linked to nobody; `employee_alone`: in Payflip and linked to nobody. */
export const linkState = z.enum(["linked", "worker_alone", "employee_alone"]);
export type LinkState = z.infer<typeof linkState>;

/** Who is who: a worker of Liantis and an employee of Payflip, or one of the two alone. */
export const link = z.object({
  state: linkState,
  workerId: z.nullable(z.string()),
  /** What is known of a worker who is linked to nobody. */
  workerName: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  linkedAt: z.nullable(instant),
  /** Since when Liantis does not list the worker any more. */
  absentSince: z.nullable(instant),
  /** The worker's page in MyLiantis. */
  liantisLink: z.nullable(z.string()),
});
link.register(z.globalRegistry, { id: "Link" });
export type Link = z.infer<typeof link>;

export const linkPage = pageOf(link);

/** `GET /entities/{id}/liantis/links`. */
export const linkQuery = z.extend(pageQuery, {
  q: z.optional(z.string().check(z.maxLength(200))),
  state: z.optional(linkState),
});
export type LinkQuery = z.infer<typeof linkQuery>;

const reason = z.string().check(z.trim(), z.minLength(3), z.maxLength(500));

/** `POST /entities/{id}/liantis/links`: this worker is this employee. Linking somebody who is linked already moves the link. */
export const newLink = z.object({
  workerId: z.string().check(z.minLength(1), z.maxLength(64)),
  employeeId: id,
  reason,
});
export type NewLink = z.infer<typeof newLink>;

/** `POST /employees/{id}/liantis/unlinking`: they are two people; they are not matched by e-mail again. */
export const unlinking = z.object({ reason });
export type Unlinking = z.infer<typeof unlinking>;

/** The link as it is now, and the run that fetches the worker. */
export const linkChanged = z.object({ link, runId: z.nullable(id) });
export type LinkChanged = z.infer<typeof linkChanged>;
