import type { Statute, WageType } from "../records/worker.ts";
import { centsOf, compareDecimals } from "../values/decimal.ts";

export interface WageInput {
  statute: Statute | null;
  wageType: WageType | null;
  /** EUR per hour or per month, as `wageType` says, for the person's own regime. */
  grossAmount: string | null;
  /** Q: the person's own contractual hours a week, never a full-timer's. */
  weeklyHours: string | null;
}

export type MonthlyWage =
  | { kind: "monthly_as_sent"; grossMonthly: string }
  | {
      kind: "derived";
      grossMonthly: string;
      /** What it was calculated from, to be shown beside it. */
      hourly: string;
      weeklyHours: string;
      factor: typeof weeksPerMonth;
    }
  /** Blue-collar: an hourly wage stays one, there is no monthly wage. */
  | { kind: "stays_hourly"; grossMonthly: null }
  | { kind: "cannot_convert"; why: "hours_missing" | "statute_unknown" }
  | { kind: "wage_missing" }
  | { kind: "wage_type_unknown" }
  | { kind: "wage_negative" };

/** Weeks in a month: 52 / 12. Never 4.33, which is 0.08 % too little. */
export const weeksPerMonth = "13/3";

/**
 * The monthly gross of a wage contract, rounded half up once, to the cent.
 *
 * The rule of the product: an hourly wage of a white-collar worker is converted to a monthly one (hourly × own weekly hours × 13 / 3),
 * that of a blue-collar worker is not. An unknown statute is never guessed.
 * A wage of zero is a wage (unpaid leave); a negative one is not.
 */
export function deriveMonthly(input: WageInput): MonthlyWage {
  const { statute, wageType, grossAmount, weeklyHours } = input;
  if (grossAmount === null) return { kind: "wage_missing" };
  if (compareDecimals(grossAmount, "0") < 0) return { kind: "wage_negative" };
  if (wageType === null) return { kind: "wage_type_unknown" };
  if (wageType === "monthly") return { kind: "monthly_as_sent", grossMonthly: centsOf([grossAmount]) };
  if (statute === null) return { kind: "cannot_convert", why: "statute_unknown" };
  if (statute === "blue_collar") return { kind: "stays_hourly", grossMonthly: null };
  if (weeklyHours === null || compareDecimals(weeklyHours, "0") <= 0) {
    return { kind: "cannot_convert", why: "hours_missing" };
  }
  return {
    kind: "derived",
    grossMonthly: centsOf([grossAmount, weeklyHours, "13"], "3"),
    hourly: grossAmount,
    weeklyHours,
    factor: weeksPerMonth,
  };
}

/** The monthly gross of a contract, or null when it has none or none can be calculated. */
export function grossMonthlyOf(input: WageInput): string | null {
  const wage = deriveMonthly(input);
  return wage.kind === "monthly_as_sent" || wage.kind === "derived" ? wage.grossMonthly : null;
}
