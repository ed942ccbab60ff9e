import type { EmployeeTarget } from "../records/employee.ts";
import type { WorkerRecord } from "../records/worker.ts";
import type { CurrentContract, TimelineContract } from "../wages/contract-timeline.ts";
import { personIssue } from "./plan-issues.ts";
import type { IssueFact, PersonFacts, PlanPolicy } from "./plan-types.ts";

/** Several contracts at once, one that was chosen among several, or only one that has yet to start. */
export function currentContractIssues(
  current: CurrentContract,
  contracts: readonly TimelineContract[],
): IssueFact[] {
  const startOf = (id: string) => contracts.find((one) => one.contractId === id)?.startDate ?? "";
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

/**
 * The end of the employment that began on the start date, as it was sent. An end before the start belongs to an earlier
 * employment: then nothing usable was sent.
 */
export function employmentEnd({
  startDate,
  employmentEndDate: end,
}: WorkerRecord): string | null | undefined {
  return typeof end === "string" && startDate !== null && end < startDate ? undefined : end;
}

/** A deactivated employee whom Liantis employs, still or again. Their data is written; a run never reactivates a person. */
export function rehireIssues(
  source: WorkerRecord,
  employee: EmployeeTarget,
  { current, facts, policy }: { current: CurrentContract; facts: PersonFacts; policy: PlanPolicy },
): IssueFact[] {
  const sent = employmentEnd(source);
  const lastDay = sent === undefined ? facts.knownEmploymentEnd : sent;
  const hasLeft = lastDay !== null && lastDay < policy.today;
  const isEmployed = current.kind === "one" || current.kind === "several" || current.kind === "future";
  if (!employee.deactivated || hasLeft || !isEmployed) return [];
  const params = { reason: "linked", employeeNumber: source.employeeNumber ?? "" };
  return [personIssue("REHIRE_OF_DEACTIVATED_USER", params)];
}
