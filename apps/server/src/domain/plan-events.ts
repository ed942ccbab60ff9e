import type { ContractValues, IssueFact, Operation } from "./plan-types.ts";

/** What a change of pay is made of; a contract whose end moves, say, touches no month that was paid. */
const wageFields: ReadonlySet<string> = new Set<keyof ContractValues>([
  "wageType",
  "grossAmount",
  "startDate",
  "weeklyHours",
  "workRegimePercentage",
  "employerSocialSecurityPercentage",
]);

/**
 * What a plan does that somebody should know of though nothing is wrong: an address that changed, and pay that changed for months
 * that have been paid already (budgets were worked out from it). Only for somebody who was linked before.
 *
 * @param today calendar date in Europe/Brussels
 */
export function eventIssues(operations: readonly Operation[], today: string): IssueFact[] {
  const monthStart = `${today.slice(0, 7)}-01`;
  return operations.flatMap((operation): IssueFact[] => {
    if (operation.kind === "update_employee") {
      const email = operation.changes.find((change) => change.field === "email");
      if (email === undefined) return [];
      return [{ code: "EMAIL_CHANGED", contractId: null, params: { email: email.after ?? "" } }];
    }
    const startDate = retroactiveStart(operation);
    if (startDate === null || startDate >= monthStart || !("contractId" in operation)) return [];
    return [{ code: "RETROACTIVE_CHANGE", contractId: operation.contractId, params: { startDate } }];
  });
}

function retroactiveStart(operation: Operation): string | null {
  if (operation.kind === "add_contract") return operation.after.startDate;
  if (operation.kind !== "update_contract") return null;
  if (!operation.changes.some((change) => wageFields.has(change.field))) return null;
  const moved = operation.changes.find((change) => change.field === "startDate")?.before ?? null;
  const { startDate } = operation.after;
  return moved !== null && (startDate === null || moved < startDate) ? moved : startDate;
}
