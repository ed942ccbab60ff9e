import { issueWithParams } from "../catalogue/issue-catalogue.ts";
import type { WorkerContract } from "../records/worker.ts";
import { isCalendarDate, isPlausibleDate } from "../values/calendar-date.ts";
import type { ContractProblem } from "./contract-problems.ts";

export interface MergedDates {
  /** The dates the contract will have; null where there are none to be had: the contract stays out. */
  usable: { startDate: string; endDate: string | null } | null;
  problems: ContractProblem[];
  unreadable: "endDate"[];
  /** The last day of the contract as far as it is known, or null when it has no end. */
  lastDay: string | null;
}

interface StoredDates {
  startDate: string | null;
  endDate: string | null;
}

/**
 * The dates of a contract: as sent where they are usable, else as stored. The two are taken together, so that a contract never ends
 * before it starts. When no end was sent, the stored one stays; `null` says that there is none.
 */
export function mergeDates(record: WorkerContract, prior: StoredDates | null): MergedDates {
  const start = readStart(record);
  const isEndReadable = typeof record.endDate !== "string" || isCalendarDate(record.endDate);
  const sentEnd = isEndReadable ? record.endDate : undefined;
  const unreadable: "endDate"[] = isEndReadable ? [] : ["endDate"];
  const startDate = start.startDate ?? prior?.startDate ?? null;
  const endDate = sentEnd === undefined ? (prior?.endDate ?? null) : sentEnd;
  if (startDate !== null && (endDate === null || endDate >= startDate)) {
    return { usable: { startDate, endDate }, problems: start.problems, unreadable, lastDay: endDate };
  }
  const kept =
    prior === null || prior.startDate === null
      ? null
      : { startDate: prior.startDate, endDate: prior.endDate };
  return {
    usable: kept,
    problems: start.problems.length > 0 ? start.problems : [endsTooEarly(startDate, endDate)],
    unreadable,
    lastDay: kept === null ? laterOf(record.startDate, sentEnd ?? null) : kept.endDate,
  };
}

function readStart(record: WorkerContract): { startDate: string | null; problems: ContractProblem[] } {
  const { startDate } = record;
  if (startDate === null) {
    return { startDate, problems: [issueWithParams("CONTRACT_DATES_INVALID", { reason: "start_missing" })] };
  }
  if (isPlausibleDate(startDate)) return { startDate, problems: [] };
  const params = { reason: "start_implausible", startDate };
  return { startDate: null, problems: [issueWithParams("CONTRACT_DATES_INVALID", params)] };
}

function endsTooEarly(startDate: string | null, endDate: string | null): ContractProblem {
  const params = { reason: "end_before_start", startDate: startDate ?? "", endDate: endDate ?? "" };
  return issueWithParams("CONTRACT_DATES_INVALID", params);
}

/** The last day of a contract whose dates contradict each other is unknown: the later of the two, or null when it has no end. */
function laterOf(startDate: string | null, endDate: string | null): string | null {
  if (endDate === null) return null;
  return startDate !== null && startDate > endDate ? startDate : endDate;
}
