import * as z from "zod/mini";
import { calendarDate, id, instant, pageOf, pageQuery } from "./page.ts";

export const caseStatus = z.enum(["open", "confirmed", "declined", "closed"]);
export type CaseStatus = z.infer<typeof caseStatus>;

/** One of the two records of somebody who seems to have moved; never a wage. */
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

/** Somebody who is listed in one entity with the e-mail of an employee of another entity of the same customer. */
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

/** `GET /cases`: open ones unless another status is asked for. Support sees every customer's, an admin of both entities their own. */
export const caseQuery = z.extend(pageQuery, { status: z.optional(caseStatus) });
export type CaseQuery = z.infer<typeof caseQuery>;

/** `POST /cases/{id}/confirmation`: the person moves, with account, language, budgets and history; `/decline`: they stay, the issue too. */
export const caseDecision = z.object({ reason: z.optional(z.string().check(z.trim(), z.maxLength(500))) });
export type CaseDecision = z.infer<typeof caseDecision>;

/** The case as decided, and the run that fetches the person at their new entity. */
export const caseDecided = z.object({ case: supportCase, runId: z.nullable(id) });
export type CaseDecided = z.infer<typeof caseDecided>;
