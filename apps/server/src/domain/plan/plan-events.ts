import type { ContractValues, StoredContract } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";
import { addDays } from "../values/calendar-date.ts";
import { contractIssue, personIssue } from "./plan-issues.ts";
import type { IssueFact } from "./plan-types.ts";

/** A change of one of these is a change of pay. An end that moves changes the pay of the months between the two ends. */
const wageFields: ReadonlySet<string> = new Set<keyof ContractValues>([
  "wageType",
  "grossAmount",
  "startDate",
  "weeklyHours",
  "workRegimePercentage",
  "employerSocialSecurityPercentage",
]);

/**
 * What a plan does that an admin should know although nothing is wrong: an e-mail that changed, and pay that changed for months
 * that have been paid already (budgets were calculated from it). Only for people who were linked before.
 *
 * @param stored the contracts as they were before
 * @param today calendar date in Europe/Brussels
 */
export function eventIssues(
  operations: readonly Operation[],
  stored: readonly StoredContract[],
  today: string,
): IssueFact[] {
  const monthStart = `${today.slice(0, 7)}-01`;
  return operations.flatMap((operation): IssueFact[] => {
    if (operation.kind === "update_employee") {
      const email = operation.changes.find((change) => change.field === "email");
      if (email === undefined) return [];
      return [personIssue("EMAIL_CHANGED", { email: email.after ?? "" })];
    }
    if (!("contractId" in operation)) return [];
    const { contractId } = operation;
    const before = stored.find((contract) => contract.contractId === contractId);
    const startDate = firstDayOfChange(operation, before);
    if (startDate === null || startDate >= monthStart) return [];
    return [contractIssue("RETROACTIVE_CHANGE", contractId, { startDate })];
  });
}

/** The first day whose pay changes; null when no day's does. */
function firstDayOfChange(operation: Operation, before: StoredContract | undefined): string | null {
  if (operation.kind === "add_contract") return operation.after.startDate;
  if (operation.kind === "withdraw_contract") return before?.startDate ?? null;
  if (operation.kind !== "update_contract" || before === undefined) return null;
  const { after, changes } = operation;
  const isPayChanged = changes.some(({ field }) => wageFields.has(field) || field === "withdrawn");
  if (isPayChanged) return earlier(before.startDate, after.startDate);
  if (!changes.some(({ field }) => field === "endDate")) return null;
  const until = earlier(before.endDate, after.endDate);
  return until === null ? null : addDays(until, 1);
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
