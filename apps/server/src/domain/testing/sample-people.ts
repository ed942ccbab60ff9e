import { defaultThresholds } from "../guards/guard.ts";
import type { PersonFacts, PersonPlan, PlanPolicy } from "../plan/plan-types.ts";
import { planPerson } from "../plan/plan.ts";
import type { ContractValues, EmployeeTarget, StoredContract } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";
import type { Defect, WorkerContract, WorkerRecord } from "../records/worker.ts";

/** Invented people in good order, for tests: each takes what it should be different in. */
export function aWorker(different: Partial<WorkerRecord> = {}): WorkerRecord {
  return {
    workerId: "w-1",
    employeeNumber: "17",
    firstName: "Inès",
    lastName: "De Smedt",
    email: "ines@bakkerij.be",
    language: "nl",
    languageUnsupported: null,
    startDate: "2024-01-01",
    employmentEndDate: null,
    contracts: [aContract()],
    defects: [],
    ...different,
  };
}

export function aContract(different: Partial<WorkerContract> = {}): WorkerContract {
  return {
    contractId: "c-1",
    statute: "white_collar",
    wageType: "monthly",
    wageTypeUnknown: null,
    grossAmount: "3200.00",
    startDate: "2024-01-01",
    endDate: null,
    weeklyHours: "38",
    referenceWeeklyHours: "38",
    workRegimePercentage: "100.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
    ...different,
  };
}

/** The employee that `aWorker` becomes. */
export function anEmployee(different: Partial<EmployeeTarget> = {}): EmployeeTarget {
  return {
    employeeId: "e-1",
    rowVersion: 4,
    firstName: "Inès",
    lastName: "De Smedt",
    email: "ines@bakkerij.be",
    language: "nl",
    startDate: "2024-01-01",
    employeeNumber: "17",
    deactivated: false,
    currentContractId: "c-1",
    contracts: [aStoredContract()],
    ...different,
  };
}

export function aStoredContract(different: Partial<StoredContract> = {}): StoredContract {
  return { contractId: "c-1", rowVersion: 2, withdrawn: false, ...someValues(), ...different };
}

export function someValues(different: Partial<ContractValues> = {}): ContractValues {
  return {
    statute: "white_collar",
    wageType: "monthly",
    grossAmount: "3200.00",
    grossMonthly: "3200.00",
    startDate: "2024-01-01",
    endDate: null,
    weeklyHours: "38",
    referenceWeeklyHours: "38",
    workRegimePercentage: "100.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
    ...different,
  };
}

export function someFacts(different: Partial<PersonFacts> = {}): PersonFacts {
  return {
    target: { kind: "none" },
    targetLinkedElsewhere: false,
    emailStatus: "free",
    sameEmailEmployeeNumbers: [],
    sameEmailHolderIsLinked: false,
    employeeNumberTaken: false,
    metTwice: false,
    isUnlinkedPair: false,
    identityAlarm: null,
    knownEmploymentEnd: null,
    decisions: [],
    ...different,
  };
}

export function linkedTo(
  employee: EmployeeTarget = anEmployee(),
  different: Partial<PersonFacts> = {},
): PersonFacts {
  return someFacts({ target: { kind: "linked", employee }, ...different });
}

export function matchedWith(
  employee: EmployeeTarget = anEmployee(),
  different: Partial<PersonFacts> = {},
): PersonFacts {
  return someFacts({ target: { kind: "email_match", employee }, ...different });
}

export function aPolicy(different: Partial<PlanPolicy> = {}): PlanPolicy {
  return {
    today: "2026-11-22",
    defaultLanguage: "fr",
    emailDomain: null,
    acceptedMatches: new Set<string>(),
    thresholds: defaultThresholds,
    digest: (text) => text,
    ...different,
  };
}

/** For tests of what contracts become: an admin accepted every wage. */
export const acceptingEveryWage: { facts: Partial<PersonFacts>; policy: PlanPolicy } = {
  facts: { decisions: [{ kind: "wage", fingerprint: "any", status: "accepted" }] },
  policy: aPolicy({ digest: () => "any" }),
};

/** Plans a linked person with one stored and one sent contract of the same id. */
export function sync(
  sent: Partial<WorkerContract>,
  stored: Partial<StoredContract> = {},
  defects: Defect[] = [],
): PersonPlan {
  const employee = anEmployee({ contracts: [aStoredContract(stored)] });
  const source = aWorker({ contracts: [aContract(sent)], defects });
  return planPerson(source, linkedTo(employee, acceptingEveryWage.facts), acceptingEveryWage.policy);
}

/** Plans a newcomer with one contract. */
export function add(sent: Partial<WorkerContract>, defects: Defect[] = []): PersonPlan {
  const source = aWorker({ contracts: [aContract(sent)], defects });
  return planPerson(source, someFacts(acceptingEveryWage.facts), acceptingEveryWage.policy);
}

/** What a plan changes in contracts that were there: field → before and after. */
export function contractChanges(plan: PersonPlan): Record<string, [string | null, string | null]> {
  const changes = plan.operations.flatMap((one) => (one.kind === "update_contract" ? one.changes : []));
  return Object.fromEntries(changes.map((change) => [change.field, [change.before, change.after]]));
}

/** The codes of a plan's issues with their reason or field; without the notice that past pay changed. */
export function issues(plan: PersonPlan): [string, string | undefined][] {
  const others = plan.issues.filter((issue) => issue.code !== "RETROACTIVE_CHANGE");
  return others.map((issue) => [issue.code, issue.params["reason"] ?? issue.params["field"]]);
}

export function kinds(plan: PersonPlan): Operation["kind"][] {
  return plan.operations.map((operation) => operation.kind);
}
