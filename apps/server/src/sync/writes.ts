import type { ChangeReason } from "@payflip/contract/syncs.ts";
import { eventCodes } from "../domain/catalogue/issue-catalogue.ts";
import type { PersonPlan } from "../domain/plan/plan-types.ts";
import type { ContractValues, EmployeeTarget } from "../domain/records/employee.ts";
import type { FieldChange, CreatedEmployee, Operation } from "../domain/records/operation.ts";
import type { BatchWrites, ChangeWrite, EmployeeUpdate } from "../people/person-writes.sql.ts";
import { searchText } from "../people/search-text.ts";
import { newId } from "../postgres/ids.ts";
import type { PersonCase } from "./facts.ts";

/** A planned person on the way to the tables. */
export interface PlannedPerson {
  person: PersonCase;
  plan: PersonPlan;
  /** This run gave them the e-mail of a colleague before they were planned. */
  hasSwappedEmail: boolean;
}

/**
 * Turns the operations of a batch into rows. Nothing is decided here: every value and every row version comes from the plan.
 * @param firstSeq number of the first change; the run's changes are numbered without gaps
 */
export function writesOf(batch: PlannedPerson[], firstSeq: number): BatchWrites {
  const writes: BatchWrites = {
    plannedFor: batch.flatMap(plannedFor),
    accounts: [],
    employees: [],
    employeeUpdates: [],
    contracts: [],
    contractUpdates: [],
    links: [],
    changes: [],
  };
  for (const planned of batch) collectPerson(writes, planned, firstSeq);
  return writes;
}

function plannedFor({ person: { facts }, plan }: PlannedPerson): BatchWrites["plannedFor"] {
  if (facts.target.kind === "none" || plan.employeeId === null) return [];
  const { employeeId, rowVersion } = facts.target.employee;
  return [{ employeeId, rowVersion }];
}

function collectPerson(writes: BatchWrites, { person, plan }: PlannedPerson, firstSeq: number): void {
  const target = targetOf(person, plan);
  const employeeId = target?.employeeId ?? newId();
  const record: RecordChange = (kind, contractId, fields, reason) => {
    writes.changes.push({
      seq: firstSeq + writes.changes.length,
      employeeId,
      workerId: plan.workerId,
      contractId,
      kind,
      fields: JSON.stringify(fields),
      reason,
    });
  };
  for (const operation of plan.operations)
    collectOperation(writes, { person, target, employeeId, operation, record });
  if (isLinkedAfter(person, plan)) collectLink(writes, person, plan, employeeId);
}

interface PlannedOperation {
  person: PersonCase;
  target: EmployeeTarget | null;
  employeeId: string;
  operation: Operation;
  record: RecordChange;
}

/** Field → before and after. */
type ChangedFields = Record<string, [before: string | null, after: string | null]>;

type RecordChange = (
  kind: ChangeWrite["kind"],
  contractId: string | null,
  fields: ChangedFields,
  reason: ChangeReason,
) => void;

function collectOperation(writes: BatchWrites, planned: PlannedOperation): void {
  const { operation, target, employeeId, record } = planned;
  switch (operation.kind) {
    case "create_employee":
      collectNewEmployee(writes, planned, operation.after);
      record("create", null, newValues(operation.after), operation.reason);
      return;
    case "link_employee":
      record("link", null, { link: [null, planned.person.source.workerId] }, operation.reason);
      return;
    case "update_employee":
      writes.employeeUpdates.push(
        employeeUpdate(requireTarget(target), operation.rowVersion, operation.changes),
      );
      record("update", null, changedFields(operation.changes), operation.reason);
      return;
    case "add_contract":
      writes.contracts.push({ employeeId, contractId: operation.contractId, ...operation.after });
      record("create", operation.contractId, newValues(operation.after), operation.reason);
      return;
    case "update_contract": {
      const { contractId, rowVersion, after } = operation;
      writes.contractUpdates.push({ employeeId, contractId, rowVersion, withdrawn: false, ...after });
      record("update", contractId, changedFields(operation.changes), operation.reason);
      return;
    }
    case "withdraw_contract": {
      const stored = requireTarget(target).contracts.find(
        (contract) => contract.contractId === operation.contractId,
      );
      if (!stored) throw new Error("only a stored contract can be withdrawn");
      writes.contractUpdates.push({
        employeeId,
        ...stored,
        withdrawn: true,
        rowVersion: operation.rowVersion,
      });
      record("withdraw", operation.contractId, { withdrawn: ["false", "true"] }, operation.reason);
      return;
    }
    default:
      operation satisfies never;
  }
}

function collectNewEmployee(
  writes: BatchWrites,
  { person, employeeId }: PlannedOperation,
  after: CreatedEmployee,
): void {
  const accountId = person.ownAccountId ?? newId();
  // An HR admin who is on the payroll too keeps their account: the new employee joins it.
  if (person.ownAccountId === null)
    writes.accounts.push({ accountId, email: after.email, language: after.language });
  writes.employees.push({ employeeId, accountId, searchText: searchText(after), ...after });
}

/** Whether the person is linked after the plan. A held first match, and a person who cannot be created, are not. */
function isLinkedAfter({ facts }: PersonCase, { operations }: PersonPlan): boolean {
  if (facts.target.kind === "linked") return true;
  return operations.some(({ kind }) => kind === "create_employee" || kind === "link_employee");
}

/** A settled person is not planned again while Liantis sends the same content. */
function collectLink(
  writes: BatchWrites,
  { staged, facts }: PersonCase,
  plan: PersonPlan,
  employeeId: string,
): void {
  const settled =
    plan.issues.every((issue) => eventCodes.includes(issue.code)) &&
    plan.holds.every((hold) => hold.status === "rejected");
  writes.links.push({
    workerId: plan.workerId,
    employeeId,
    contentHash: staged.contentHash,
    filled: staged.filled,
    settled,
    linkedBefore: facts.target.kind === "linked",
  });
}

function targetOf({ facts }: PersonCase, plan: PersonPlan): EmployeeTarget | null {
  if (facts.target.kind === "none" || plan.employeeId === null) return null;
  return facts.target.employee;
}

function requireTarget(target: EmployeeTarget | null): EmployeeTarget {
  if (!target) throw new Error("an update has a target");
  return target;
}

/** A row as it is after these changes. */
export function employeeUpdate(
  target: EmployeeTarget,
  rowVersion: number,
  changes: readonly FieldChange[],
): EmployeeUpdate {
  const after = { ...target, ...Object.fromEntries(changes.map((change) => [change.field, change.after])) };
  return { ...after, rowVersion, searchText: searchText(after) };
}

function changedFields(changes: readonly FieldChange[]): ChangedFields {
  const fields: ChangedFields = {};
  for (const { field, before, after } of changes) fields[field] = [before, after];
  return fields;
}

function newValues(values: CreatedEmployee | ContractValues): ChangedFields {
  const fields: ChangedFields = {};
  for (const [field, after] of Object.entries(values)) {
    if (after !== null) fields[field] = [null, String(after)];
  }
  return fields;
}
