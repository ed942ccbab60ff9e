import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { hold } from "./holds.ts";
import { issue } from "./issues.ts";
import { id, idParams, instant } from "./page.ts";
import { change } from "./syncs.ts";
import { task } from "./tasks.ts";

/** One step of what the last run did with a person; the steps are in the order of a run. */
export const explanationStep = z.object({
  step: z.enum(["fetched", "in_scope", "matched", "written", "held", "next"]),
  result: z.enum(["yes", "no", "partly", "not_applicable"]),
  /** In words, in the language of `Accept-Language`. */
  text: z.string(),
});
export type ExplanationStep = z.infer<typeof explanationStep>;

/** What the last run did with a person and why, from what is stored. */
export const explanation = z.object({
  employeeId: id,
  workerId: z.nullable(z.string()),
  linkedAt: z.nullable(instant),
  /** Since when Liantis no longer lists the person. */
  absentSince: z.nullable(instant),
  /** The last run that read the person. */
  runId: z.nullable(id),
  lookedAt: z.nullable(instant),
  /** What matters now, in one sentence. */
  summary: z.string(),
  steps: z.array(explanationStep),
  changes: z.array(change),
  holds: z.array(hold),
  issues: z.array(issue),
  tasks: z.array(task),
  nextRunAt: z.nullable(instant),
  liantisLink: z.nullable(z.string()),
  /** Whether the person can be checked now. */
  canCheck: z.boolean(),
});
explanation.register(z.globalRegistry, { id: "Explanation" });
export type Explanation = z.infer<typeof explanation>;

export const explainEmployee = endpoint({
  method: "GET",
  path: "/employees/:id/liantis",
  summary: "Explain a person",
  description:
    "Says whether the last run fetched and matched the person, what it changed, what is held and why, and what comes next. Liantis is not called.",
  tags: ["employees"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  answers: { 200: explanation },
  problems: [],
});
