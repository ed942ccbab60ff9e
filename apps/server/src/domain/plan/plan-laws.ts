import type { FieldChange, Operation } from "../records/operation.ts";
import { mayBecomeBlank } from "../records/synced-fields.ts";
import type { WorkerRecord } from "../records/worker.ts";
import type { PersonFacts, PersonPlan } from "./plan-types.ts";

/** A plan that contradicts its own laws: a mistake of ours. Nothing of it may be applied. */
export class PlanLawBroken extends Error {
  override readonly name = "PlanLawBroken";
  readonly code = "PLAN_LAW_BROKEN";
}

/**
 * Checks a plan before it is applied: its bucket fits its operations, no blank wipes a value, every change changes something,
 * and every write is against the row that was read.
 *
 * @throws PlanLawBroken naming the law, without any value
 */
export function assertPlanLaws(plan: PersonPlan, source: WorkerRecord, facts: PersonFacts): void {
  const broken = laws.find((law) => !law.holds(plan, source, facts));
  if (broken !== undefined) throw new PlanLawBroken(`plan of worker ${plan.workerId}: ${broken.says}`);
}

interface Law {
  says: string;
  holds: (plan: PersonPlan, source: WorkerRecord, facts: PersonFacts) => boolean;
}

const laws: Law[] = [
  { says: "it is about another worker", holds: (plan, source) => plan.workerId === source.workerId },
  { says: "its operations do not fit its bucket", holds: fitsBucket },
  { says: "it is about another employee than the target", holds: fitsTarget },
  { says: "a contract is written twice", holds: (plan) => isUnique(plan.operations.flatMap(contractIdOf)) },
  { says: "an issue is in it twice", holds: (plan) => isUnique(plan.issues.map(issueKey)) },
  {
    says: "a change changes nothing",
    holds: (plan) => changesOf(plan).every((one) => one.before !== one.after),
  },
  { says: "a blank wipes a value", holds: (plan) => !changesOf(plan).some(isWiped) },
  { says: "a write is not against the row that was read", holds: isAgainstWhatWasRead },
  { says: "what is held is written all the same", holds: keepsHeldBack },
];

function fitsBucket({ bucket, operations, holds }: PersonPlan): boolean {
  const [first, ...rest] = operations.map((one) => one.kind);
  const startsPerson = (kind: Operation["kind"] | undefined) =>
    kind === "create_employee" || kind === "link_employee";
  if (rest.some(startsPerson)) return false;
  switch (bucket) {
    case "created":
      return first === "create_employee" && !rest.includes("update_employee");
    case "linked":
      return first === "link_employee";
    case "updated":
      return first !== undefined && !startsPerson(first);
    case "held":
      // Only a held wage leaves the rest of the person to be written.
      return first === undefined || holds.some((one) => one.kind === "wage" && one.status === "open");
    case "unchanged":
    case "failed":
      return first === undefined;
    default:
      return bucket satisfies never;
  }
}

function fitsTarget(plan: PersonPlan, _source: WorkerRecord, { target }: PersonFacts): boolean {
  const { bucket, employeeId } = plan;
  if (bucket === "created") return target.kind === "none" && employeeId === null;
  if (bucket === "failed") return target.kind !== "linked" && employeeId === null;
  if (target.kind === "none" || employeeId === null) return bucket === "held" && employeeId === null;
  if (employeeId !== target.employee.employeeId) return false;
  if (bucket === "held" && target.kind === "linked") return plan.holds.length > 0;
  if (bucket === "held") return true;
  return target.kind === (bucket === "linked" ? "email_match" : "linked");
}

function keepsHeldBack({ bucket, operations, holds }: PersonPlan): boolean {
  if (holds.some((one) => one.status === "open") && bucket !== "held") return false;
  return holds.every((one) =>
    one.kind === "wage"
      ? operations.every((operation) => !operation.kind.endsWith("_contract"))
      : operations.length === 0,
  );
}

function isAgainstWhatWasRead(plan: PersonPlan, _source: WorkerRecord, { target }: PersonFacts): boolean {
  const employee = target.kind === "none" ? null : target.employee;
  return plan.operations.every((operation) => {
    if (operation.kind === "create_employee") return employee === null;
    if (operation.kind === "link_employee" || operation.kind === "update_employee") {
      return operation.employeeId === employee?.employeeId && operation.rowVersion === employee.rowVersion;
    }
    const stored = employee?.contracts.find((one) => one.contractId === operation.contractId);
    return operation.kind === "add_contract"
      ? stored === undefined
      : operation.rowVersion === stored?.rowVersion;
  });
}

function changesOf(plan: PersonPlan): FieldChange[] {
  return plan.operations.flatMap((operation): FieldChange[] =>
    "changes" in operation ? operation.changes : [],
  );
}

/** The current contract follows from the contracts and the date: it may become none. */
function isWiped({ field, before, after }: FieldChange): boolean {
  return before !== null && after === null && field !== "currentContractId" && !mayBecomeBlank(field);
}

function contractIdOf(operation: Operation): string[] {
  return "contractId" in operation ? [operation.contractId] : [];
}

function issueKey(issue: { code: string; contractId: string | null }): string {
  return `${issue.code} ${issue.contractId ?? ""}`;
}

function isUnique(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}
