import {
  ambiguousFractionMax,
  fullTimeRegimeMax,
  monthsInQuarter,
  wageFactorMax,
  weeklyHoursMax,
  weeksInQuarter,
  yearMax,
  yearMin,
} from "./expected-limits.ts";
import type { ContractReading } from "./reading.ts";
import type { ContractRow } from "../observations/snapshot.ts";

/** A wage contract as it must be stored; equal values are equal texts. */
export interface ExpectedContract {
  contractId: string;
  statute: string | null;
  wageType: string | null;
  amount: string | null;
  monthly: string | null;
  startDate: string;
  endDate: string | null;
  hours: string | null;
  reference: string | null;
  regime: string | null;
  nsso: string | null;
  committee: string | null;
  withdrawn: boolean;
}

/** Whole ten-thousandths, so that no calculation here is in floating point. */
function units(text: string): bigint {
  const [, sign = "", whole = "0", decimals = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const value = BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, "0").slice(0, 4));
  return sign === "-" ? -value : value;
}

function plain(text: string | null): string | null {
  if (text === null) return null;
  const value = units(text);
  const digits = String(value < 0n ? -value : value).padStart(5, "0");
  const decimals = digits.slice(-4).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -4)}${decimals === "" ? "" : `.${decimals}`}`;
}

export function isMore(a: string, b: string): boolean {
  return units(a) > units(b);
}

/** Whether one wage is larger than the other by `wageFactorMax` or more. */
export function isWageJump(a: string, b: string): boolean {
  const [x, y, factor] = [units(a), units(b), units(wageFactorMax)];
  return x !== y && (units("1") * x >= factor * y || units("1") * y >= factor * x);
}

/** EUR a month: hourly × hours × 13 / 3, rounded half up to the cent. Null where there is no monthly wage. */
function monthlyOf(wage: Pick<ExpectedContract, "statute" | "wageType" | "amount" | "hours">): string | null {
  const { statute, wageType, amount, hours } = wage;
  if (amount === null || wageType === null || units(amount) < 0n) return null;
  if (wageType === "monthly") return cents(units(amount) * 100n, 10_000n);
  if (statute !== "white_collar" || hours === null || units(hours) <= 0n) return null;
  return cents(units(amount) * units(hours) * weeksInQuarter * 100n, monthsInQuarter * 100_000_000n);
}

function cents(numerator: bigint, denominator: bigint): string {
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  const text = String(rounded).padStart(3, "0");
  return plain(`${text.slice(0, -2)}.${text.slice(-2)}`) ?? "0";
}

export function storedContract(row: ContractRow): ExpectedContract {
  return {
    contractId: row.contract_id,
    statute: row.statute,
    wageType: row.wage_type,
    amount: plain(row.gross_amount),
    monthly: plain(row.gross_monthly),
    startDate: row.start_date ?? "",
    endDate: row.end_date,
    hours: plain(row.weekly_hours),
    reference: plain(row.reference_weekly_hours),
    regime: plain(row.work_regime_percentage),
    nsso: plain(row.employer_social_security_percentage),
    committee: row.joint_committee,
    withdrawn: row.withdrawn,
  };
}

/** Equal contracts have equal texts. */
export function textOf(contract: ExpectedContract): string {
  return JSON.stringify(Object.entries(contract).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The contract after a run that read it: usable values as sent, the others as before. Null: it is not stored. */
export function expectedContract(
  sent: ContractReading,
  prior: ExpectedContract | null,
): ExpectedContract | null {
  const dates = datesOf(sent, prior);
  if (dates === null) return null;
  const hours = within(sent.hours, weeklyHoursMax, "0");
  const regime = sent.regime !== null && isMore(sent.regime, "0") ? sent.regime : null;
  const terms = {
    statute: sent.statute ?? prior?.statute ?? null,
    hours: plain(hours) ?? prior?.hours ?? null,
    reference: plain(within(sent.reference, weeklyHoursMax, "0")) ?? prior?.reference ?? null,
    regime: plain(regime) ?? prior?.regime ?? null,
    nsso: plain(percentage(sent.nsso)) ?? prior?.nsso ?? null,
    committee: sent.committee ?? prior?.committee ?? null,
  };
  const wage = wageOf(sent, prior, terms);
  return {
    contractId: sent.contractId,
    ...terms,
    ...wage,
    ...dates,
    monthly: monthlyOf({ ...terms, ...wage }),
    withdrawn: false,
  };
}

function within(text: string | null, max: string, over: string): string | null {
  return text !== null && units(text) > units(over) && units(text) <= units(max) ? text : null;
}

/** A value above 0 and up to 1 may be a fraction or a percentage: it is not used. */
function percentage(text: string | null): string | null {
  if (text === null) return null;
  return units(text) > 0n && units(text) <= units(ambiguousFractionMax) ? null : text;
}

function datesOf(
  sent: ContractReading,
  prior: ExpectedContract | null,
): Pick<ExpectedContract, "startDate" | "endDate"> | null {
  const year = Number(sent.startDate?.slice(0, 4) ?? "0");
  const startDate = year >= yearMin && year <= yearMax ? sent.startDate : (prior?.startDate ?? null);
  const endDate = sent.endDate === undefined ? (prior?.endDate ?? null) : sent.endDate;
  if (startDate !== null && (endDate === null || endDate >= startDate)) return { startDate, endDate };
  return prior === null ? null : { startDate: prior.startDate, endDate: prior.endDate };
}

function wageOf(
  sent: ContractReading,
  prior: ExpectedContract | null,
  terms: Pick<ExpectedContract, "statute" | "hours">,
): Pick<ExpectedContract, "wageType" | "amount"> {
  const known = { wageType: prior?.wageType ?? null, amount: prior?.amount ?? null };
  const amount = sent.amount !== null && units(sent.amount) >= 0n ? plain(sent.amount) : null;
  if (amount !== null && sent.wageType !== null) {
    const wage = { wageType: sent.wageType, amount };
    const losesMonthly =
      sent.wageType === "hourly" &&
      terms.statute !== "blue_collar" &&
      monthlyOf({ ...terms, ...wage }) === null &&
      monthlyOf({ ...terms, ...known }) !== null;
    return losesMonthly ? known : wage;
  }
  if (amount !== null && known.wageType === null) return { wageType: null, amount };
  return known.amount === null ? { wageType: sent.wageType ?? known.wageType, amount: null } : known;
}

/** The contract that the wage comes from on a day: each id that is allowed, or null alone when no contract runs. */
export function currentOn(
  contracts: readonly ExpectedContract[],
  today: string,
  until: string | null,
): (string | null)[] {
  const runs = (one: ExpectedContract) =>
    !one.withdrawn && one.startDate <= today && (one.endDate === null || one.endDate >= today);
  const running = contracts.filter(runs);
  if (running.length <= 1) return [running[0]?.contractId ?? null];
  const distinct = withoutTwins(running, until);
  const left = distinct.length === 1 ? distinct : withoutFollowed(distinct);
  if (left.length === 1) return left.map((one) => one.contractId);
  return [running.some((one) => one.contractId === until) ? until : null];
}

function withoutTwins(running: readonly ExpectedContract[], until: string | null): ExpectedContract[] {
  const groups = new Map<string, ExpectedContract[]>();
  for (const one of running.toSorted(byStart)) {
    const { startDate, statute, wageType, amount, hours, regime, nsso } = one;
    const key = JSON.stringify([startDate, statute, wageType, amount, hours, regime, nsso]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap(
    (twins) => twins.find((one) => one.contractId === until) ?? twins.slice(0, 1),
  );
}

/** Drops older open-ended contracts while the regimes add up to more than full time: a later contract follows them. */
function withoutFollowed(contracts: readonly ExpectedContract[]): ExpectedContract[] {
  let left = contracts.toSorted(byStart);
  for (;;) {
    const regimes = left.map((one) => one.regime);
    const sum = regimes.reduce((total, one) => total + units(one ?? "0"), 0n);
    const older = left.find((one) => one.endDate === null && one.startDate !== left.at(-1)?.startDate);
    if (left.length < 2 || regimes.includes(null) || sum <= units(fullTimeRegimeMax) || older === undefined)
      return left;
    left = left.filter((one) => one !== older);
  }
}

function byStart(a: ExpectedContract, b: ExpectedContract): number {
  return `${a.startDate} ${a.contractId}` < `${b.startDate} ${b.contractId}` ? -1 : 1;
}
