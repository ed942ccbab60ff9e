import type { ContractValues } from "../records/employee.ts";
import { compareDates } from "../values/calendar-date.ts";
import { compareDecimals, sumDecimals } from "../values/decimal.ts";

export interface TimelineContract extends ContractValues {
  contractId: string;
  withdrawn: boolean;
}

export type CurrentContract =
  | { kind: "one"; contractId: string; notice: null | "duplicates" | "superseded" }
  /** Several run at once and no rule says which counts; `keptId` is the one decided last, if it still runs. */
  | { kind: "several"; contractIds: string[]; keptId: string | null }
  | { kind: "future"; startsOn: string }
  | { kind: "ended"; endedOn: string }
  | { kind: "none" };

/**
 * Which wage contract drives the wage on a day. A contract runs from its start up to and including its last day; withdrawn ones and
 * those without a start never count. Several at once are legal in Belgium and are never summed. Identical ones count as one. An
 * older open-ended one with which the regimes exceed 100 % was followed by the latest. Otherwise an admin decides, and the
 * contract decided last stays current.
 *
 * @param today calendar date in Europe/Brussels
 * @param lastDecidedId the contract that drove the wage until now
 */
export function currentContract(
  contracts: readonly TimelineContract[],
  today: string,
  lastDecidedId: string | null,
): CurrentContract {
  const dated = contracts.filter((one) => !one.withdrawn && one.startDate !== null).toSorted(byStart);
  const running = dated.filter((one) => isRunning(one, today));
  const [only, second] = running;
  if (only === undefined) return notRunning(dated, today);
  if (second === undefined) return { kind: "one", contractId: only.contractId, notice: null };
  return choose(running, lastDecidedId);
}

/** The contract that drives the wage: the one, or among several the one decided last. */
export function currentId(current: CurrentContract): string | null {
  if (current.kind === "one") return current.contractId;
  return current.kind === "several" ? current.keptId : null;
}

/** Runs on that day, the last day included. */
export function isRunning(
  contract: { startDate: string | null; endDate: string | null },
  today: string,
): boolean {
  const { startDate, endDate } = contract;
  if (startDate === null || compareDates(startDate, today) > 0) return false;
  return endDate === null || compareDates(endDate, today) >= 0;
}

function notRunning(dated: readonly TimelineContract[], today: string): CurrentContract {
  const starts = dated.map((one) => one.startDate ?? "").filter((start) => start > today);
  const [startsOn] = starts.toSorted();
  if (startsOn !== undefined) return { kind: "future", startsOn };
  const endedOn = dated
    .map((one) => one.endDate ?? "")
    .toSorted()
    .at(-1);
  return endedOn === undefined ? { kind: "none" } : { kind: "ended", endedOn };
}

function choose(running: readonly TimelineContract[], lastDecidedId: string | null): CurrentContract {
  const distinct = collapseDuplicates(running, lastDecidedId);
  const [first, second] = distinct;
  if (first !== undefined && second === undefined) {
    return { kind: "one", contractId: first.contractId, notice: "duplicates" };
  }
  const left = dropSuperseded(distinct);
  const [latest, another] = left;
  if (latest !== undefined && another === undefined) {
    return { kind: "one", contractId: latest.contractId, notice: "superseded" };
  }
  const kept = running.find((one) => one.contractId === lastDecidedId);
  return {
    kind: "several",
    contractIds: left.map((one) => one.contractId),
    keptId: kept?.contractId ?? null,
  };
}

/** One of each set of contracts with the same pay, work and start: the one decided last, else the one with the first id. */
function collapseDuplicates(
  running: readonly TimelineContract[],
  lastDecidedId: string | null,
): TimelineContract[] {
  const kept: TimelineContract[] = [];
  for (const contract of running) {
    const twin = kept.findIndex((one) => isDuplicate(one, contract));
    if (twin === -1) kept.push(contract);
    else if (contract.contractId === lastDecidedId) kept[twin] = contract;
  }
  return kept;
}

/** Leaves out the oldest open-ended one while the regimes exceed 100 % together and a later one has started. */
function dropSuperseded(contracts: readonly TimelineContract[]): TimelineContract[] {
  const left = [...contracts];
  while (left.length > 1 && isOverFullTime(left)) {
    const latestStart = left.at(-1)?.startDate ?? null;
    const older = left.findIndex((one) => one.endDate === null && one.startDate !== latestStart);
    if (older === -1) break;
    left.splice(older, 1);
  }
  return left;
}

function isOverFullTime(contracts: readonly TimelineContract[]): boolean {
  const regimes = contracts.map((one) => one.workRegimePercentage).filter((one) => one !== null);
  return regimes.length === contracts.length && compareDecimals(sumDecimals(regimes), "100") > 0;
}

function isDuplicate(a: TimelineContract, b: TimelineContract): boolean {
  return (
    a.startDate === b.startDate &&
    a.statute === b.statute &&
    a.wageType === b.wageType &&
    isSameDecimal(a.grossAmount, b.grossAmount) &&
    isSameDecimal(a.weeklyHours, b.weeklyHours) &&
    isSameDecimal(a.workRegimePercentage, b.workRegimePercentage) &&
    isSameDecimal(a.employerSocialSecurityPercentage, b.employerSocialSecurityPercentage)
  );
}

function isSameDecimal(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : compareDecimals(a, b) === 0;
}

function byStart(a: TimelineContract, b: TimelineContract): number {
  const byDate = compareDates(a.startDate ?? "", b.startDate ?? "");
  return byDate === 0 ? compareDates(a.contractId, b.contractId) : byDate;
}
