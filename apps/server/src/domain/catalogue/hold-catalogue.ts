import type { ParamKinds } from "./param-kinds.ts";

/** Why a run, a person or a wage is held, and what each reason names. */
export const holdCatalogue = {
  NOBODY_LISTED: { linked: "number" },
  ALL_LINKED_ABSENT: { linked: "number" },
  MANY_ABSENT: { absent: "number", linked: "number", percent: "number", allowed: "number" },
  FIELD_EMPTIED: {
    field: "fields",
    people: "number",
    filledBefore: "number",
    filledNow: "number",
    dropPoints: "number",
  },
  EMAIL_SWAPPED: { otherEmployeeNumber: "text" },
  NUMBER_SWAPPED: { otherEmployeeNumber: "text" },
  PERSON_REPLACED: {},
  MANY_IDENTITIES_CHANGED: { changed: "number", linked: "number" },
  REVERTED: {},
  WAGE_UP: { startDate: "date", factor: "number" },
  WAGE_DOWN: { startDate: "date", factor: "number" },
  WAGE_TYPE_FLIPPED: { startDate: "date" },
  WAGE_REGIME_OVER: { startDate: "date", allowed: "number" },
  WAGE_NSSO_OUTSIDE: { startDate: "date", allowed: "number" },
  WAGE_CONTRACTS_GONE: { contracts: "number" },
} as const satisfies Record<string, ParamKinds>;

export type HoldCode = keyof typeof holdCatalogue;

export function isHoldCode(text: string): text is HoldCode {
  return Object.hasOwn(holdCatalogue, text);
}
