import * as z from "zod/mini";
import { calendarDate, id, instant, pageOf, pageQuery } from "./page.ts";

/** `released`: was selected and is not updated any more; counts as excluded and is not asked about again. */
export const choice = z.enum(["selected", "excluded", "waiting", "released"]);
export type Choice = z.infer<typeof choice>;

/** What choosing somebody would do: a new employee, one who is in Payflip already, or nothing until an issue is put right. */
export const candidateMatch = z.enum(["new", "existing", "issue"]);
export type CandidateMatch = z.infer<typeof candidateMatch>;

/** Somebody Liantis lists, to choose from. No wage, and gone a week after the list was opened. */
export const candidate = z.object({
  workerId: z.string(),
  firstName: z.nullable(z.string()),
  lastName: z.nullable(z.string()),
  email: z.nullable(z.string()),
  employeeNumber: z.nullable(z.string()),
  startDate: z.nullable(calendarDate),
  /** Null: nobody chose yet (before the first confirmation, or newly listed). */
  choice: z.nullable(choice),
  match: candidateMatch,
  /** Of `issue`: the code of the catalogue, and what to do in words. */
  issueCode: z.nullable(z.string()),
  remedy: z.nullable(z.string()),
  /** Of `existing`: who they are in Payflip. */
  employeeId: z.nullable(id),
});
candidate.register(z.globalRegistry, { id: "Candidate" });
export type Candidate = z.infer<typeof candidate>;

export const candidatePage = z.extend(pageOf(candidate), {
  /** When Liantis was asked. */
  fetchedAt: instant,
  /** How many of the whole list are selected, excluded (released ones too) and waiting. */
  chosen: z.object({ selected: z.int(), excluded: z.int(), waiting: z.int() }),
});
export type CandidatePage = z.infer<typeof candidatePage>;

/** `GET /entities/{id}/liantis/candidates`; `refresh=true` asks Liantis again. */
export const candidateQuery = z.extend(pageQuery, {
  q: z.optional(z.string().check(z.maxLength(200))),
  match: z.optional(candidateMatch),
  choice: z.optional(choice),
  refresh: z.optional(z.enum(["true", "false"])),
});
export type CandidateQuery = z.infer<typeof candidateQuery>;

const workerIds = z._default(
  z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(100_000)),
  [],
);

/** `POST /entities/{id}/liantis/choices`. */
export const choices = z.object({ select: workerIds, exclude: workerIds, release: workerIds });
export type Choices = z.infer<typeof choices>;

/** The run that carries it out; null where nobody is to be fetched. */
export const choicesMade = z.object({ runId: z.nullable(id) });
export type ChoicesMade = z.infer<typeof choicesMade>;
