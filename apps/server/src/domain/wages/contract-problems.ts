import { type IssueCode, issueWithParams } from "../catalogue/issue-catalogue.ts";
import type { WorkerContract } from "../records/worker.ts";
import { compareDecimals } from "../values/decimal.ts";
import type { ContractNumbers } from "./contract-numbers.ts";
import { deriveMonthly } from "./wage-conversion.ts";

export interface ContractProblem {
  code: IssueCode;
  params: Record<string, string>;
}

export interface SentContract {
  record: WorkerContract;
  sent: ContractNumbers;
  /** The most that employer contributions may be, in percent of the gross. */
  nssoPercentMax: number;
  /** Fields that are reported as unreadable: they are not reported as missing as well. */
  unreadable: ReadonlySet<string>;
}

/** What is wrong with the values of a contract as they were sent, except its dates. At most one problem for each code. */
export function contractProblems(contract: SentContract): ContractProblem[] {
  return [wageProblem, wageTypeProblem, conversionProblem, regimeProblem, employerNssoProblem].flatMap(
    (judge) => judge(contract) ?? [],
  );
}

/** Whether a value of employer contributions is a percentage for certain: a value up to 1 may be a fraction. */
export function isPercentage(percentage: string): boolean {
  return !isUnitUnclear(percentage);
}

const limits = { hourlyMax: "200", monthlyMin: "200", monthlyMax: "100000" };

function wageProblem({ record, sent, unreadable }: SentContract): ContractProblem | null {
  const { grossAmount } = sent;
  if (grossAmount === null) return unreadable.has("grossAmount") ? null : issueWithParams("WAGE_MISSING", {});
  const reason = implausibleBecause(grossAmount, record.wageType);
  return reason === null ? null : issueWithParams("WAGE_IMPLAUSIBLE", { reason });
}

/** A wage of zero is plausible: unpaid leave. */
function implausibleBecause(amount: string, wageType: WorkerContract["wageType"]): string | null {
  if (compareDecimals(amount, "0") < 0) return "negative";
  if (wageType === "hourly") return compareDecimals(amount, limits.hourlyMax) > 0 ? "hourly_high" : null;
  if (wageType === null || compareDecimals(amount, "0") === 0) return null;
  if (compareDecimals(amount, limits.monthlyMin) < 0) return "monthly_low";
  return compareDecimals(amount, limits.monthlyMax) > 0 ? "monthly_high" : null;
}

function wageTypeProblem({ record, unreadable }: SentContract): ContractProblem | null {
  if (record.wageType !== null || unreadable.has("wageType")) return null;
  return issueWithParams("WAGE_TYPE_UNKNOWN", { wageType: record.wageTypeUnknown ?? "" });
}

function conversionProblem({ record, sent, unreadable }: SentContract): ContractProblem | null {
  const { statute, wageType } = record;
  const wage = deriveMonthly({
    statute,
    wageType,
    grossAmount: sent.grossAmount,
    weeklyHours: sent.weeklyHours,
  });
  if (wage.kind !== "cannot_convert") return null;
  if (unreadable.has(wage.why === "hours_missing" ? "weeklyHours" : "statute")) return null;
  return issueWithParams("CANNOT_CONVERT_TO_MONTHLY", { reason: wage.why });
}

function regimeProblem({ sent, unreadable }: SentContract): ContractProblem | null {
  const { workRegimePercentage: regime } = sent;
  if (regime === null) {
    const params = { reason: "missing" };
    return unreadable.has("workRegimePercentage") ? null : issueWithParams("REGIME_MISSING", params);
  }
  if (compareDecimals(regime, "0") === 0) return issueWithParams("REGIME_MISSING", { reason: "zero" });
  return compareDecimals(regime, "100") > 0 ? issueWithParams("REGIME_OVER_100", {}) : null;
}

function employerNssoProblem({ sent, unreadable, nssoPercentMax }: SentContract): ContractProblem | null {
  const { employerSocialSecurityPercentage: percentage } = sent;
  if (percentage === null) {
    const isNamed = unreadable.has("employerSocialSecurityPercentage");
    return isNamed ? null : issueWithParams("EMPLOYER_NSSO_MISSING", {});
  }
  const allowed = String(nssoPercentMax);
  const reason = judgeNsso(percentage, allowed);
  return reason === null ? null : issueWithParams("EMPLOYER_NSSO_IMPLAUSIBLE", { reason, allowed });
}

function judgeNsso(percentage: string, allowed: string): string | null {
  const sign = compareDecimals(percentage, "0");
  if (sign === 0) return "zero";
  if (sign < 0) return "negative";
  if (isUnitUnclear(percentage)) return "unit_unclear";
  return compareDecimals(percentage, allowed) > 0 ? "too_high" : null;
}

/** A value up to 1 may be a fraction or a percentage (0.27): it is not written. */
function isUnitUnclear(percentage: string): boolean {
  return compareDecimals(percentage, "0") > 0 && compareDecimals(percentage, "1") <= 0;
}
