import * as z from "zod/mini";
import { admins, readers } from "./access.ts";
import { endpoint } from "./endpoint.ts";
import { calendarDate, enteredDate, id, idParams, instant, language, pageOf, pageQuery } from "./page.ts";

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
  /** Linked to a worker at Liantis. */
  linked: z.boolean(),
  invited: z.boolean(),
};

/** A person at one entity, as lists show them. */
export const employee = z.object(employeeFields);
employee.register(z.globalRegistry, { id: "Employee" });
export type Employee = z.infer<typeof employee>;

export const employeePage = pageOf(employee);

/** Why a field cannot be changed here, and the page of MyLiantis where it can. */
export const fieldLock = z.object({ reason: z.string(), link: z.nullable(z.string()) });
export type FieldLock = z.infer<typeof fieldLock>;

/** The last write of a field: by whom or what, and when. */
export const fieldProvenance = z.object({
  source: z.enum(["liantis", "account", "api_key", "payflip"]),
  runId: z.nullable(id),
  at: instant,
});

/** One employee, with the locked fields and where each field comes from. */
export const employeeDetail = z.object({
  ...employeeFields,
  /** Last day, inclusive; set by a deactivation and never synchronised. */
  endDate: z.nullable(calendarDate),
  workerId: z.nullable(z.string()),
  /** The page of a linked person in MyLiantis. */
  liantisLink: z.nullable(z.string()),
  locks: z.record(z.string(), fieldLock),
  provenance: z.record(z.string(), fieldProvenance),
});
employeeDetail.register(z.globalRegistry, { id: "EmployeeDetail" });
export type EmployeeDetail = z.infer<typeof employeeDetail>;

/** `q` searches names, e-mail and employee number, and ignores accents. */
export const employeeQuery = z.extend(pageQuery, {
  entityId: z.optional(id),
  q: z.optional(z.string().check(z.maxLength(200))),
  status: z.optional(employeeStatus),
});
export type EmployeeQuery = z.infer<typeof employeeQuery>;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(320), z.email());
const employeeNumber = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(64)));

export const newEmployee = z.object({
  entityId: id,
  firstName: name,
  lastName: name,
  email,
  language,
  startDate: enteredDate,
  employeeNumber: z.optional(employeeNumber),
});
export type NewEmployee = z.infer<typeof newEmployee>;

/** Only the fields that change. Any other field is refused. */
export const employeeChange = z.strictObject({
  firstName: z.optional(name),
  lastName: z.optional(name),
  email: z.optional(email),
  language: z.optional(language),
  startDate: z.optional(enteredDate),
  employeeNumber: z.optional(employeeNumber),
});
export type EmployeeChange = z.infer<typeof employeeChange>;

export const deactivation = z.object({ endDate: enteredDate });
export type Deactivation = z.infer<typeof deactivation>;

export const listEmployees = endpoint({
  method: "GET",
  path: "/employees",
  summary: "List the employees",
  description: "Lists the people of the entities that the caller may enter, by name.",
  tags: ["employees"],
  roles: readers,
  tenant: "customer",
  query: employeeQuery,
  answers: { 200: employeePage },
  problems: ["NOT_FOUND"],
});

export const readEmployee = endpoint({
  method: "GET",
  path: "/employees/:id",
  summary: "Read an employee",
  description: "Answers one person, with the locked fields and where each field comes from.",
  tags: ["employees"],
  roles: readers,
  tenant: "employee",
  params: idParams,
  answers: { 200: employeeDetail },
  problems: [],
});

export const createEmployee = endpoint({
  method: "POST",
  path: "/employees",
  summary: "Add an employee by hand",
  description: "Adds a person who is not on the payroll of Liantis. An entity in full mode refuses it.",
  tags: ["employees"],
  roles: admins,
  tenant: "customer",
  body: newEmployee,
  example: {
    entityId: "0199aaaa-0000-7000-8000-000000000002",
    firstName: "An",
    lastName: "Peeters",
    email: "an.peeters@brouwerij.example",
    language: "nl",
    startDate: "2026-11-01",
  },
  answers: { 201: employeeDetail },
  problems: ["NOT_FOUND", "ACTION_LOCKED", "WRONG_STATE"],
});

export const changeEmployee = endpoint({
  method: "PATCH",
  path: "/employees/:id",
  summary: "Change an employee",
  description: "Changes the fields that the body names. Nothing is written when one of them is locked.",
  tags: ["employees"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  body: employeeChange,
  example: { language: "fr" },
  answers: { 200: employeeDetail },
  problems: ["FIELD_LOCKED", "WRONG_STATE"],
});

export const deactivateEmployee = endpoint({
  method: "POST",
  path: "/employees/:id/deactivation",
  summary: "Deactivate an employee",
  description: "Ends the employment in Payflip after `endDate`, also for a linked person.",
  tags: ["employees"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  body: deactivation,
  example: { endDate: "2026-12-31" },
  answers: { 200: employeeDetail },
  problems: [],
});

export const reactivateEmployee = endpoint({
  method: "POST",
  path: "/employees/:id/reactivation",
  summary: "Reactivate an employee",
  description: "Takes a deactivation back.",
  tags: ["employees"],
  roles: admins,
  tenant: "employee",
  params: idParams,
  answers: { 200: employeeDetail },
  problems: ["WRONG_STATE"],
});
