import type { ContractValues, StoredContract } from "../records/employee.ts";
import type { Operation } from "../records/operation.ts";
import { compareDecimals, productOf } from "../values/decimal.ts";
import { currentContract, currentId, type TimelineContract } from "../wages/contract-timeline.ts";
import { courseFrom, type CurrentFrom, hasWage, lastKnownWage } from "../wages/wage-course.ts";
import type { GuardThresholds } from "./guard.ts";
import type { PersonHoldReason } from "./hold-types.ts";

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
 * Why the wage of a person looks wrong as Liantis sends it now; empty when it does not. The reasons: a wage that jumps up or down,
 * hourly that becomes monthly, a regime or percentage outside its limits, all contracts gone. Each may be true, and each is a
 * frequent mistake, so that a budget must not follow it without a human.
 *
 * Only contracts that run today or later are judged: an ended one drives no budget.
 */
export function judgeWages(
  before: WagesBefore,
  plan: WagesAfter,
  limits: GuardThresholds,
): PersonHoldReason[] {
  if (plan.operations.length === 0) return [];
  const reasons = plan.operations.flatMap((operation) => {
    if (operation.kind !== "add_contract" && operation.kind !== "update_contract") return [];
    const { contractId, after } = operation;
    if (!isRunningOrFuture(after, before.today)) return [];
    const prior = before.stored.find((one) => one.contractId === contractId) ?? null;
    return [...changeReasons(prior, after, limits), ...rangeReasons(prior, after, limits)];
  });
  return distinct([...reasons, ...jumpReasons(before, plan, limits), ...goneReasons(before, plan)]);
}

function distinct(reasons: readonly PersonHoldReason[]): PersonHoldReason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** A jump to the wage of another contract, on the day that this contract becomes the current one. */
interface Jump {
  day: string;
  contractId: string;
  reason: PersonHoldReason;
}

/**
 * Jumps of the current wage from day to day, whether a contract begins or another one ends or disappears. A jump that the stored
 * contracts would make by that day as well is not new: it was accepted before.
 */
function jumpReasons(
  before: WagesBefore,
  { after }: WagesAfter,
  limits: GuardThresholds,
): PersonHoldReason[] {
  const { stored, today } = before;
  if (stored.length === 0) return [];
  // Today's choice among the stored contracts first: then the reasons are the same before and after it was stored.
  const decidedId = currentId(currentContract(stored, today, before.currentContractId));
  const last = lastKnownWage(stored, today, decidedId);
  const jumpsIn = (contracts: readonly TimelineContract[]) =>
    jumpsOf(courseFrom(contracts, today, decidedId), last, limits);
  const known = jumpsIn(stored);
  const isKnown = ({ contractId, reason, day }: Jump) =>
    known.some((one) => one.contractId === contractId && one.reason.code === reason.code && one.day <= day);
  return jumpsIn(after)
    .filter((jump) => !isKnown(jump))
    .map((jump) => jump.reason);
}

function jumpsOf(
  course: readonly CurrentFrom[],
  last: TimelineContract | null,
  limits: GuardThresholds,
): Jump[] {
  const jumps: Jump[] = [];
  let was = last;
  for (const { day, contract } of course) {
    if (contract === null || !hasWage(contract)) continue;
    const { contractId } = contract;
    for (const reason of changeReasons(was, contract, limits)) jumps.push({ day, contractId, reason });
    was = contract;
  }
  return jumps;
}

type ComparedWage = Pick<
  ContractValues,
  "statute" | "wageType" | "grossAmount" | "grossMonthly" | "startDate"
>;

function isRunningOrFuture({ endDate }: Pick<ContractValues, "endDate">, today: string): boolean {
  return endDate === null || endDate >= today;
}

function changeReasons(
  before: ComparedWage | null,
  after: ComparedWage,
  limits: GuardThresholds,
): PersonHoldReason[] {
  const startDate = after.startDate ?? "";
  if (before === null || before.grossAmount === null || after.grossAmount === null) return [];
  if (before.wageType !== after.wageType) {
    return before.wageType === null || after.wageType === null
      ? []
      : [{ code: "WAGE_TYPE_FLIPPED", params: { startDate, wageType: after.wageType } }];
  }
  if (isMonthFlipped(before, after))
    return [{ code: "WAGE_TYPE_FLIPPED", params: { startDate, wageType: after.wageType ?? "" } }];
  const [was, is] = comparableAmounts(before, after);
  if (compareDecimals(was, is) === 0) return [];
  const factor = String(limits.wageFactorMax);
  const params = { startDate, factor };
  if (compareDecimals(is, productOf([was, factor])) >= 0) return [{ code: "WAGE_UP", params }];
  if (compareDecimals(was, productOf([is, factor])) >= 0) return [{ code: "WAGE_DOWN", params }];
  return [];
}

/**
 * A white-collar worker's hourly wage gives a monthly one, a blue-collar worker's does not. A monthly wage that could not be
 * calculated because hours or statute were missing is not a flip when it can be calculated later.
 */
function isMonthFlipped(before: ComparedWage, after: ComparedWage): boolean {
  if (before.grossMonthly !== null) return after.grossMonthly === null;
  return after.grossMonthly !== null && before.statute === "blue_collar";
}

/** Monthly wages when both have one, since hours may have changed with the amount; else the amounts. */
function comparableAmounts(before: ComparedWage, after: ComparedWage): [was: string, is: string] {
  if (before.grossMonthly !== null && after.grossMonthly !== null)
    return [before.grossMonthly, after.grossMonthly];
  return [before.grossAmount ?? "0", after.grossAmount ?? "0"];
}

function rangeReasons(
  before: ContractValues | null,
  after: ContractValues,
  limits: GuardThresholds,
): PersonHoldReason[] {
  const startDate = after.startDate ?? "";
  const { workRegimePercentage: regime, employerSocialSecurityPercentage: nsso } = after;
  const reasons: PersonHoldReason[] = [];
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

/** The person is still listed, but none of the contracts that counted is. */
function goneReasons({ stored, today }: WagesBefore, { operations, after }: WagesAfter): PersonHoldReason[] {
  if (!operations.some((one) => one.kind === "withdraw_contract")) return [];
  const live = (one: { withdrawn: boolean } & Pick<ContractValues, "endDate">) =>
    !one.withdrawn && isRunningOrFuture(one, today);
  const before = stored.filter(live).length;
  return before > 0 && !after.some(live)
    ? [{ code: "WAGE_CONTRACTS_GONE", params: { contracts: String(before) } }]
    : [];
}
