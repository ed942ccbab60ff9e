import * as z from "zod/mini";
import { issue } from "./issues.ts";
import { id, instant } from "./page.ts";
import { change, hold } from "./syncs.ts";
import { task } from "./tasks.ts";

/** One step of what the last run did with a person, in the order in which a run works. */
export const explanationStep = z.object({
  step: z.enum(["fetched", "in_scope", "matched", "written", "held", "next"]),
  result: z.enum(["yes", "no", "partly", "not_applicable"]),
  /** In words, in the language of `Accept-Language`. */
  text: z.string(),
});
export type ExplanationStep = z.infer<typeof explanationStep>;

/** `GET /employees/{id}/liantis`: how somebody stands with Liantis, from the last run, without asking Liantis. */
export const explanation = z.object({
  employeeId: id,
  workerId: z.nullable(z.string()),
  linkedAt: z.nullable(instant),
  /** Since when Liantis does not list them any more. */
  absentSince: z.nullable(instant),
  /** The run that looked at them last. */
  runId: z.nullable(id),
  lookedAt: z.nullable(instant),
  /** Everything that matters now, in one sentence. */
  summary: z.string(),
  steps: z.array(explanationStep),
  changes: z.array(change),
  holds: z.array(hold),
  issues: z.array(issue),
  tasks: z.array(task),
  nextRunAt: z.nullable(instant),
  liantisLink: z.nullable(z.string()),
  /** Whether `POST /employees/{id}/liantis/check` would do something. */
  canCheck: z.boolean(),
});
explanation.register(z.globalRegistry, { id: "Explanation" });
export type Explanation = z.infer<typeof explanation>;
