import { eventCodes } from "../catalogue/issue-catalogue.ts";
import type { PersonHold } from "../guards/hold-types.ts";
import { replacedAlarm } from "../guards/identity-alarms.ts";
import { judgeWages, type WagesBefore } from "../guards/wage-guard.ts";
import type { EmployeeTarget } from "../records/employee.ts";
import type { WorkerRecord } from "../records/worker.ts";
import { fieldsOf, openHold } from "./person-holds.ts";
import type { ContractsPlan } from "./plan-contracts.ts";
import { asHeld } from "./plan-issues.ts";
import type { PersonFacts, PersonPlan, PlanPolicy } from "./plan-types.ts";

/** Holds the whole plan of a linked person who seems to be another person now, by themselves or seen over the listing. */
export function holdIdentity(
  plan: PersonPlan,
  { source, facts, policy }: { source: WorkerRecord; facts: PersonFacts; policy: PlanPolicy },
): PersonPlan {
  const { decisions, target } = facts;
  if (target.kind !== "linked" || plan.operations.length === 0) return plan;
  const { employee } = target;
  // The e-mail that was sent says who is meant, also when it cannot be written.
  const meant = { ...employeeAfter(employee, plan), email: source.email ?? employee.email };
  const alarm = facts.identityAlarm ?? replacedAlarm(employee, meant);
  if (alarm === null) return plan;
  const { workerId, operations } = plan;
  const question = {
    kind: "identity_swap" as const,
    workerId,
    reasons: [alarm],
    fields: fieldsOf(operations),
  };
  // An accepted swap of e-mails is written before any person is planned. Where it was not, a partner was not accepted.
  const counted = decisions.filter((one) => alarm.code !== "EMAIL_SWAPPED" || one.status !== "accepted");
  const hold = openHold(question, counted, policy);
  if (hold === null) return plan;
  // Nothing is written, so there is no event to report.
  const issues = asHeld(
    plan.issues.filter((issue) => !eventCodes.includes(issue.code)),
    operations,
  );
  const bucket = hold.status === "open" ? "held" : "unchanged";
  return { ...plan, issues, bucket, operations: [], holds: [hold] };
}

/** The employee as the plan would leave them. */
function employeeAfter(employee: EmployeeTarget, { operations }: PersonPlan): EmployeeTarget {
  const changes = operations.flatMap((one) => (one.kind === "update_employee" ? one.changes : []));
  return { ...employee, ...Object.fromEntries(changes.map((change) => [change.field, change.after])) };
}

/** Holds all contracts of a person whose wage looks wrong: they stay as they are, and the rest of the person is written. */
export function holdWages(
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
