import type { EmployeeChange, NewEmployee } from "@payflip/contract/employees.ts";
import type { Language } from "@payflip/contract/page.ts";
import { followEmployeeEmail, insertAccount } from "../access/accounts.sql.ts";
import { rowExists } from "../access/tenant-rows.sql.ts";
import { findConnection } from "../connection/connections.sql.ts";
import { closeTasksOfEmployee } from "../decisions/tasks.sql.ts";
import { Problem } from "../domain/catalogue/problem.ts";
import type { PersonValues } from "../domain/records/employee.ts";
import { noOptionalValues, storedPersonFields } from "../domain/records/synced-fields.ts";
import { recordAudit } from "../postgres/audit.sql.ts";
import { newId } from "../postgres/ids.ts";
import type { TenantTransaction } from "../postgres/transaction.ts";
import { render } from "../texts/render.ts";
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
import { fieldLocks, isAddingLocked } from "./field-locks.ts";
import { recordFieldEdits } from "./field-provenance.sql.ts";
import { endLinkOfRehired } from "./links/link-writes.sql.ts";
import { workerLink, workersLink } from "./my-liantis-links.ts";
import { findAccountsByEmail } from "./person-facts.sql.ts";
import { searchText } from "./search-text.ts";

/** A write by hand: the actor, the instant, and what a refusal is worded with. */
export interface Writing {
  customerId: string;
  actorKind: "account" | "api_key";
  actorId: string;
  now: string;
  language: Language;
  myLiantisUrl: string;
}

/**
 * Changes an employee by hand.
 * @throws Problem FIELD_LOCKED when one of the fields is managed in Liantis; nothing is written then
 */
export async function changeEmployee(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  change: EmployeeChange,
): Promise<void> {
  const { customerId, now } = writing;
  const stored = await lockedEmployee(trx, customerId, employeeId);
  const fields = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  assertUnlocked(stored, fields, writing);
  if (fields.length === 0) return;
  const next = { ...stored, ...withoutUndefined(change) };
  if (next.email !== stored.email) await changeEmail(trx, customerId, next.email, stored);
  await updateEmployee(trx, customerId, employeeId, { ...valuesOf(next), updatedAt: now });
  await recordFieldEdits(trx, {
    customerId,
    entityId: stored.entityId,
    employeeId,
    fields,
    source: writing.actorKind,
    editedAt: now,
  });
  if (stored.workerId !== null && fields.some((field) => field !== "language")) {
    await forgetAppliedContent(trx, customerId, [employeeId]);
  }
  await auditEmployee(trx, writing, stored, "employee.changed");
}

/** @throws Problem ACTION_LOCKED with the reason and the list in MyLiantis, in an entity whose connection is in full mode */
export async function assertAddingAllowed(
  trx: TenantTransaction,
  { customerId, language, myLiantisUrl }: Pick<Writing, "customerId" | "language" | "myLiantisUrl">,
  entityId: string,
): Promise<void> {
  const connection = await findConnection(trx, customerId, entityId);
  if (connection === undefined) return;
  if (!isAddingLocked({ connectionState: connection.state, mode: connection.mode })) return;
  const link = workersLink(myLiantisUrl, connection.enterpriseNumber);
  throw new Problem("ACTION_LOCKED", { members: { reason: render("lock.newcomers", {}, language), link } });
}

/**
 * Adds an employee by hand, without inviting them.
 * @throws Problem ACTION_LOCKED in an entity whose connection is in full mode
 */
export async function addEmployee(
  trx: TenantTransaction,
  writing: Writing,
  employee: NewEmployee,
): Promise<string> {
  const { customerId, now } = writing;
  const { entityId } = employee;
  if (!(await rowExists(trx, customerId, "entity", entityId))) throw new Problem("NOT_FOUND");
  await assertAddingAllowed(trx, writing, entityId);
  const employeeId = newId();
  const accountId = await findOrOpenAccount(trx, writing, employee);
  const values = valuesOf({ ...noOptionalValues, ...withoutUndefined(employee) });
  const inserted = await insertEmployee(trx, {
    ...values,
    customerId,
    employeeId,
    entityId,
    accountId,
    createdAt: now,
  });
  if (!inserted) throw emailInUse();
  const fields = [...storedPersonFields];
  await recordFieldEdits(trx, {
    customerId,
    entityId,
    employeeId,
    fields,
    source: writing.actorKind,
    editedAt: now,
  });
  await auditEmployee(trx, writing, { entityId, employeeId }, "employee.added");
  return employeeId;
}

/** Ends an employment in Payflip. It is always possible, because the end of employment is not synchronised (seed). */
export async function deactivate(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
  endDate: string,
): Promise<void> {
  const stored = await lockedEmployee(trx, writing.customerId, employeeId);
  if (endDate < stored.startDate) throw invalid("endDate", "before the start date");
  await deactivateEmployee(trx, writing.customerId, employeeId, { deactivatedAt: writing.now, endDate });
  // After the deactivation these tasks need no decision any more.
  await closeTasksOfEmployee(trx, {
    customerId: writing.customerId,
    employeeId,
    kinds: ["leaver", "contract_ending"],
    endedAt: writing.now,
  });
  await auditEmployee(trx, writing, stored, "employee.deactivated");
}

/**
 * Reactivates an employee. It is always possible, because a sync never reactivates. A person who returned under another worker id
 * is matched by e-mail in the next run.
 * @throws Problem WRONG_STATE when they are not deactivated
 */
export async function reactivate(
  trx: TenantTransaction,
  writing: Writing,
  employeeId: string,
): Promise<void> {
  const { customerId, now } = writing;
  const stored = await lockedEmployee(trx, customerId, employeeId);
  if (stored.deactivatedAt === null) throw new Problem("WRONG_STATE");
  await reactivateEmployee(trx, customerId, employeeId, now);
  // The next run must plan the person even if Liantis sends the same as before.
  await forgetAppliedContent(trx, customerId, [employeeId]);
  const ended = await endLinkOfRehired(trx, { customerId, entityId: stored.entityId, employeeId });
  if (ended !== null) await auditEmployee(trx, writing, stored, "link.ended");
  await auditEmployee(trx, writing, stored, "employee.reactivated");
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

/** Finds the account of the e-mail, or opens one. An admin who is also an employee keeps their one account. */
async function findOrOpenAccount(
  trx: TenantTransaction,
  writing: Writing,
  employee: NewEmployee,
): Promise<string> {
  const { customerId, now } = writing;
  const { email, firstName, lastName, language } = employee;
  const account = (await findAccountsByEmail(trx, customerId, [email])).get(email);
  // A colleague may sign in with an e-mail that is no longer their e-mail as an employee.
  const isOthers = account?.kind === "taken" || (account?.kind === "ours" && account.owner !== null);
  if (isOthers || (await isEmailOfAnotherEmployee(trx, customerId, email, null))) throw emailInUse();
  if (account?.kind === "ours") return account.accountId;
  const accountId = newId();
  const name = `${firstName} ${lastName}`;
  const opened = { accountId, customerId, email, name, language, passwordHash: null, createdAt: now };
  if (!(await insertAccount(trx, opened))) throw emailInUse();
  return accountId;
}

async function changeEmail(
  trx: TenantTransaction,
  customerId: string,
  email: string,
  { employeeId, accountId, invitedAt }: EmployeeRecord,
): Promise<void> {
  const account = (await findAccountsByEmail(trx, customerId, [email])).get(email);
  const isOthers = account?.kind === "taken" || (account?.kind === "ours" && account.accountId !== accountId);
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

/** Records an audit entry about an employee. */
export async function auditEmployee(
  trx: TenantTransaction,
  { customerId, actorKind, actorId, now }: Writing,
  { entityId, employeeId }: { entityId: string; employeeId: string },
  action: string,
): Promise<void> {
  await recordAudit(trx, {
    customerId,
    actorKind,
    actorId,
    doneAt: now,
    entityId,
    action,
    subject: employeeId,
  });
}
