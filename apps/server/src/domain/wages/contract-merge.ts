import type { ContractValues } from "../records/employee.ts";
import type { WorkerContract } from "../records/worker.ts";
import { compareDecimals } from "../values/decimal.ts";
import { mergeDates } from "./contract-dates.ts";
import { keepNumber, readNumbers } from "./contract-numbers.ts";
import type { ContractNumbers } from "./contract-numbers.ts";
import { contractProblems, isPercentage } from "./contract-problems.ts";
import type { ContractProblem } from "./contract-problems.ts";
import { grossMonthlyOf } from "./wage-conversion.ts";

export interface MergedContract {
  contractId: string;
  /** The usable values among those that were sent. */
  sent: ContractNumbers & Pick<WorkerContract, "wageType">;
  /** The whole contract after merging, or null where it stays out: a new one without usable dates. */
  after: ContractValues | null;
  problems: ContractProblem[];
  /** Fields that were sent in an unreadable form, or with a value that cannot exist. */
  unreadable: string[];
  /** The day after which none of its problems matters, or null when it has no end. */
  lastDay: string | null;
}

/**
 * What a contract becomes: each usable value as sent, each other one as stored. An amount and its unit are taken together, and so
 * are the two dates: half a wage is worse than the old one. Problems are about the values that were sent, not the stored ones.
 *
 * @param options.defects names of the contract's fields that decoding could not read
 * @param options.nssoPercentMax the most that employer contributions may be, in percent of the gross
 */
export function mergeContract(
  record: WorkerContract,
  prior: ContractValues | null,
  { defects, nssoPercentMax }: { defects: readonly string[]; nssoPercentMax: number },
): MergedContract {
  const { sent, unreadable: senseless } = readNumbers(record);
  const dates = mergeDates(record, prior);
  // The problems of the dates report an unreadable start.
  const unreadable = [...defects, ...senseless, ...dates.unreadable].filter((field) => field !== "startDate");
  const values = mergeValues(record, sent, prior);
  return {
    contractId: record.contractId,
    sent: { ...sent, wageType: record.wageType },
    after: dates.usable === null ? null : { ...values, ...dates.usable },
    problems: [
      ...dates.problems,
      ...contractProblems({ record, sent, nssoPercentMax, unreadable: new Set(unreadable) }),
    ],
    unreadable,
    lastDay: dates.lastDay,
  };
}

type Undated = Omit<ContractValues, "startDate" | "endDate">;

function mergeValues(record: WorkerContract, sent: ContractNumbers, prior: ContractValues | null): Undated {
  const nsso = sent.employerSocialSecurityPercentage;
  const base = {
    statute: record.statute ?? prior?.statute ?? null,
    weeklyHours: keepNumber(positive(sent.weeklyHours), prior?.weeklyHours),
    referenceWeeklyHours: keepNumber(positive(sent.referenceWeeklyHours), prior?.referenceWeeklyHours),
    workRegimePercentage: keepNumber(positive(sent.workRegimePercentage), prior?.workRegimePercentage),
    employerSocialSecurityPercentage: keepNumber(
      nsso !== null && isPercentage(nsso) ? nsso : null,
      prior?.employerSocialSecurityPercentage,
    ),
    jointCommittee: record.jointCommittee ?? prior?.jointCommittee ?? null,
  };
  const wage = mergeWage({ wageType: record.wageType, grossAmount: sent.grossAmount }, prior, base);
  return { ...base, ...wage, grossMonthly: grossMonthlyOf({ ...base, ...wage }) };
}

type WageAmount = Pick<ContractValues, "wageType" | "grossAmount">;

/** The amount with its unit: both as sent, or both as stored. */
function mergeWage(
  sent: WageAmount,
  prior: ContractValues | null,
  base: Pick<ContractValues, "statute" | "weeklyHours">,
): WageAmount {
  const grossAmount =
    sent.grossAmount !== null && compareDecimals(sent.grossAmount, "0") >= 0 ? sent.grossAmount : null;
  const { wageType } = sent;
  const known: WageAmount = { wageType: prior?.wageType ?? null, grossAmount: prior?.grossAmount ?? null };
  if (grossAmount !== null && wageType !== null) {
    const wage = { wageType, grossAmount: keepNumber(grossAmount, known.grossAmount) };
    return isLoss(wage, known, base) ? known : wage;
  }
  // An amount without a unit is written as it was sent, unless a unit of another amount is stored.
  if (grossAmount !== null && known.wageType === null) {
    return { wageType: null, grossAmount: keepNumber(grossAmount, known.grossAmount) };
  }
  return known.grossAmount === null ? { wageType: wageType ?? known.wageType, grossAmount: null } : known;
}

/** An hourly wage that cannot be converted does not replace a wage that gave a monthly one. */
function isLoss(
  wage: WageAmount,
  known: WageAmount,
  base: Pick<ContractValues, "statute" | "weeklyHours">,
): boolean {
  if (wage.wageType !== "hourly" || base.statute === "blue_collar") return false;
  return grossMonthlyOf({ ...base, ...wage }) === null && grossMonthlyOf({ ...base, ...known }) !== null;
}

/** Zero hours or zero percent mean that the person does not work now. They are not what was agreed. */
function positive(value: string | null): string | null {
  return value !== null && compareDecimals(value, "0") > 0 ? value : null;
}
