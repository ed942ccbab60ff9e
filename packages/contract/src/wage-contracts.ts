import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint, nothing } from "./endpoint.ts";
import {
  calendarDate,
  decimal,
  enteredAmount,
  enteredDate,
  enteredPercentage,
  enteredWeeklyHours,
  idParams,
  pageOf,
  pageQuery,
} from "./page.ts";

export const wageType = z.enum(["hourly", "monthly"]);
export type WageType = z.infer<typeof wageType>;

/** How `grossMonthly` was calculated. White-collar hourly wages: hourly × weekly hours × 13 / 3, rounded half up once, to the cent. */
export const wageDerivation = z.object({
  kind: z.enum(["sent_monthly", "hourly_to_monthly", "stays_hourly", "not_possible"]),
  grossAmount: z.nullable(decimal),
  weeklyHours: z.nullable(decimal),
  /** The same in words, in the language of `Accept-Language`. */
  text: z.string(),
});
export type WageDerivation = z.infer<typeof wageDerivation>;

/** A wage contract as Liantis sent it, with what we derived. Percentages are percents, hours are decimal. */
export const wageContract = z.object({
  /** The id at Liantis; one of ours for a contract that was entered by hand. */
  providerContractId: z.string(),
  wageType: z.nullable(wageType),
  grossAmount: z.nullable(decimal),
  /** EUR a month with exactly 2 decimals, or null when there is no monthly wage. */
  grossMonthly: z.nullable(decimal),
  derivation: z.nullable(wageDerivation),
  startDate: z.nullable(calendarDate),
  endDate: z.nullable(calendarDate),
  weeklyHours: z.nullable(decimal),
  workRegimePercentage: z.nullable(decimal),
  employerSocialSecurityPercentage: z.nullable(decimal),
  current: z.boolean(),
  /** Liantis no longer lists it: kept as history, never current. */
  withdrawn: z.boolean(),
});
wageContract.register(z.globalRegistry, { id: "WageContract" });
export type WageContract = z.infer<typeof wageContract>;

export const wageContractPage = pageOf(wageContract);

export const newWageContract = z.object({
  wageType,
  grossAmount: enteredAmount,
  startDate: enteredDate,
  endDate: z.optional(z.nullable(enteredDate)),
  weeklyHours: z.optional(z.nullable(enteredWeeklyHours)),
  workRegimePercentage: z.optional(z.nullable(enteredPercentage)),
  employerSocialSecurityPercentage: z.optional(z.nullable(enteredPercentage)),
});
export type NewWageContract = z.infer<typeof newWageContract>;

const contractParams = z.object({
  ...idParams.shape,
  contractId: z.string().check(z.minLength(1), z.maxLength(64)),
});

export const listWageContracts = endpoint({
  method: "GET",
  path: "/employees/:id/wage-contracts",
  summary: "List the wage contracts of an employee",
  description: "Lists every wage contract, and which one is current today.",
  tags: ["wage contracts"],
  roles: readers,
  tenant: "employee",
  wages: true,
  params: idParams,
  query: pageQuery,
  answers: { 200: wageContractPage },
  problems: [],
});

export const createWageContract = endpoint({
  method: "POST",
  path: "/employees/:id/wage-contracts",
  summary: "Add a wage contract by hand",
  description: "Adds a wage contract to a person who is not linked. A linked person's come from Liantis.",
  tags: ["wage contracts"],
  roles: admins,
  tenant: "employee",
  wages: true,
  params: idParams,
  body: newWageContract,
  example: { wageType: "monthly", grossAmount: "3318.03", startDate: "2026-11-01", weeklyHours: "38" },
  answers: { 201: wageContract },
  problems: ["FIELD_LOCKED"],
});

export const changeWageContract = endpoint({
  method: "PATCH",
  path: "/employees/:id/wage-contracts/:contractId",
  summary: "Change a wage contract",
  description:
    "Is always refused: remove a contract that was entered by hand and add another, and change one of Liantis in MyLiantis.",
  tags: ["wage contracts"],
  roles: admins,
  tenant: "employee",
  wages: true,
  params: contractParams,
  answers: {},
  problems: ["FIELD_LOCKED", "WRONG_STATE"],
});

export const deleteWageContract = endpoint({
  method: "DELETE",
  path: "/employees/:id/wage-contracts/:contractId",
  summary: "Remove a wage contract",
  description: "Removes a wage contract that was entered by hand.",
  tags: ["wage contracts"],
  roles: admins,
  tenant: "employee",
  wages: true,
  params: contractParams,
  answers: { 204: nothing },
  problems: ["FIELD_LOCKED"],
});
