import type { EmployeeTarget } from "../records/employee.ts";
import { matchKey, namesDiffer } from "../records/match.ts";
import type { WorkerRecord } from "../records/worker.ts";
import { personIssue } from "./plan-issues.ts";
import type { IssueFact, PersonFacts, PlanPolicy } from "./plan-types.ts";

/**
 * Why an employee with the same e-mail is not linked without a human, or null: an admin unlinked the two, the employee has left,
 * or both names differ and no admin accepted the match.
 */
export function firstMatchIssue(
  source: WorkerRecord,
  employee: EmployeeTarget,
  { isUnlinkedPair }: PersonFacts,
  policy: PlanPolicy,
): IssueFact | null {
  const params = { employeeNumber: source.employeeNumber ?? "" };
  const names = bothNames(source, employee);
  if (isUnlinkedPair) return personIssue("AMBIGUOUS_MATCH", { ...params, ...names, reason: "unlinked_pair" });
  if (employee.deactivated) return personIssue("REHIRE_OF_DEACTIVATED_USER", params);
  const isAccepted = policy.acceptedMatches.has(matchKey(source.workerId, employee.employeeId));
  if (isAccepted || !namesDiffer(source, employee)) return null;
  return personIssue("AMBIGUOUS_MATCH", { ...params, ...names });
}

function bothNames(
  source: WorkerRecord,
  employee: EmployeeTarget,
): { liantisName: string; payflipName: string } {
  const liantisName = `${source.firstName ?? ""} ${source.lastName ?? ""}`.trim();
  return { liantisName, payflipName: `${employee.firstName} ${employee.lastName}` };
}
