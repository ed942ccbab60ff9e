import { currentContract } from "./contract-timeline.ts";
import type { CurrentContract } from "./contract-timeline.ts";
import { matchKey, namesDiffer } from "./match.ts";
import { planContracts } from "./plan-contracts.ts";
import type { ContractsPlan } from "./plan-contracts.ts";
import { sortedIssues } from "./plan-issues.ts";
import { assertPlanLaws } from "./plan-laws.ts";
import { judgePerson } from "./plan-person.ts";
import type { PersonJudgement } from "./plan-person.ts";
import type {
  EmployeeTarget,
  FieldChange,
  IssueFact,
  NewEmployee,
  Operation,
  OperationReason,
  PersonFacts,
  PersonPlan,
  PlanPerson,
  PlanPolicy,
} from "./plan-types.ts";
import { syncedFields } from "./worker.ts";
import type { WorkerRecord } from "./worker.ts";

/**
 * What a run does with one person: every write, what it was planned against, and everything that is to be put right.
 *
 * The rules, in the words of the product: Liantis is the master, but a blank never wipes (an open-ended contract is the
 * one blank that is a value); a first match goes by e-mail and a person never changes hands without a human; language is
 * written once, when a person is created; one wrong value holds back itself and nothing else.
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
  if (person.blocked) return withoutOperations("failed", source, { employeeId: null, issues: person.issues });
  if (target.kind === "email_match") {
    const held = holdMatch(source, target.employee, policy);
    if (held !== null) {
      return withoutOperations("held", source, { employeeId: target.employee.employeeId, issues: [held] });
    }
  }
  return target.kind === "none"
    ? planNewcomer(source, person, policy)
    : planKnown({
        source,
        person,
        policy,
        employee: target.employee,
        isFirstMatch: target.kind === "email_match",
      });
}

/** A first match is held where it may be somebody else, or would bring back somebody who has left. */
function holdMatch(source: WorkerRecord, employee: EmployeeTarget, policy: PlanPolicy): IssueFact | null {
  const params = { employeeNumber: source.employeeNumber ?? "" };
  if (employee.deactivated) return { code: "REHIRE_OF_DEACTIVATED_USER", contractId: null, params };
  const isAccepted = policy.acceptedMatches.has(matchKey(source.workerId, employee.employeeId));
  if (isAccepted || !namesDiffer(source, employee)) return null;
  const liantisName = `${source.firstName ?? ""} ${source.lastName ?? ""}`;
  const payflipName = `${employee.firstName} ${employee.lastName}`;
  return { code: "AMBIGUOUS_MATCH", contractId: null, params: { ...params, liantisName, payflipName } };
}

function withoutOperations(
  bucket: "failed" | "held",
  source: WorkerRecord,
  about: Pick<PersonPlan, "employeeId" | "issues">,
): PersonPlan {
  const { employeeId, issues } = about;
  return { workerId: source.workerId, bucket, employeeId, operations: [], issues: sortedIssues(issues) };
}

function planNewcomer(source: WorkerRecord, person: PersonJudgement, policy: PlanPolicy): PersonPlan {
  const contracts = planContracts(source, { stored: [], today: policy.today, reason: "new_worker" });
  const current = currentContract(contracts.after, policy.today, null);
  const after: NewEmployee = {
    firstName: required(person.values.firstName),
    lastName: required(person.values.lastName),
    email: required(person.values.email),
    language: source.language ?? policy.defaultLanguage,
    startDate: required(person.values.startDate),
    employeeNumber: person.values.employeeNumber,
    currentContractId: currentId(current),
  };
  return {
    workerId: source.workerId,
    bucket: "created",
    employeeId: null,
    operations: [{ kind: "create_employee", after, reason: "new_worker" }, ...contracts.operations],
    issues: sortedIssues([...person.issues, ...contracts.issues, ...overlapIssues(current, contracts)]),
  };
}

interface KnownPerson {
  source: WorkerRecord;
  person: PersonJudgement;
  policy: PlanPolicy;
  employee: EmployeeTarget;
  isFirstMatch: boolean;
}

function planKnown({ source, person, policy, employee, isFirstMatch }: KnownPerson): PersonPlan {
  const reason: OperationReason = isFirstMatch ? "email_match" : "changed_in_liantis";
  const contracts = planContracts(source, {
    stored: employee.contracts,
    today: policy.today,
    reason,
  });
  const current = currentContract(contracts.after, policy.today, employee.currentContractId);
  const operations = [
    ...linkOperation(employee, isFirstMatch),
    ...updateOperation(employee, person, currentId(current), reason),
    ...contracts.operations,
  ];
  const quiet = operations.length === 0 ? "unchanged" : "updated";
  const rehire = isFirstMatch ? [] : rehireIssues(source, employee, current, policy);
  return {
    workerId: source.workerId,
    bucket: isFirstMatch ? "linked" : quiet,
    employeeId: employee.employeeId,
    operations,
    issues: sortedIssues([
      ...person.issues,
      ...contracts.issues,
      ...overlapIssues(current, contracts),
      ...rehire,
    ]),
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
  const personal = syncedFields.map((field) => ({
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

function currentId(current: CurrentContract): string | null {
  if (current.kind === "one") return current.contractId;
  return current.kind === "several" ? current.keptId : null;
}

function overlapIssues(current: CurrentContract, contracts: ContractsPlan): IssueFact[] {
  const startOf = (id: string) => contracts.after.find((one) => one.contractId === id)?.startDate ?? "";
  if (current.kind === "several") {
    const { contractIds } = current;
    const params = { count: String(contractIds.length), startDates: contractIds.map(startOf).join(", ") };
    return [{ code: "MULTIPLE_ACTIVE_CONTRACTS", contractId: null, params }];
  }
  if (current.kind !== "one" || current.notice === null) return [];
  const params = { reason: current.notice, startDate: startOf(current.contractId) };
  return [{ code: "CONTRACT_OVERLAP_HISTORY", contractId: null, params }];
}

/** Somebody who was deactivated here, but whom Liantis still or again employs. Their data goes on; nobody is re-activated. */
function rehireIssues(
  source: WorkerRecord,
  employee: EmployeeTarget,
  current: CurrentContract,
  policy: PlanPolicy,
): IssueFact[] {
  const hasLeft = source.employmentEndDate !== null && source.employmentEndDate < policy.today;
  const isEmployed = current.kind === "one" || current.kind === "several" || current.kind === "future";
  if (!employee.deactivated || hasLeft || !isEmployed) return [];
  const params = { reason: "linked", employeeNumber: source.employeeNumber ?? "" };
  return [{ code: "REHIRE_OF_DEACTIVATED_USER", contractId: null, params }];
}

function required(value: string | null): string {
  if (value === null) throw new TypeError("a person is created with a name, an e-mail and a start date");
  return value;
}
