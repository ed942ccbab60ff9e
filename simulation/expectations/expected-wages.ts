import { currentOn, type ExpectedContract, isMore, isWageJump, textOf } from "./expected-contract.ts";
import { nssoMax, nssoMin, regimeMax } from "./expected-limits.ts";
import { shiftDate } from "../model/people.ts";

/** Whether a wage must be held: surely, maybe (the wage before is not known), or not. */
export type WageDoubt = "none" | "maybe" | "sure";

interface Now {
  today: string;
  /** The contract that was current before the run. */
  until: string | null;
}

/** The doubt about contracts that went from `prior` to `next`. */
export function doubtOf(
  prior: readonly ExpectedContract[],
  next: readonly ExpectedContract[],
  now: Now,
): WageDoubt {
  const isLeft = (one: ExpectedContract) => one.endDate === null || one.endDate >= now.today;
  const isLive = (one: ExpectedContract) => !one.withdrawn && isLeft(one);
  const priorOf = (one: ExpectedContract) => prior.find((other) => other.contractId === one.contractId);
  const touched = next.filter((one) => {
    const old = priorOf(one);
    return old === undefined || textOf(old) !== textOf(one);
  });
  if (touched.length === 0) return "none";
  const areGone = prior.some(isLive) && !next.some(isLive) && touched.some((one) => one.withdrawn);
  const looksWrong = touched.filter(isLeft).some((one) => {
    const old = priorOf(one);
    return isOutOfRange(one, old) || (old !== undefined && moveOf(old, one) !== null);
  });
  return areGone || looksWrong ? "sure" : doubtOfComingDays(prior, next, now);
}

function isOutOfRange(one: ExpectedContract, old: ExpectedContract | undefined): boolean {
  const regime = one.regime !== null && one.regime !== old?.regime && isMore(one.regime, regimeMax);
  const nsso =
    one.nsso !== null && one.nsso !== old?.nsso && (isMore(one.nsso, nssoMax) || isMore(nssoMin, one.nsso));
  return regime || nsso;
}

/** How the wage moves from the old contract to the new one; null when it does not jump. */
function moveOf(old: ExpectedContract, one: ExpectedContract): "flip" | "up" | "down" | null {
  if (old.amount === null || one.amount === null) return null;
  if (old.wageType !== one.wageType) return old.wageType !== null && one.wageType !== null ? "flip" : null;
  const losesMonth = old.monthly !== null && one.monthly === null;
  const gainsMonth = old.monthly === null && one.monthly !== null && old.statute === "blue_collar";
  if (losesMonth || gainsMonth) return "flip";
  const hasMonths = old.monthly !== null && one.monthly !== null;
  const [was, is] = hasMonths ? [old.monthly, one.monthly] : [old.amount, one.amount];
  if (was === null || is === null || !isWageJump(was, is)) return null;
  return isMore(is, was) ? "up" : "down";
}

/**
 * The current wage may not jump from one day to the next without a hold, whichever contract causes it. A jump that the contracts before
 * the run would have caused as well, on the same day or earlier, was judged already.
 */
function doubtOfComingDays(
  prior: readonly ExpectedContract[],
  next: readonly ExpectedContract[],
  { today, until }: Now,
): WageDoubt {
  if (prior.length === 0) return "none";
  const days = daysOfChange([...prior, ...next], today);
  const [counts = null] = currentOn(prior, today, until);
  const wageNow = wageOf(prior, counts);
  if (wageNow === null) return "maybe";
  const known = jumpsOn(days, prior, wageNow, counts);
  const jumps = jumpsOn(days, next, wageNow, counts);
  const isKnown = (jump: Jump) => known.some((one) => one.what === jump.what && one.day <= jump.day);
  return jumps.every(isKnown) ? "none" : "sure";
}

function daysOfChange(contracts: readonly ExpectedContract[], today: string): string[] {
  const days = contracts.flatMap(({ startDate, endDate }) => [
    startDate,
    endDate === null ? today : shiftDate(endDate, 1),
  ]);
  return [...new Set([today, ...days.filter((day) => day > today)])].toSorted();
}

function wageOf(contracts: readonly ExpectedContract[], id: string | null): ExpectedContract | null {
  const one = contracts.find((other) => other.contractId === id);
  return one === undefined || one.amount === null || one.wageType === null ? null : one;
}

interface Jump {
  day: string;
  what: string;
}

function jumpsOn(
  days: readonly string[],
  contracts: readonly ExpectedContract[],
  wageNow: ExpectedContract,
  counts: string | null,
): Jump[] {
  let [id, last] = [counts, wageNow];
  return days.flatMap((day) => {
    [id = null] = currentOn(contracts, day, id);
    const one = wageOf(contracts, id);
    if (one === null) return [];
    const how = moveOf(last, one);
    last = one;
    return how === null ? [] : [{ day, what: `${how} ${one.contractId}` }];
  });
}
