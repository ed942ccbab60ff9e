import * as z from "zod/mini";
import { calendarDate, id, instant, pageOf, pageQuery } from "./page.ts";

export const issueSeverity = z.enum(["error", "warning", "notice"]);
export const issueWho = z.enum(["customer", "liantis", "support", "operator"]);
export const issueStatus = z.enum(["open", "accepted", "closed"]);
export type IssueSeverity = z.infer<typeof issueSeverity>;
export type IssueWho = z.infer<typeof issueWho>;
export type IssueStatus = z.infer<typeof issueStatus>;

/** Something to put right: what it is, why, what to do, who, and where. Texts are in the language of `Accept-Language`. */
export const issue = z.object({
  id,
  entityId: id,
  code: z.string(),
  severity: issueSeverity,
  who: issueWho,
  workerId: z.nullable(z.string()),
  employeeId: z.nullable(id),
  employeeName: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  contractId: z.nullable(z.string()),
  /** The code in a few words. */
  title: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** Where to put it right: in MyLiantis or on a page of the app. */
  link: z.string(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** Number of runs that met it. */
  runs: z.int(),
  status: issueStatus,
  /** Of an accepted issue: why, and from which date on it is open again. */
  acceptedReason: z.nullable(z.string()),
  reviewOn: z.nullable(calendarDate),
});
issue.register(z.globalRegistry, { id: "Issue" });
export type Issue = z.infer<typeof issue>;

export const issuePage = pageOf(issue);

/** `POST /issues/{id}/acceptance`: it is as it should be, and why; open again from `reviewOn` on. */
export const issueAcceptance = z.object({
  reason: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  reviewOn: z.optional(z.nullable(calendarDate)),
});
export type IssueAcceptance = z.infer<typeof issueAcceptance>;

/** `GET /entities/{id}/issues`: open ones unless another status is asked for. */
export const issueQuery = z.extend(pageQuery, {
  status: z.optional(issueStatus),
  code: z.optional(z.string().check(z.maxLength(100))),
  severity: z.optional(issueSeverity),
  employeeId: z.optional(id),
});
export type IssueQuery = z.infer<typeof issueQuery>;
