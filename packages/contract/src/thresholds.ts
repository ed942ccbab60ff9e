import * as z from "zod/mini";

/**
 * How far each limit of the guards may be moved. People and percents are whole numbers; the factor has at most two decimals. Beyond
 * these a guard would stop everything, or nothing.
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

/** Null, or not named at all: the usual limit. */
function own(name: ThresholdName) {
  const { min, max, step } = thresholdBounds[name];
  return z.optional(z.nullable(z.number().check(z.minimum(min), z.maximum(max), z.multipleOf(step))));
}

/** `PUT /entities/{id}/liantis/thresholds`: all limits at once. */
export const newThresholds = z.strictObject({
  absentMax: own("absentMax"),
  absentPercentMax: own("absentPercentMax"),
  coverageBeforePercentMin: own("coverageBeforePercentMin"),
  coverageDropPointsMax: own("coverageDropPointsMax"),
  coverageDropPeopleMin: own("coverageDropPeopleMin"),
  identityPeopleMin: own("identityPeopleMin"),
  identityPercentMax: own("identityPercentMax"),
  wageFactorMax: own("wageFactorMax"),
  regimePercentMax: own("regimePercentMax"),
  nssoPercentMax: own("nssoPercentMax"),
});
export type NewThresholds = z.infer<typeof newThresholds>;

/** A limit as it stands: the connection's own or null, the usual one, and how far it may be moved. */
export const threshold = z.object({
  value: z.nullable(z.number()),
  usual: z.number(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
});
threshold.register(z.globalRegistry, { id: "Threshold" });
export type Threshold = z.infer<typeof threshold>;

/** `GET /entities/{id}/liantis/thresholds`: from where on a guard holds something back. */
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
