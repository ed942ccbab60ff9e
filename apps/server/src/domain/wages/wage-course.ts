import { addDays } from "../values/calendar-date.ts";
import { currentContract, currentId, type TimelineContract } from "./contract-timeline.ts";

/** The contract that drives the wage from a day on, until the next such day; null while none does. */
export interface Driven {
  day: string;
  contract: TimelineContract | null;
}

/**
 * How the wage goes on from a day by these contracts alone: which of them drives it then, and on each later day on which one
 * starts or has ended. Chosen one after the other, as the days themselves will choose them.
 *
 * @param from calendar date in Europe/Brussels
 * @param lastDecidedId the contract that drove the wage until then
 */
export function courseFrom(
  contracts: readonly TimelineContract[],
  from: string,
  lastDecidedId: string | null,
): Driven[] {
  const counting = contracts.filter((one) => one.endDate === null || one.endDate >= from);
  const later = turningDays(counting).filter((day) => day > from);
  const course: Driven[] = [];
  let decidedId = lastDecidedId;
  for (const day of [from, ...later]) {
    decidedId = currentId(currentContract(counting, day, decidedId));
    course.push({ day, contract: counting.find((one) => one.contractId === decidedId) ?? null });
  }
  return course;
}

/**
 * The contract whose wage is the last that counted, as far as we know it: the one that drives it, or the one that did before
 * the amount or its unit went unknown or nothing ran. Where none ever did, the first that would; then the newest.
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

/** An amount without its unit is no wage that another could be compared with. */
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
