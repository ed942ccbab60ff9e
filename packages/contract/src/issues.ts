import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { calendarDate, enteredDate, id, idParams, instant, pageOf, pageQuery } from "./page.ts";

export const issueSeverity = z.enum(["error", "warning", "notice"]);
export const issueWho = z.enum(["customer", "liantis", "support", "operator"]);
export const issueStatus = z.enum(["open", "accepted", "closed"]);
export type IssueSeverity = z.infer<typeof issueSeverity>;
export type IssueWho = z.infer<typeof issueWho>;
export type IssueStatus = z.infer<typeof issueStatus>;

/** A thing to solve: cause, remedy, who acts, and where. Texts are in the language of `Accept-Language`. */
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
  /** Where to solve it: a page of MyLiantis or of the app. */
  link: z.string(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** Number of runs that met it. */
  runs: z.int(),
  status: issueStatus,
  /** Of an accepted issue: why it was accepted, and the date from which it is open again. */
  acceptedReason: z.nullable(z.string()),
  reviewOn: z.nullable(calendarDate),
});
issue.register(z.globalRegistry, { id: "Issue" });
export type Issue = z.infer<typeof issue>;

export const issuePage = pageOf(issue);

/** Why the data is right as it is; the issue is open again from `reviewOn` on. */
export const issueAcceptance = z.object({
  reason: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  reviewOn: z.optional(z.nullable(enteredDate)),
});
export type IssueAcceptance = z.infer<typeof issueAcceptance>;

/** Without a `status`: the open ones. */
export const issueQuery = z.extend(pageQuery, {
  status: z.optional(issueStatus),
  code: z.optional(z.string().check(z.maxLength(100))),
  severity: z.optional(issueSeverity),
  employeeId: z.optional(id),
});
export type IssueQuery = z.infer<typeof issueQuery>;

export const listIssues = endpoint({
  method: "GET",
  path: "/entities/:id/issues",
  summary: "List the issues of an entity",
  description:
    "Lists what has to be solved, each with cause, remedy and who acts. Without a status: the open issues.",
  tags: ["issues"],
  roles: readers,
  tenant: "entity",
  params: idParams,
  query: issueQuery,
  answers: { 200: issuePage },
  problems: [],
});

export const acceptIssue = endpoint({
  method: "POST",
  path: "/issues/:id/acceptance",
  summary: "Accept an issue",
  description:
    "Records that the data is right as it is. The issue is not asked about again, or not before `reviewOn`.",
  tags: ["issues"],
  roles: admins,
  tenant: "issue",
  params: idParams,
  body: z.nullish(issueAcceptance),
  example: { reason: "Agreed with the employee", reviewOn: "2027-01-01" },
  answers: { 200: issue },
  problems: ["WRONG_STATE"],
});
