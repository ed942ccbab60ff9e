import { currentContract, currentId } from "../wages/contract-timeline.ts";
import type { CurrentContract } from "../wages/contract-timeline.ts";
import { eventCodes } from "../catalogue/issue-catalogue.ts";
import { replacedAlarm } from "../guards/identity-alarms.ts";
import { matchKey, namesDiffer } from "../records/match.ts";
import { openHold, fieldsOf, undoHold } from "./person-holds.ts";
import type { PersonHold } from "../guards/hold-types.ts";
import { planContracts } from "./plan-contracts.ts";
import type { ContractsPlan } from "./plan-contracts.ts";
import { eventIssues } from "./plan-events.ts";
import { asHeld, personIssue, sortedIssues } from "./plan-issues.ts";
import { assertPlanLaws } from "./plan-laws.ts";
import { judgePerson } from "./plan-person.ts";
import type { PersonJudgement } from "./plan-person.ts";
import type { IssueFact, PersonFacts, PersonPlan, PlanPerson, PlanPolicy } from "./plan-types.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { FieldChange, NewEmployee, Operation, OperationReason } from "../records/operation.ts";
import { judgeWages } from "../guards/wage-guard.ts";
import type { WagesBefore } from "../guards/wage-guard.ts";
import {
  type OptionalPersonField,
  optionalPersonFields,
  updatedPersonFields,
} from "../records/synced-fields.ts";
import type { WorkerRecord } from "../records/worker.ts";

/**
 * What a run does with one person: every write, what it was planned against, and everything that is to be put right.
 *
 * The rules, in the words of the product: Liantis is the master, but a blank never wipes (an open-ended contract is the
 * one blank that is a value); a first match goes by e-mail and a person never changes hands without a human; language is
 * written once, when a person is created; one wrong value holds back itself and nothing else; and what looks like a slip
 * about who somebody is, or what they earn, waits for an admin.
 *
 * @throws PlanLawBroken when the plan contradicts its own laws: a mistake of ours, never of the data
 */
export const planPerson: PlanPerson = (source, facts, policy) => {
  const plan = decide(source, facts, policy);
  assertPlanLaws(plan, source, facts);
  return plan;
};

function decide(source: WorkerRecord, facts: PersonFacts, policy: PlanPolicy): PersonPlan {
  const person = judgePerson(source, facts, policy);
  const { target } = facts;
  const hold = undoHold(facts.decisions);
  if (hold !== null) return planUndone(source, facts, hold);
  if (person.blocked) return withoutOperations("failed", source, { employeeId: null, issues: person.issues });
  if (target.kind === "email_match") {
    const held = holdMatch(source, target.employee, facts, policy);
    if (held !== null) {
      return withoutOperations("held", source, { employeeId: target.employee.employeeId, issues: [held] });
    }
  }
  const plan =
    target.kind === "none"
      ? planNewcomer(source, person, facts, policy)
      : planKnown({
          source,
          person,
          facts,
          policy,
          employee: target.employee,
          isFirstMatch: target.kind === "email_match",
        });
  return guardIdentity(plan, source, facts, policy);
}

/** Of a person about whom a run was undone nothing is written until an admin accepts; the hold stays open. */
function planUndone(source: WorkerRecord, { target }: PersonFacts, hold: PersonHold): PersonPlan {
  const employeeId = target.kind === "linked" ? target.employee.employeeId : null;
  return { ...withoutOperations("held", source, { employeeId, issues: [] }), holds: [hold] };
}

/** Who somebody is looks wrong, in itself or over the whole listing: everything of this person is kept back. */
function guardIdentity(
  plan: PersonPlan,
  source: WorkerRecord,
  facts: PersonFacts,
  policy: PlanPolicy,
): PersonPlan {
  const { decisions, target } = facts;
  if (target.kind !== "linked" || plan.operations.length === 0) return plan;
  const { employee } = target;
  // The address that was sent says who is meant, also where it cannot be written: it is somebody's already, or no address.
  const meant = { ...becoming(employee, plan), email: source.email ?? employee.email };
  const alarm = facts.identityAlarm ?? replacedAlarm(employee, meant);
  if (alarm === null) return plan;
  const { workerId } = plan;
  const fields = fieldsOf(plan.operations);
  const question = { kind: "identity_swap" as const, workerId, reasons: [alarm], fields };
  // Addresses change hands together, before anybody is planned: whoever still stands here has a partner nobody accepted.
  const standing = decisions.filter((one) => alarm.code !== "EMAIL_SWAPPED" || one.status !== "accepted");
  const hold = openHold(question, standing, policy);
  if (hold === null) return plan;
  // Nothing happened yet, so there is nothing to tell of.
  const told = plan.issues.filter((issue) => !eventCodes.includes(issue.code));
  const issues = asHeld(told, plan.operations);
  return { ...plan, issues, bucket: isOpen(hold) ? "held" : "unchanged", operations: [], holds: [hold] };
}

/** Who the employee is after the plan. */
function becoming(employee: EmployeeTarget, { operations }: PersonPlan): EmployeeTarget {
  const changes = operations.flatMap((one) => (one.kind === "update_employee" ? one.changes : []));
  return { ...employee, ...Object.fromEntries(changes.map((change) => [change.field, change.after])) };
}

/** A first match is held where it may be somebody else, or would bring back somebody who has left. */
function holdMatch(
  source: WorkerRecord,
  employee: EmployeeTarget,
  { isUnlinkedPair }: PersonFacts,
  policy: PlanPolicy,
): IssueFact | null {
  const params = { employeeNumber: source.employeeNumber ?? "" };
  if (isUnlinkedPair) {
    const unlinked = { ...params, ...bothNames(source, employee), reason: "unlinked_pair" };
    return personIssue("AMBIGUOUS_MATCH", unlinked);
  }
  if (employee.deactivated) return personIssue("REHIRE_OF_DEACTIVATED_USER", params);
  const isAccepted = policy.acceptedMatches.has(matchKey(source.workerId, employee.employeeId));
  if (isAccepted || !namesDiffer(source, employee)) return null;
  return personIssue("AMBIGUOUS_MATCH", { ...params, ...bothNames(source, employee) });
}

function bothNames(
  source: WorkerRecord,
  employee: EmployeeTarget,
): { liantisName: string; payflipName: string } {
  const liantisName = `${source.firstName ?? ""} ${source.lastName ?? ""}`.trim();
  return { liantisName, payflipName: `${employee.firstName} ${employee.lastName}` };
}

function withoutOperations(
  bucket: "failed" | "held",
  source: WorkerRecord,
  about: Pick<PersonPlan, "employeeId" | "issues">,
): PersonPlan {
  const { employeeId, issues } = about;
  const { workerId } = source;
  return { workerId, bucket, employeeId, operations: [], issues: sortedIssues(issues), holds: [] };
}

function planNewcomer(
  source: WorkerRecord,
  person: PersonJudgement,
  facts: PersonFacts,
  policy: PlanPolicy,
): PersonPlan {
  const before = { stored: [], currentContractId: null, today: policy.today };
  const { nssoPercentMax } = policy.thresholds;
  const planned = planContracts(source, { ...before, nssoPercentMax, reason: "new_worker" });
  const { contracts, holds } = guardWages(source, planned, before, { facts, policy });
  const current = currentContract(contracts.after, policy.today, null);
  const after: NewEmployee = {
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
    issues: sortedIssues([...person.issues, ...contracts.issues, ...overlapIssues(current, contracts)]),
    holds,
  };
}

function optionalValues(values: PersonJudgement["values"]): Pick<NewEmployee, OptionalPersonField> {
  return Object.fromEntries(optionalPersonFields.map((field) => [field, values[field]])) as Pick<
    NewEmployee,
    OptionalPersonField
  >;
}

function isOpen({ status }: PersonHold): boolean {
  return status === "open";
}

/** A wage that looks wrong waits as a whole: the contracts stay as they are, everything else of the person goes on. */
function guardWages(
  source: WorkerRecord,
  contracts: ContractsPlan,
  before: WagesBefore,
  { facts, policy }: { facts: PersonFacts; policy: PlanPolicy },
): { contracts: ContractsPlan; holds: PersonHold[] } {
  const reasons = judgeWages(before, contracts, policy.thresholds);
  if (reasons.length === 0) return { contracts, holds: [] };
  const fields = fieldsOf(contracts.operations);
  const question = { kind: "wage" as const, workerId: source.workerId, reasons, fields };
  const hold = openHold(question, facts.decisions, policy);
  if (hold === null) return { contracts, holds: [] };
  const issues = asHeld(contracts.issues, contracts.operations);
  return { contracts: { operations: [], issues, after: [...before.stored] }, holds: [hold] };
}

interface KnownPerson {
  source: WorkerRecord;
  person: PersonJudgement;
  facts: PersonFacts;
  policy: PlanPolicy;
  employee: EmployeeTarget;
  isFirstMatch: boolean;
}

function planKnown({ source, person, facts, policy, employee, isFirstMatch }: KnownPerson): PersonPlan {
  const reason: OperationReason = isFirstMatch ? "email_match" : "changed_in_liantis";
  const { contracts: stored, currentContractId } = employee;
  const before = { stored, currentContractId, today: policy.today };
  const { nssoPercentMax } = policy.thresholds;
  const planned = planContracts(source, { ...before, nssoPercentMax, reason });
  const { contracts, holds } = guardWages(source, planned, before, { facts, policy });
  const current = currentContract(contracts.after, policy.today, employee.currentContractId);
  const operations = [
    ...linkOperation(employee, isFirstMatch),
    ...updateOperation(employee, person, currentId(current), reason),
    ...contracts.operations,
  ];
  const quiet = operations.length === 0 ? "unchanged" : "updated";
  const written = isFirstMatch ? "linked" : quiet;
  const rehire = isFirstMatch ? [] : rehireIssues(source, { employee, facts, current, policy });
  return {
    workerId: source.workerId,
    bucket: holds.some(isOpen) ? "held" : written,
    employeeId: employee.employeeId,
    operations,
    issues: sortedIssues([
      ...person.issues,
      ...contracts.issues,
      ...overlapIssues(current, contracts),
      ...rehire,
      ...(isFirstMatch ? [] : eventIssues(operations, employee.contracts, policy.today)),
    ]),
    holds,
  };
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

function overlapIssues(current: CurrentContract, contracts: ContractsPlan): IssueFact[] {
  const startOf = (id: string) => contracts.after.find((one) => one.contractId === id)?.startDate ?? "";
  if (current.kind === "several") {
    const { contractIds } = current;
    const params = { count: String(contractIds.length), startDates: contractIds.map(startOf).join(", ") };
    return [personIssue("MULTIPLE_ACTIVE_CONTRACTS", params)];
  }
  if (current.kind === "future")
    return [personIssue("FUTURE_CONTRACT_ONLY", { startDate: current.startsOn })];
  if (current.kind !== "one" || current.notice === null) return [];
  const params = { reason: current.notice, startDate: startOf(current.contractId) };
  return [personIssue("CONTRACT_OVERLAP_HISTORY", params)];
}

/** The end of the employment that began on the start date; one before it is of an earlier time with the employer, and says nothing. */
export function employmentEnd({
  startDate,
  employmentEndDate: end,
}: WorkerRecord): string | null | undefined {
  return typeof end === "string" && startDate !== null && end < startDate ? undefined : end;
}

/** Somebody who was deactivated here, but whom Liantis still or again employs. Their data goes on; nobody is re-activated. */
function rehireIssues(
  source: WorkerRecord,
  {
    employee,
    facts,
    current,
    policy,
  }: Pick<KnownPerson, "employee" | "facts" | "policy"> & { current: CurrentContract },
): IssueFact[] {
  const sent = employmentEnd(source);
  const ends = sent === undefined ? facts.knownEmploymentEnd : sent;
  const hasLeft = ends !== null && ends < policy.today;
  const isEmployed = current.kind === "one" || current.kind === "several" || current.kind === "future";
  if (!employee.deactivated || hasLeft || !isEmployed) return [];
  const params = { reason: "linked", employeeNumber: source.employeeNumber ?? "" };
  return [personIssue("REHIRE_OF_DEACTIVATED_USER", params)];
}

function required(value: string | null): string {
  if (value === null) throw new TypeError("a person is created with a name, an e-mail and a start date");
  return value;
}
