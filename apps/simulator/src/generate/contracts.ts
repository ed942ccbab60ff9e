import { addDays, daysBetween } from "../state/calendar.ts";
import type { Random } from "./random.ts";
import type { Employment } from "./employment.ts";

/** A wage contract as Liantis sends it; amounts, hours and percentages are decimal strings. */
export interface GeneratedContract {
  contractId: string;
  statute: string;
  wageType: string;
  grossAmount: string;
  startDate: string;
  endDate: string | null;
  weeklyHours: string;
  referenceWeeklyHours: string;
  workRegimePercentage: string;
  employerSocialSecurityPercentage: string;
  jointCommittee: string;
}

interface WageTerms {
  readonly statute: "WHITE_COLLAR" | "BLUE_COLLAR";
  readonly wageType: "HOURLY" | "MONTHLY";
  readonly fullTimeMonthly: number;
  readonly referenceWeeklyHours: number;
  readonly employerPercentage: string;
  readonly jointCommittee: string;
}

const WHITE_COLLAR_COMMITTEES = ["200", "200", "200", "201", "202", "209", "220", "226", "302"] as const;
const BLUE_COLLAR_COMMITTEES = ["100", "111", "116", "118", "119", "124", "140", "302"] as const;
const REGIMES = [
  [100, 62],
  [80, 16],
  [50, 10],
  [90, 4],
  [60, 4],
  [75, 2],
  [20, 2],
] as const;
const REFERENCE_HOURS = [
  [38, 80],
  [39, 10],
  [40, 10],
] as const;

/** The successive contracts of one person, oldest first: 1.3 on average, without overlaps. */
export function generateContracts(
  random: Random,
  workerId: string,
  employment: Employment,
  asOf: string,
): GeneratedContract[] {
  const terms = inventTerms(random);
  const starts = inventStarts(random, employment, asOf);
  return starts.map((startDate, index) => {
    const next = starts[index + 1];
    const endDate = next === undefined ? lastEnd(random, employment, startDate, asOf) : addDays(next, -1);
    return {
      contractId: `${workerId}-${index + 1}`,
      startDate,
      endDate,
      ...wageOf(random, terms, 1 + 0.03 * index),
    };
  });
}

function inventTerms(random: Random): WageTerms {
  const white = random.chance(0.7);
  return {
    statute: white ? "WHITE_COLLAR" : "BLUE_COLLAR",
    wageType: random.chance(white ? 0.08 : 0.94) ? "HOURLY" : "MONTHLY",
    fullTimeMonthly: white ? random.between(2_250, 6_400) : random.between(2_150, 3_400),
    referenceWeeklyHours: random.weighted(REFERENCE_HOURS),
    employerPercentage: (white ? random.between(2_500, 2_860) : random.between(3_050, 3_800)).toString(),
    jointCommittee: random.pick(white ? WHITE_COLLAR_COMMITTEES : BLUE_COLLAR_COMMITTEES),
  };
}

function inventStarts(random: Random, employment: Employment, asOf: string): string[] {
  const count = random.weighted([
    [1, 75],
    [2, 20],
    [3, 5],
  ] as const);
  const firstDay = employment.startDate;
  const lastDay = employment.endDate !== null && employment.endDate < asOf ? employment.endDate : asOf;
  const spanDays = daysBetween(firstDay, lastDay);
  const starts = [firstDay];
  if (spanDays < 120 || count === 1) return starts;
  const recentDays = Math.min(spanDays - 30, 1_600);
  const cuts = new Set<number>();
  while (cuts.size < count - 1) cuts.add(random.between(15, recentDays));
  starts.push(...[...cuts].toSorted((left, right) => right - left).map((days) => addDays(lastDay, -days)));
  const stays = employment.endDate === null;
  if (stays && random.chance(0.2)) starts[starts.length - 1] = addDays(asOf, random.between(1, 60));
  return starts;
}

function lastEnd(random: Random, employment: Employment, startDate: string, asOf: string): string | null {
  if (employment.endDate !== null) return employment.endDate;
  if (!random.chance(0.05)) return null;
  return addDays(startDate > asOf ? startDate : asOf, random.between(30, 400));
}

function wageOf(random: Random, terms: WageTerms, growth: number) {
  const regime = random.weighted(REGIMES);
  const hours = (terms.referenceWeeklyHours * regime) / 100;
  const monthly = terms.fullTimeMonthly * growth;
  const hourly = (monthly * 3) / (13 * terms.referenceWeeklyHours);
  return {
    statute: terms.statute,
    wageType: terms.wageType,
    grossAmount: terms.wageType === "HOURLY" ? hourly.toFixed(4) : ((monthly * regime) / 100).toFixed(2),
    weeklyHours: hours.toFixed(2),
    referenceWeeklyHours: terms.referenceWeeklyHours.toFixed(2),
    workRegimePercentage: regime.toFixed(2),
    employerSocialSecurityPercentage: `${terms.employerPercentage.slice(0, 2)}.${terms.employerPercentage.slice(2)}`,
    jointCommittee: terms.jointCommittee,
  };
}
