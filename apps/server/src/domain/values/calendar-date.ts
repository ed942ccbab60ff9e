import { Temporal } from "temporal-polyfill";

/** Payroll, contracts and nights follow the Belgian calendar. */
const brusselsTimeZone = "Europe/Brussels";

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar date that exists, `YYYY-MM-DD`, years 0001 to 9999. */
export function isCalendarDate(text: string): boolean {
  const match = pattern.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Years 1900 to 2100. Other years are typing errors (`0203-05-01`), or what a system fills in for an unknown date. */
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
  const moment = typeof instant === "number" ? instant : Temporal.Instant.from(instant).epochMilliseconds;
  const day = Math.floor(moment / dayMs);
  const { before, midnight, after } = cached(utcDays, day, () => midnightWithin(day));
  return moment < midnight ? before : after;
}

/** Epoch milliseconds of a wall-clock second in Brussels. The time must exist on that date: see the clock changes. */
export function brusselsInstant(date: string, secondOfDay: number): number {
  const { start, length } = cached(brusselsDays, date, () => dayOf(date));
  if (length === dayMs) return start + secondOfDay * 1000;
  const plainTime = Temporal.PlainTime.from("00:00").add({ seconds: secondOfDay });
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: brusselsTimeZone, plainTime })
    .epochMilliseconds;
}

/**
 * Time zone calculations take a fraction of a millisecond, and each tick of the schedule makes some for every connection. So days
 * are cached; a few are in use at a time.
 */
const utcDays = new Map<number, { before: string; midnight: number; after: string }>();
const brusselsDays = new Map<string, { start: number; length: number }>();
const daysMax = 10_000;
const dayMs = 86_400_000;

function cached<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= daysMax) known.clear();
  const value = find();
  known.set(key, value);
  return value;
}

/** The one midnight of Brussels within a day of UTC (from its first moment on), and the dates on both sides of it. */
function midnightWithin(utcDay: number): { before: string; midnight: number; after: string } {
  const date = Temporal.Instant.fromEpochMilliseconds(utcDay * dayMs)
    .toZonedDateTimeISO(brusselsTimeZone)
    .toPlainDate();
  const next = date.add({ days: 1 });
  return {
    before: date.toString(),
    midnight: next.toZonedDateTime(brusselsTimeZone).epochMilliseconds,
    after: next.toString(),
  };
}

function dayOf(date: string): { start: number; length: number } {
  const plain = Temporal.PlainDate.from(date);
  const start = plain.toZonedDateTime(brusselsTimeZone).epochMilliseconds;
  const next = plain.add({ days: 1 }).toZonedDateTime(brusselsTimeZone).epochMilliseconds;
  return { start, length: next - start };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
