import { currentContract, type TimelineContract } from "./contract-timeline.ts";
import { compareDecimals, productOf } from "./decimal.ts";
import type { GuardThresholds } from "./guard.ts";
import type { HoldReason } from "./hold-types.ts";
import type { ContractValues, Operation, StoredContract } from "./plan-types.ts";

export interface WagesBefore {
  stored: readonly StoredContract[];
  currentContractId: string | null;
  /** Calendar date in Europe/Brussels. */
  today: string;
}

export interface WagesAfter {
  operations: readonly Operation[];
  /** The contracts as they would be. */
  after: readonly TimelineContract[];
}

/**
 * Why the wage of a person looks wrong as Liantis sends it now; nothing when it does not. A wage that was a good deal lower or higher
 * yesterday, an hourly one that is monthly today, a regime or a percentage that nobody has, or all contracts gone: each may be
 * true, and each has been a slip often enough that a budget should not follow it by itself.
 *
 * Only contracts that count today or later are looked at; those that have ended drive no budget.
 */
export function judgeWages(before: WagesBefore, plan: WagesAfter, limits: GuardThresholds): HoldReason[] {
  const reasons = plan.operations.flatMap((operation) => {
    if (operation.kind === "add_contract") {
      const { contractId, after } = operation;
      if (!counts(after, before.today)) return [];
      const reference = drivesWage(contractId, after, before, plan) ? wageUntilNow(before) : null;
      return [...moveReasons(reference, after, limits), ...rangeReasons(null, after, limits)];
    }
    if (operation.kind === "update_contract") {
      const prior = before.stored.find((one) => one.contractId === operation.contractId) ?? null;
      if (!counts(operation.after, before.today)) return [];
      return [
        ...moveReasons(prior, operation.after, limits),
        ...rangeReasons(prior, operation.after, limits),
      ];
    }
    return [];
  });
  return [...reasons, ...goneReasons(before, plan)];
}

type Wage = Pick<ContractValues, "wageType" | "grossAmount" | "grossMonthly" | "startDate">;

function counts({ endDate }: Pick<ContractValues, "endDate">, today: string): boolean {
  return endDate === null || endDate >= today;
}

/** Whether a new contract would be the one that the wage comes from, now or on the day it starts. */
function drivesWage(
  contractId: string,
  { startDate }: ContractValues,
  { today, currentContractId }: WagesBefore,
  { after }: WagesAfter,
): boolean {
  const day = startDate !== null && startDate > today ? startDate : today;
  const current = currentContract(after, day, currentContractId);
  return current.kind === "one" && current.contractId === contractId;
}

/** The wage as it is today by what we have; without one that runs, the newest that was or will be. */
function wageUntilNow({ stored, today, currentContractId }: WagesBefore): StoredContract | null {
  const current = currentContract(stored, today, currentContractId);
  const currentId =
    current.kind === "one" ? current.contractId : current.kind === "several" ? current.keptId : null;
  const running = stored.find((one) => one.contractId === currentId);
  if (running !== undefined) return running;
  const known = stored.filter((one) => !one.withdrawn && one.startDate !== null);
  const place = (one: StoredContract) => `${one.startDate ?? ""} ${one.contractId}`;
  return known.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).at(-1) ?? null;
}

function moveReasons(before: Wage | null, after: Wage, limits: GuardThresholds): HoldReason[] {
  const startDate = after.startDate ?? "";
  if (before === null || before.grossAmount === null || after.grossAmount === null) return [];
  if (before.wageType !== after.wageType) {
    return before.wageType === null || after.wageType === null
      ? []
      : [{ code: "WAGE_TYPE_FLIPPED", params: { startDate, wageType: after.wageType } }];
  }
  const [was, is] = comparable(before, after);
  if (compareDecimals(was, is) === 0) return [];
  const factor = String(limits.wageFactorMax);
  const params = { startDate, factor };
  if (compareDecimals(is, productOf([was, factor])) >= 0) return [{ code: "WAGE_UP", params }];
  if (compareDecimals(was, productOf([is, factor])) >= 0) return [{ code: "WAGE_DOWN", params }];
  return [];
}

/** Months with months where both have one: hours may have changed with the wage. */
function comparable(before: Wage, after: Wage): [was: string, is: string] {
  if (before.grossMonthly !== null && after.grossMonthly !== null)
    return [before.grossMonthly, after.grossMonthly];
  return [before.grossAmount ?? "0", after.grossAmount ?? "0"];
}

function rangeReasons(
  before: ContractValues | null,
  after: ContractValues,
  limits: GuardThresholds,
): HoldReason[] {
  const startDate = after.startDate ?? "";
  const { workRegimePercentage: regime, employerSocialSecurityPercentage: nsso } = after;
  const reasons: HoldReason[] = [];
  const isRegimeNew = regime !== null && !isSame(regime, before?.workRegimePercentage ?? null);
  if (isRegimeNew && compareDecimals(regime, String(limits.regimePercentMax)) > 0)
    reasons.push({
      code: "WAGE_REGIME_OVER",
      params: { startDate, allowed: String(limits.regimePercentMax) },
    });
  const isNssoNew = nsso !== null && !isSame(nsso, before?.employerSocialSecurityPercentage ?? null);
  const isOutside =
    isNssoNew && (compareDecimals(nsso, "0") < 0 || compareDecimals(nsso, String(limits.nssoPercentMax)) > 0);
  if (isOutside)
    reasons.push({
      code: "WAGE_NSSO_OUTSIDE",
      params: { startDate, allowed: String(limits.nssoPercentMax) },
    });
  return reasons;
}

function isSame(a: string, b: string | null): boolean {
  return b !== null && compareDecimals(a, b) === 0;
}

/** Somebody who is still listed, and of whom every contract that counted is suddenly not. */
function goneReasons({ stored, today }: WagesBefore, { operations, after }: WagesAfter): HoldReason[] {
  if (!operations.some((one) => one.kind === "withdraw_contract")) return [];
  const live = (one: { withdrawn: boolean } & Pick<ContractValues, "endDate">) =>
    !one.withdrawn && counts(one, today);
  const before = stored.filter(live).length;
  return before > 0 && !after.some(live)
    ? [{ code: "WAGE_CONTRACTS_GONE", params: { contracts: String(before) } }]
    : [];
}
