import * as z from "zod/mini";
import { caseDeciders } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { calendarDate, id, idParams, instant, pageOf, pageQuery } from "./page.ts";

export const caseStatus = z.enum(["open", "confirmed", "declined", "closed"]);
export type CaseStatus = z.infer<typeof caseStatus>;

/** One of the two records of a person who may have moved to another entity. It holds no wage. */
export const caseRecord = z.object({
  entityId: id,
  entityName: z.string(),
  firstName: z.nullable(z.string()),
  lastName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  startDate: z.nullable(calendarDate),
});
export type CaseRecord = z.infer<typeof caseRecord>;

/** A worker of one entity who has the e-mail address of an employee of another entity of the same customer. */
export const supportCase = z.object({
  id,
  customerId: id,
  customerName: z.string(),
  kind: z.enum(["entity_move"]),
  status: caseStatus,
  workerId: z.string(),
  employeeId: id,
  from: caseRecord,
  to: caseRecord,
  openedAt: instant,
  decidedAt: z.nullable(instant),
  reason: z.nullable(z.string()),
});
supportCase.register(z.globalRegistry, { id: "Case" });
export type SupportCase = z.infer<typeof supportCase>;

export const casePage = pageOf(supportCase);

/** Without a `status`: the open ones. */
export const caseQuery = z.extend(pageQuery, { status: z.optional(caseStatus) });
export type CaseQuery = z.infer<typeof caseQuery>;

export const caseDecision = z.object({ reason: z.optional(z.string().check(z.trim(), z.maxLength(500))) });
export type CaseDecision = z.infer<typeof caseDecision>;

/** The case as decided, and the run that fetches the person for the new entity. */
export const caseDecided = z.object({ case: supportCase, runId: z.nullable(id) });
export type CaseDecided = z.infer<typeof caseDecided>;

export const listCases = endpoint({
  method: "GET",
  path: "/cases",
  summary: "List the cases",
  description:
    "Lists possible moves between entities. Support sees those of every customer, an admin those whose entities the admin may all enter.",
  tags: ["cases"],
  roles: caseDeciders,
  tenant: "none",
  query: caseQuery,
  answers: { 200: casePage },
  problems: [],
});

export const readCase = endpoint({
  method: "GET",
  path: "/cases/:id",
  summary: "Read a case",
  description: "Answers both records side by side.",
  tags: ["cases"],
  roles: caseDeciders,
  tenant: "case",
  params: idParams,
  answers: { 200: supportCase },
  problems: [],
});

export const confirmCase = endpoint({
  method: "POST",
  path: "/cases/:id/confirmation",
  summary: "Confirm a move",
  description:
    "Moves the person to the new entity with account, language, budgets and history, and queues the run that fetches them.",
  tags: ["cases"],
  roles: caseDeciders,
  tenant: "case",
  params: idParams,
  body: z.nullish(caseDecision),
  example: { reason: "Confirmed by HR" },
  answers: { 200: caseDecided },
  problems: ["WRONG_STATE"],
});

export const declineCase = endpoint({
  method: "POST",
  path: "/cases/:id/decline",
  summary: "Decline a move",
  description: "Leaves the person where they are; the issue about the shared address stays open.",
  tags: ["cases"],
  roles: caseDeciders,
  tenant: "case",
  params: idParams,
  body: z.nullish(caseDecision),
  example: { reason: "Two people share the address" },
  answers: { 200: caseDecided },
  problems: ["WRONG_STATE"],
});
