import { addDays } from "../values/calendar-date.ts";
import { currentContract, currentId, type TimelineContract } from "./contract-timeline.ts";

/** The contract that is current from a day on, until the next such day; null while none is. */
export interface CurrentFrom {
  day: string;
  contract: TimelineContract | null;
}

/**
 * Which contract is current from a day on, and from each later day on which a contract starts or has ended. Each choice builds on
 * the one before, as it will when the days come.
 *
 * @param firstDay calendar date in Europe/Brussels
 * @param lastDecidedId the contract that drove the wage until then
 */
export function courseFrom(
  contracts: readonly TimelineContract[],
  firstDay: string,
  lastDecidedId: string | null,
): CurrentFrom[] {
  const counting = contracts.filter((one) => one.endDate === null || one.endDate >= firstDay);
  const later = turningDays(counting).filter((day) => day > firstDay);
  const course: CurrentFrom[] = [];
  let decidedId = lastDecidedId;
  for (const day of [firstDay, ...later]) {
    decidedId = currentId(currentContract(counting, day, decidedId));
    course.push({ day, contract: counting.find((one) => one.contractId === decidedId) ?? null });
  }
  return course;
}

/**
 * The contract with the last known wage: the current one; else the last current one with a known amount and unit; else the first
 * one that will be current; else the newest.
 *
 * @param decidedId the contract that drives it today
 */
export function lastKnownWage(
  stored: readonly TimelineContract[],
  today: string,
  decidedId: string | null,
): TimelineContract | null {
  const known = stored.filter(hasWage);
  const current = known.find((one) => one.contractId === decidedId);
  return current ?? drivenBefore(stored, today) ?? firstToDrive(stored, today) ?? newestOf(known);
}

/** An amount without its unit cannot be compared with another wage. */
export function hasWage({ grossAmount, wageType }: TimelineContract): boolean {
  return grossAmount !== null && wageType !== null;
}

function drivenBefore(stored: readonly TimelineContract[], today: string): TimelineContract | null {
  const days = turningDays(stored).filter((day) => day <= today);
  for (const day of [...days, today].toReversed()) {
    const id = currentId(currentContract(stored, day, null));
    const driver = stored.find((one) => one.contractId === id);
    if (driver !== undefined && hasWage(driver)) return driver;
  }
  return null;
}

function firstToDrive(stored: readonly TimelineContract[], today: string): TimelineContract | null {
  const course = courseFrom(stored, today, null);
  return course.find(({ contract }) => contract !== null && hasWage(contract))?.contract ?? null;
}

function newestOf(contracts: readonly TimelineContract[]): TimelineContract | null {
  const place = (one: TimelineContract) => `${one.startDate ?? ""} ${one.contractId}`;
  return contracts.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)).at(-1) ?? null;
}

/** Starts, and the days after ends, in order. */
function turningDays(contracts: readonly TimelineContract[]): string[] {
  const days = contracts.flatMap(({ startDate, endDate }) => [
    ...(startDate === null ? [] : [startDate]),
    // There is no day after the last of the calendar.
    ...(endDate === null || endDate >= lastDayOfCalendar ? [] : [addDays(endDate, 1)]),
  ]);
  return [...new Set(days)].toSorted();
}

const lastDayOfCalendar = "9999-12-31";
