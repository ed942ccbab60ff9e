import type { EmployeeChange, NewEmployee } from "@payflip/contract/employees.ts";
import type { Language } from "@payflip/contract/page.ts";
import type { PersonValues } from "../domain/records/employee.ts";
import { noOptionalValues, storedPersonFields } from "../domain/records/synced-fields.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import { followEmployeeEmail, insertAccount } from "../access/accounts.sql.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { findConnection } from "../connection/connections.sql.ts";
import {
  deactivateEmployee,
  type EmployeeRecord,
  type EmployeeValues,
  forgetAppliedContent,
  insertEmployee,
  isEmailOfAnotherEmployee,
  lockEmployee,
  reactivateEmployee,
  updateEmployee,
} from "./employees.sql.ts";
import { recordFieldEdits } from "./field-provenance.sql.ts";
import { newId } from "../postgres/ids.ts";
import { endOutlivedLink } from "./links/link-writes.sql.ts";
import { accountStandings } from "./person-facts.sql.ts";
import { rowExists } from "../access/tenant-rows.sql.ts";
import { closeTasksOfEmployee } from "../decisions/tasks.sql.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { render } from "../texts/render.ts";
import { areNewcomersLocked, fieldLocks } from "./field-locks.ts";
import { workerLink, workersLink } from "./my-liantis-links.ts";
import { searchText } from "./search-text.ts";

/** Who writes, when, and how a refusal is to be worded. */
export interface Writing {
  customerId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  at: string;
  language: Language;
  myLiantisUrl: string;
}

/**
 * Changes an employee by hand.
 * @throws Problem FIELD_LOCKED when any of the fields is managed in Liantis: then nothing is written
 */
export async function changeEmployee(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  change: EmployeeChange,
): Promise<void> {
  const { customerId, at } = writing;
  const stored = await lockedEmployee(trx, customerId, employeeId);
  const fields = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  assertUnlocked(stored, fields, writing);
  if (fields.length === 0) return;
  const next = { ...stored, ...withoutUndefined(change) };
  if (next.email !== stored.email) await changeEmail(trx, customerId, next.email, stored);
  await updateEmployee(trx, customerId, employeeId, { ...valuesOf(next), at });
  await recordFieldEdits(trx, {
    ...writing,
    entityId: stored.entityId,
    employeeId,
    fields,
    source: writing.actorKind,
  });
  if (stored.workerId !== null && fields.some((field) => field !== "language")) {
    await forgetAppliedContent(trx, customerId, [employeeId]);
  }
  await audit(trx, writing, stored, "employee.changed");
}

/** @throws Problem ACTION_LOCKED with the reason and the list in MyLiantis, in an entity where everybody comes from Liantis */
export async function assertNewcomersWelcome(
  trx: TenantTransaction,
  { customerId, language, myLiantisUrl }: Pick<Writing, "customerId" | "language" | "myLiantisUrl">,
  entityId: string,
): Promise<void> {
  const connection = await findConnection(trx, customerId, entityId);
  if (connection === undefined) return;
  if (!areNewcomersLocked({ connectionState: connection.state, mode: connection.mode })) return;
  const link = workersLink(myLiantisUrl, connection.enterpriseNumber);
  throw new Problem("ACTION_LOCKED", { members: { reason: render("lock.newcomers", {}, language), link } });
}

/**
 * Adds somebody who is not on Liantis' payroll. They are not invited by it.
 * @throws Problem ACTION_LOCKED in an entity where everybody comes from Liantis
 */
export async function addEmployee(
  trx: TenantTransaction,
  writing: Writing,
  employee: NewEmployee,
): Promise<string> {
  const { customerId, at } = writing;
  const { entityId } = employee;
  if (!(await rowExists(trx, customerId, "entity", entityId))) throw new Problem("NOT_FOUND");
  await assertNewcomersWelcome(trx, writing, entityId);
  const employeeId = newId();
  const accountId = await accountFor(trx, writing, employee);
  const values = valuesOf({ ...noOptionalValues, ...withoutUndefined(employee) });
  const inserted = await insertEmployee(trx, { ...values, customerId, employeeId, entityId, accountId, at });
  if (!inserted) throw emailInUse();
  const fields = [...storedPersonFields];
  await recordFieldEdits(trx, { ...writing, entityId, employeeId, fields, source: writing.actorKind });
  await audit(trx, writing, { entityId, employeeId }, "employee.added");
  return employeeId;
}

/** Ends somebody's employment in Payflip; always possible, whatever Liantis says (seed: end dates are not synchronised). */
export async function deactivate(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  endDate: string,
): Promise<void> {
  const stored = await lockedEmployee(trx, writing.customerId, employeeId);
  if (endDate < stored.startDate) throw invalid("endDate", "before the start date");
  await deactivateEmployee(trx, writing.customerId, employeeId, { at: writing.at, endDate });
  // Whoever is deactivated has been dealt with; nobody needs telling of their contract either.
  await closeTasksOfEmployee(trx, {
    customerId: writing.customerId,
    employeeId,
    kinds: ["leaver", "contract_ending"],
    endedAt: writing.at,
  });
  await audit(trx, writing, stored, "employee.deactivated");
}

/**
 * Takes a deactivation back; always possible too, since a sync never brings anybody back. Who returned under another worker id
 * is matched by e-mail again by the next run.
 * @throws Problem WRONG_STATE when they are not deactivated
 */
export async function reactivate(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
): Promise<void> {
  const { customerId, at } = writing;
  const stored = await lockedEmployee(trx, customerId, employeeId);
  if (stored.deactivatedAt === null) throw new Problem("WRONG_STATE");
  await reactivateEmployee(trx, customerId, employeeId, at);
  // Nothing may have changed at Liantis, and yet there is something to plan.
  await forgetAppliedContent(trx, customerId, [employeeId]);
  const ended = await endOutlivedLink(trx, { customerId, entityId: stored.entityId, employeeId });
  if (ended !== null) await audit(trx, writing, stored, "link.ended");
  await audit(trx, writing, stored, "employee.reactivated");
}

/** @throws Problem FIELD_LOCKED with the reason and the person's page in MyLiantis */
export function assertUnlocked(
  employee: EmployeeRecord,
  fields: string[],
  { language, myLiantisUrl }: Pick<Writing, "language" | "myLiantisUrl">,
): void {
  const { enterpriseNumber, workerId } = employee;
  const link = workerId === null ? null : workerLink(myLiantisUrl, enterpriseNumber, workerId);
  const locks = fieldLocks(employee, { link, language });
  const locked = fields.filter((field) => Object.hasOwn(locks, field));
  if (locked.length === 0) return;
  throw new Problem("FIELD_LOCKED", {
    params: { field: locked.join(", ") },
    members: { reason: render("lock.field", {}, language), link, fields: locked },
  });
}

export async function lockedEmployee(
  trx: TenantTransaction,
  customerId: string,
  employeeId: string,
): Promise<EmployeeRecord> {
  const stored = await lockEmployee(trx, customerId, employeeId);
  if (stored === null) throw new Problem("NOT_FOUND");
  return stored;
}

/** An admin who is also an employee keeps their one account. */
async function accountFor(trx: TenantTransaction, writing: Writing, employee: NewEmployee): Promise<string> {
  const { customerId, at } = writing;
  const { email, firstName, lastName, language } = employee;
  const account = (await accountStandings(trx, customerId, [email])).get(email);
  // What a colleague signs in with is theirs, though they have another address as an employee by now.
  const isOthers = account?.standing === "taken" || (account?.standing === "ours" && account.owner !== null);
  if (isOthers || (await isEmailOfAnotherEmployee(trx, customerId, email, null))) throw emailInUse();
  if (account?.standing === "ours") return account.accountId;
  const accountId = newId();
  const name = `${firstName} ${lastName}`;
  const opened = { accountId, customerId, email, name, language, passwordHash: null, createdAt: at };
  if (!(await insertAccount(trx, opened))) throw emailInUse();
  return accountId;
}

async function changeEmail(
  trx: TenantTransaction,
  customerId: string,
  email: string,
  { employeeId, accountId, invitedAt }: EmployeeRecord,
): Promise<void> {
  const account = (await accountStandings(trx, customerId, [email])).get(email);
  const isOthers =
    account?.standing === "taken" || (account?.standing === "ours" && account.accountId !== accountId);
  if (isOthers || (await isEmailOfAnotherEmployee(trx, customerId, email, employeeId))) throw emailInUse();
  if (invitedAt === null) await followEmployeeEmail(trx, customerId, accountId, email);
}

function emailInUse(): Problem {
  return new Problem("WRONG_STATE", { members: { errors: [{ path: "email", message: "in use" }] } });
}

function invalid(path: string, message: string): Problem {
  return new Problem("INVALID_REQUEST", { members: { errors: [{ path, message }] } });
}

type WithoutUndefined<Values> = { [Key in keyof Values]: Exclude<Values[Key], undefined> };

export function withoutUndefined<Values extends object>(values: Values): WithoutUndefined<Values> {
  const entries = Object.entries(values).filter(([, value]: [string, unknown]) => value !== undefined);
  return Object.fromEntries(entries) as WithoutUndefined<Values>;
}

function valuesOf(person: PersonValues): EmployeeValues {
  return { ...person, searchText: searchText(person) };
}

/** Writes down who did what to an employee. */
export async function audit(
  trx: TenantTransaction,
  { customerId, actorKind, actorId, at }: Writing,
  { entityId, employeeId }: { entityId: string; employeeId: string },
  action: string,
): Promise<void> {
  await recordAudit(trx, {
    customerId,
    actorKind,
    actorId,
    doneAt: at,
    entityId,
    action,
    subject: employeeId,
  });
}
