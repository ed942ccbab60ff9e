import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint, manyIdsLimit } from "./endpoint.ts";
import { calendarDate, id, idParams, instant, pageOf, pageQuery, workerIds } from "./page.ts";

/** `released`: was selected and is not updated any more; counts as excluded and is not asked about again. */
export const choice = z.enum(["selected", "excluded", "waiting", "released"]);
export type Choice = z.infer<typeof choice>;

/** What selecting a candidate would do: a new employee, one who is in Payflip already, or nothing until an issue is solved. */
export const candidateMatch = z.enum(["new", "existing", "issue"]);
export type CandidateMatch = z.infer<typeof candidateMatch>;

/** A person whom Liantis lists, to choose from. It has no wage and is deleted a week after the list was fetched. */
export const candidate = z.object({
  workerId: z.string(),
  firstName: z.nullable(z.string()),
  lastName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  startDate: z.nullable(calendarDate),
  /** Null before the first choice: before the first confirmation, or newly listed. */
  choice: z.nullable(choice),
  match: candidateMatch,
  /** With `issue`: its code, and what to do in words. */
  issueCode: z.nullable(z.string()),
  remedy: z.nullable(z.string()),
  /** With `existing`: the employee in Payflip. */
  employeeId: z.nullable(id),
});
candidate.register(z.globalRegistry, { id: "Candidate" });
export type Candidate = z.infer<typeof candidate>;

export const candidatePage = z.extend(pageOf(candidate), {
  /** When the list was fetched from Liantis. */
  fetchedAt: instant,
  /** How many of the whole list are selected, excluded (released ones too) and waiting. */
  chosen: z.object({ selected: z.int(), excluded: z.int(), waiting: z.int() }),
});
export type CandidatePage = z.infer<typeof candidatePage>;

/** `refresh=true` fetches the list from Liantis again. */
export const candidateQuery = z.extend(pageQuery, {
  q: z.optional(z.string().check(z.maxLength(200))),
  match: z.optional(candidateMatch),
  choice: z.optional(choice),
  refresh: z.optional(z.enum(["true", "false"])),
});
export type CandidateQuery = z.infer<typeof candidateQuery>;

const chosenIds = z._default(workerIds, []);

export const choices = z.object({ select: chosenIds, exclude: chosenIds, release: chosenIds });
export type Choices = z.infer<typeof choices>;

/** The run that carries the choices out; null when there is nothing to fetch. */
export const choicesMade = z.object({ runId: z.nullable(id) });
export type ChoicesMade = z.infer<typeof choicesMade>;

export const listCandidates = endpoint({
  method: "GET",
  path: "/entities/:id/liantis/candidates",
  summary: "List the people to choose from",
  description:
    "Lists the people whom Liantis lists for the entity, and what selecting each would do. The list is kept for a week; a cursor of a list that was fetched again is refused.",
  tags: ["candidates"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  query: candidateQuery,
  answers: { 200: candidatePage },
  problems: ["NOT_AVAILABLE", "WRONG_STATE", "LIANTIS_UNAVAILABLE"],
});

export const makeChoices = endpoint({
  method: "POST",
  path: "/entities/:id/liantis/choices",
  summary: "Select, exclude or release people",
  description: "Stores the choices in selective mode and queues the run that carries them out.",
  tags: ["candidates"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: choices,
  example: { select: ["w-1003"], exclude: ["w-1004"], release: [] },
  bodyLimit: manyIdsLimit,
  answers: { 202: choicesMade },
  problems: ["NOT_AVAILABLE", "WRONG_STATE"],
});
