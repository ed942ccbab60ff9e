import { Temporal } from "temporal-polyfill";

/** The calendar of every rule here: payroll, contracts and nights are Belgian. */
const brusselsTimeZone = "Europe/Brussels";

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar date that exists, `YYYY-MM-DD`, years 0001 to 9999. */
export function isCalendarDate(text: string): boolean {
  const match = pattern.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Years 1900 to 2100. Outside it is a slip of the keyboard (`0203-05-01`), never a start of service. */
export function isPlausibleDate(text: string): boolean {
  if (!isCalendarDate(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= 1900 && year <= 2100;
}

/** Negative, zero or positive as `a` is before, on or after `b`. Both are calendar dates. */
export function compareDates(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The date `days` later; negative is earlier. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The date on the calendar in Brussels at an instant: RFC 3339 text, or epoch milliseconds. */
export function brusselsDate(instant: string | number): string {
  const ms = typeof instant === "number" ? instant : Temporal.Instant.from(instant).epochMilliseconds;
  if (ms < latestDay.from || ms >= latestDay.until) latestDay = brusselsDay(ms);
  return latestDay.date;
}

interface BrusselsDay {
  date: string;
  /** Epoch milliseconds, half-open. */
  from: number;
  until: number;
}

/** The day that was asked for last: whoever asks for thousands of people or connections asks for the same one. */
let latestDay: BrusselsDay = { date: "", from: 0, until: 0 };

function brusselsDay(ms: number): BrusselsDay {
  const start = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(brusselsTimeZone).startOfDay();
  return {
    date: start.toPlainDate().toString(),
    from: start.epochMilliseconds,
    until: start.add({ days: 1 }).epochMilliseconds,
  };
}

/** Epoch milliseconds of a wall-clock second in Brussels. The time must exist on that date: see the clock changes. */
export function brusselsInstant(date: string, secondOfDay: number): number {
  const plainTime = Temporal.PlainTime.from("00:00").add({ seconds: secondOfDay });
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: brusselsTimeZone, plainTime })
    .epochMilliseconds;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
