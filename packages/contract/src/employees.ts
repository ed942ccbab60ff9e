import * as z from "zod/mini";
import { calendarDate, decimal, id, instant, language, pageOf, pageQuery } from "./page.ts";

export const employeeStatus = z.enum(["upcoming", "active", "deactivated"]);
export type EmployeeStatus = z.infer<typeof employeeStatus>;

const employeeFields = {
  id,
  entityId: id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  language,
  startDate: calendarDate,
  employeeNumber: z.nullable(z.string()),
  status: employeeStatus,
  /** Kept the same as a worker at Liantis. */
  linked: z.boolean(),
  invited: z.boolean(),
};

/** A person at one entity, as lists show them. */
export const employee = z.object(employeeFields);
employee.register(z.globalRegistry, { id: "Employee" });
export type Employee = z.infer<typeof employee>;

export const employeePage = pageOf(employee);

/** Why a field cannot be changed here, and where it can: a page of MyLiantis. */
export const fieldLock = z.object({ reason: z.string(), link: z.nullable(z.string()) });
export type FieldLock = z.infer<typeof fieldLock>;

/** Who wrote a field last. */
export const fieldProvenance = z.object({
  source: z.enum(["liantis", "account", "api_key", "payflip"]),
  runId: z.nullable(id),
  at: instant,
});

/** One employee: with what is locked, and where every field comes from. */
export const employeeDetail = z.object({
  ...employeeFields,
  /** Last day, inclusive; set when somebody deactivates the employee. Never synchronised. */
  endDate: z.nullable(calendarDate),
  workerId: z.nullable(z.string()),
  /** The person's page in MyLiantis, when they are linked. */
  liantisLink: z.nullable(z.string()),
  locks: z.record(z.string(), fieldLock),
  provenance: z.record(z.string(), fieldProvenance),
});
employeeDetail.register(z.globalRegistry, { id: "EmployeeDetail" });
export type EmployeeDetail = z.infer<typeof employeeDetail>;

/** `GET /employees`: `q` looks in names, e-mail and employee number, whatever the accents. */
export const employeeQuery = z.extend(pageQuery, {
  entityId: z.optional(id),
  q: z.optional(z.string().check(z.maxLength(200))),
  status: z.optional(employeeStatus),
});
export type EmployeeQuery = z.infer<typeof employeeQuery>;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email());
const employeeNumber = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(64)));

/** `POST /employees`: somebody who is not on Liantis' payroll, by hand. */
export const newEmployee = z.object({
  entityId: id,
  firstName: name,
  lastName: name,
  email,
  language,
  startDate: calendarDate,
  employeeNumber: z.optional(employeeNumber),
});
export type NewEmployee = z.infer<typeof newEmployee>;

/** `PATCH /employees/{id}`: only the fields that change. A field that is not one of these is refused. */
export const employeeChange = z.strictObject({
  firstName: z.optional(name),
  lastName: z.optional(name),
  email: z.optional(email),
  language: z.optional(language),
  startDate: z.optional(calendarDate),
  employeeNumber: z.optional(employeeNumber),
});
export type EmployeeChange = z.infer<typeof employeeChange>;

/** `POST /employees/{id}/deactivation`. */
export const deactivation = z.object({ endDate: calendarDate });
export type Deactivation = z.infer<typeof deactivation>;

export const wageType = z.enum(["hourly", "monthly"]);
export type WageType = z.infer<typeof wageType>;

/** How `grossMonthly` came about. White-collar hourly wages: hourly × weekly hours × 13 / 3, rounded half up once, to the cent. */
export const wageDerivation = z.object({
  kind: z.enum(["sent_monthly", "hourly_to_monthly", "stays_hourly", "not_possible"]),
  grossAmount: z.nullable(decimal),
  weeklyHours: z.nullable(decimal),
  /** The same in words, in the language of `Accept-Language`. */
  text: z.string(),
});
export type WageDerivation = z.infer<typeof wageDerivation>;

/** A wage contract: what Liantis sent and what we derived. Percentages are percents, hours are decimal. */
export const wageContract = z.object({
  /** Liantis' id of the contract; one of ours for a contract that was entered by hand. */
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

/** Writes of wage contracts by hand: for people who are not linked. */
export const newWageContract = z.object({
  wageType,
  grossAmount: decimal,
  startDate: calendarDate,
  endDate: z.optional(z.nullable(calendarDate)),
  weeklyHours: z.optional(z.nullable(decimal)),
  workRegimePercentage: z.optional(z.nullable(decimal)),
  employerSocialSecurityPercentage: z.optional(z.nullable(decimal)),
});
export type NewWageContract = z.infer<typeof newWageContract>;
