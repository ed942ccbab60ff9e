import * as z from "zod/mini";
import { admins } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { idParams } from "./page.ts";

/**
 * The range of each threshold of the guards. People and percents are whole numbers; the factor has at most two decimals. Outside
 * these ranges a guard would stop everything, or nothing.
 */
export const thresholdBounds = {
  absentMax: { min: 0, max: 1000, step: 1 },
  absentPercentMax: { min: 0, max: 100, step: 1 },
  coverageBeforePercentMin: { min: 50, max: 100, step: 1 },
  coverageDropPointsMax: { min: 0, max: 100, step: 1 },
  coverageDropPeopleMin: { min: 1, max: 1000, step: 1 },
  identityPeopleMin: { min: 2, max: 1000, step: 1 },
  identityPercentMax: { min: 0, max: 100, step: 1 },
  wageFactorMax: { min: 1.05, max: 20, step: 0.01 },
  regimePercentMax: { min: 100, max: 300, step: 1 },
  nssoPercentMax: { min: 30, max: 100, step: 1 },
} as const;
export type ThresholdName = keyof typeof thresholdBounds;

/** Null, or left out: the usual threshold. */
function ownThreshold(name: ThresholdName) {
  const { min, max, step } = thresholdBounds[name];
  return z.optional(z.nullable(z.number().check(z.minimum(min), z.maximum(max), z.multipleOf(step))));
}

/** All thresholds at once. */
export const newThresholds = z.strictObject({
  absentMax: ownThreshold("absentMax"),
  absentPercentMax: ownThreshold("absentPercentMax"),
  coverageBeforePercentMin: ownThreshold("coverageBeforePercentMin"),
  coverageDropPointsMax: ownThreshold("coverageDropPointsMax"),
  coverageDropPeopleMin: ownThreshold("coverageDropPeopleMin"),
  identityPeopleMin: ownThreshold("identityPeopleMin"),
  identityPercentMax: ownThreshold("identityPercentMax"),
  wageFactorMax: ownThreshold("wageFactorMax"),
  regimePercentMax: ownThreshold("regimePercentMax"),
  nssoPercentMax: ownThreshold("nssoPercentMax"),
});
export type NewThresholds = z.infer<typeof newThresholds>;

/** One threshold: the connection's own value or null, the usual value, and the range. */
export const threshold = z.object({
  value: z.nullable(z.number()),
  usual: z.number(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
});
threshold.register(z.globalRegistry, { id: "Threshold" });
export type Threshold = z.infer<typeof threshold>;

/** From which value on each guard holds. */
export const thresholds = z.object({
  absentMax: threshold,
  absentPercentMax: threshold,
  coverageBeforePercentMin: threshold,
  coverageDropPointsMax: threshold,
  coverageDropPeopleMin: threshold,
  identityPeopleMin: threshold,
  identityPercentMax: threshold,
  wageFactorMax: threshold,
  regimePercentMax: threshold,
  nssoPercentMax: threshold,
});
thresholds.register(z.globalRegistry, { id: "Thresholds" });
export type Thresholds = z.infer<typeof thresholds>;

export const readThresholds = endpoint({
  method: "GET",
  path: "/entities/:id/liantis/thresholds",
  summary: "Read the thresholds of the safety checks",
  description: "Answers each threshold: the connection's own value, the usual one and the range.",
  tags: ["thresholds"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  answers: { 200: thresholds },
  problems: [],
});

export const changeThresholds = endpoint({
  method: "PUT",
  path: "/entities/:id/liantis/thresholds",
  summary: "Set the thresholds of the safety checks",
  description:
    "Sets all thresholds at once; one that is null or left out becomes the usual one. They count from the next run on.",
  tags: ["thresholds"],
  roles: admins,
  tenant: "entity",
  params: idParams,
  body: newThresholds,
  example: { absentMax: 5, wageFactorMax: 1.75 },
  answers: { 200: thresholds },
  problems: [],
});
