import type { NewThresholds, Threshold, ThresholdName, Thresholds } from "@payflip/contract/thresholds.ts";

/** The thresholds, in the order in which a run checks them. */
export const groups = {
  listing: [
    "absentMax",
    "absentPercentMax",
    "coverageBeforePercentMin",
    "coverageDropPointsMax",
    "coverageDropPeopleMin",
  ],
  people: ["identityPeopleMin", "identityPercentMax"],
  wages: ["wageFactorMax", "regimePercentMax", "nssoPercentMax"],
} as const satisfies Record<string, readonly ThresholdName[]>;

const names: readonly ThresholdName[] = Object.values(groups).flat();

/** The text of each field: the threshold in force, in the decimal notation of the reader, without thousands separators. */
export type Typed = Record<ThresholdName, string>;

export function fieldsOf(thresholds: Thresholds, say: (value: number) => string): Typed {
  const typed = names.map((name) => [name, say(thresholds[name].value ?? thresholds[name].usual)]);
  return Object.fromEntries(typed) as Typed;
}

/** A number typed in any of the languages; undefined where it is no number or out of bounds. */
export function readNumber(
  typed: string,
  { min, max, step }: Pick<Threshold, "min" | "max" | "step">,
): number | undefined {
  const plain = typed.replaceAll(/[\s\u202f\u00a0]/g, "").replace(",", ".");
  const pattern = step === 1 ? /^\d+$/ : /^\d+(?:\.\d{1,2})?$/;
  if (!pattern.test(plain)) return undefined;
  const value = Number(plain);
  return value >= min && value <= max ? value : undefined;
}

/** The thresholds that differ from the defaults; a blank field means the default. */
export function ownOf(typed: Typed, thresholds: Thresholds): NewThresholds {
  return Object.fromEntries(
    names.map((name) => {
      const value = readNumber(typed[name], thresholds[name]) ?? null;
      return [name, value === thresholds[name].usual ? null : value];
    }),
  );
}
