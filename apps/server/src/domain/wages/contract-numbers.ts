import { canonicalDecimal, compareDecimals } from "../values/decimal.ts";
import type { WageContractRecord } from "../records/worker.ts";

/** The numbers of a contract as sent; null where nothing usable was. */
export interface ContractNumbers {
  grossAmount: string | null;
  weeklyHours: string | null;
  referenceWeeklyHours: string | null;
  workRegimePercentage: string | null;
  employerSocialSecurityPercentage: string | null;
}

export type NumberField = keyof ContractNumbers;

/**
 * Nothing outside these can be meant: below or above it is a slip, not a value. Implausible values within are warned of, and
 * percentages are within whatever they are: a far-out one has to hold the wage, not to fall away beside it.
 */
const limits: Record<NumberField, { min: string; max: string }> = {
  grossAmount: { min: "-999999999", max: "999999999" },
  weeklyHours: { min: "0", max: "168" },
  referenceWeeklyHours: { min: "0", max: "168" },
  workRegimePercentage: { min: "0", max: "1000000000" },
  employerSocialSecurityPercentage: { min: "-1000000000", max: "1000000000" },
};
const fields = [
  "grossAmount",
  "weeklyHours",
  "referenceWeeklyHours",
  "workRegimePercentage",
  "employerSocialSecurityPercentage",
] as const satisfies readonly NumberField[];
/** What the provider's contract allows for an amount. */
const amountDecimalsMax = 4;
/** Hours and percentages are ratios (Q / S × 100): 22 hours of 38 have no end. */
const ratioDecimalsMax = 12;

/** Reads the numbers of a contract record. `unreadable` names those that were sent but cannot be a value of their field. */
export function readNumbers(record: WageContractRecord): {
  sent: ContractNumbers;
  unreadable: NumberField[];
} {
  const sent: ContractNumbers = {
    grossAmount: null,
    weeklyHours: null,
    referenceWeeklyHours: null,
    workRegimePercentage: null,
    employerSocialSecurityPercentage: null,
  };
  const unreadable: NumberField[] = [];
  for (const field of fields) {
    const text = record[field];
    if (text === null) continue;
    const value = canonicalDecimal(text, {
      scaleMax: field === "grossAmount" ? amountDecimalsMax : ratioDecimalsMax,
    });
    if (value !== null && isWithin(value, limits[field])) sent[field] = value;
    else unreadable.push(field);
  }
  return { sent, unreadable };
}

function isWithin(value: string, { min, max }: { min: string; max: string }): boolean {
  return compareDecimals(value, min) >= 0 && compareDecimals(value, max) <= 0;
}

/** The value that was sent, in the spelling we have when it is the same number; what we have when none was sent. */
export function keepNumber(sent: string | null, prior: string | null | undefined): string | null {
  const known = prior ?? null;
  if (sent === null || (known !== null && compareDecimals(sent, known) === 0)) return known;
  return sent;
}
