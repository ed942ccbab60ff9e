import type { PersonHold } from "../guards/hold-types.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { FieldChange, CreatedEmployee, Operation, OperationReason } from "../records/operation.ts";
import {
  type OptionalPersonField,
  optionalPersonFields,
  updatedPersonFields,
} from "../records/synced-fields.ts";
import type { WorkerRecord } from "../records/worker.ts";
import { currentContract, currentId } from "../wages/contract-timeline.ts";
import { currentContractIssues, rehireIssues } from "./employment-issues.ts";
import { firstMatchIssue } from "./first-match.ts";
import { holdIdentity, holdWages } from "./hold-plan.ts";
import { undoHold } from "./person-holds.ts";
import { planContracts } from "./plan-contracts.ts";
import { eventIssues } from "./plan-events.ts";
import { sortedIssues } from "./plan-issues.ts";
import { assertPlanLaws } from "./plan-laws.ts";
import { judgePerson, type PersonJudgement } from "./plan-person.ts";
import type { IssueFact, PersonFacts, PersonPlan, PlanPerson, PlanPolicy } from "./plan-types.ts";

/**
 * What a run does with one person: every write with the row it was planned against, and every issue.
 *
 * The rules of the product: Liantis is the master, but a blank never wipes (an open-ended contract is the one blank that is a
 * value). A first match is made by e-mail, and a link never changes without a human. Language is written once, when a person is
 * created. An unusable value keeps only itself back. A likely mistake about who a person is, or what they earn, waits for an admin.
 *
 * @throws PlanLawBroken when the plan contradicts its own laws: a mistake of ours, never of the data
 */
export const planPerson: PlanPerson = (source, facts, policy) => {
  const plan = decide(source, facts, policy);
  assertPlanLaws(plan, source, facts);
  return plan;
};

/** The first that applies: held after an undo, impossible to import, held as a first match; else the person is written. */
function decide(source: WorkerRecord, facts: PersonFacts, policy: PlanPolicy): PersonPlan {
  const { target } = facts;
  const hold = undoHold(facts.decisions);
  if (hold !== null) return planUndone(source, facts, hold);
  const person = judgePerson(source, facts, policy);
  if (person.blocked) return planNothing("failed", source, { employeeId: null, issues: person.issues });
  if (target.kind === "none") return planNewcomer({ source, person, facts, policy });
  const { employee } = target;
  if (target.kind === "linked")
    return holdIdentity(planKnown({ source, person, facts, policy }, employee), { source, facts, policy });
  const doubt = firstMatchIssue(source, employee, facts, policy);
  if (doubt !== null)
    return planNothing("held", source, { employeeId: employee.employeeId, issues: [doubt] });
  return planKnown({ source, person, facts, policy }, employee);
}

/** Of a person about whom a run was undone nothing is written until an admin accepts; the hold stays open. */
function planUndone(source: WorkerRecord, { target }: PersonFacts, hold: PersonHold): PersonPlan {
  const employeeId = target.kind === "linked" ? target.employee.employeeId : null;
  return { ...planNothing("held", source, { employeeId, issues: [] }), holds: [hold] };
}

function planNothing(
  bucket: "failed" | "held",
  { workerId }: WorkerRecord,
  { employeeId, issues }: { employeeId: string | null; issues: IssueFact[] },
): PersonPlan {
  return { workerId, bucket, employeeId, operations: [], issues: sortedIssues(issues), holds: [] };
}

interface JudgedPerson {
  source: WorkerRecord;
  person: PersonJudgement;
  facts: PersonFacts;
  policy: PlanPolicy;
}

function planNewcomer({ source, person, facts, policy }: JudgedPerson): PersonPlan {
  const before = { stored: [], currentContractId: null, today: policy.today };
  const { nssoPercentMax } = policy.thresholds;
  const planned = planContracts(source, { ...before, nssoPercentMax, reason: "new_worker" });
  const { contracts, holds } = holdWages(source, planned, before, { facts, policy });
  const current = currentContract(contracts.after, policy.today, null);
  const after: CreatedEmployee = {
    firstName: required(person.values.firstName),
    lastName: required(person.values.lastName),
    email: required(person.values.email),
    language: source.language ?? policy.defaultLanguage,
    startDate: required(person.values.startDate),
    ...optionalValues(person.values),
    currentContractId: currentId(current),
  };
  return {
    workerId: source.workerId,
    bucket: holds.some(isOpen) ? "held" : "created",
    employeeId: null,
    operations: [{ kind: "create_employee", after, reason: "new_worker" }, ...contracts.operations],
    issues: sortedIssues([
      ...person.issues,
      ...contracts.issues,
      ...currentContractIssues(current, contracts.after),
    ]),
    holds,
  };
}

/** An employee who is linked already, or whom this run links because the e-mail is the same. */
function planKnown({ source, person, facts, policy }: JudgedPerson, employee: EmployeeTarget): PersonPlan {
  const isFirstMatch = facts.target.kind === "email_match";
  const reason: OperationReason = isFirstMatch ? "email_match" : "changed_in_liantis";
  const { contracts: stored, currentContractId } = employee;
  const before = { stored, currentContractId, today: policy.today };
  const { nssoPercentMax } = policy.thresholds;
  const planned = planContracts(source, { ...before, nssoPercentMax, reason });
  const { contracts, holds } = holdWages(source, planned, before, { facts, policy });
  const current = currentContract(contracts.after, policy.today, currentContractId);
  const operations = [
    ...linkOperation(employee, isFirstMatch),
    ...updateOperation(employee, person, currentId(current), reason),
    ...contracts.operations,
  ];
  return {
    workerId: source.workerId,
    bucket: holds.some(isOpen) ? "held" : bucketOf(operations, isFirstMatch),
    employeeId: employee.employeeId,
    operations,
    issues: sortedIssues([
      ...person.issues,
      ...contracts.issues,
      ...currentContractIssues(current, contracts.after),
      ...(isFirstMatch ? [] : rehireIssues(source, employee, { current, facts, policy })),
      ...(isFirstMatch ? [] : eventIssues(operations, stored, policy.today)),
    ]),
    holds,
  };
}

function bucketOf(operations: readonly Operation[], isFirstMatch: boolean): PersonPlan["bucket"] {
  if (isFirstMatch) return "linked";
  return operations.length === 0 ? "unchanged" : "updated";
}

function linkOperation(employee: EmployeeTarget, isFirstMatch: boolean): Operation[] {
  const { employeeId, rowVersion } = employee;
  return isFirstMatch ? [{ kind: "link_employee", employeeId, rowVersion, reason: "email_match" }] : [];
}

function updateOperation(
  employee: EmployeeTarget,
  person: PersonJudgement,
  currentContractId: string | null,
  reason: OperationReason,
): Operation[] {
  const { employeeId, rowVersion } = employee;
  const personal = updatedPersonFields.map((field) => ({
    field,
    before: employee[field],
    after: person.values[field] ?? employee[field],
  }));
  const current = {
    field: "currentContractId" as const,
    before: employee.currentContractId,
    after: currentContractId,
  };
  const changes = [...personal, current].filter(isDifferent);
  return changes.length === 0 ? [] : [{ kind: "update_employee", employeeId, rowVersion, changes, reason }];
}

function isDifferent(change: FieldChange): boolean {
  return change.before !== change.after;
}

function isOpen({ status }: PersonHold): boolean {
  return status === "open";
}

function required(value: string | null): string {
  if (value === null) throw new TypeError("a person is created with a name, an e-mail and a start date");
  return value;
}

function optionalValues(values: PersonJudgement["values"]): Pick<CreatedEmployee, OptionalPersonField> {
  return Object.fromEntries(optionalPersonFields.map((field) => [field, values[field]])) as Pick<
    CreatedEmployee,
    OptionalPersonField
  >;
}
