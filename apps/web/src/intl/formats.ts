const brussels = "Europe/Brussels";

/** Euros from the API's decimal string, exact: `€ 3.293,33` in nl-BE; an hourly wage has up to four decimals. */
export function formatMoney(locale: string, amount: string): string {
  const style = {
    style: "currency",
    currency: "EUR",
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  } as const;
  return new Intl.NumberFormat(locale, style).format(decimal(amount));
}

/** A percentage that is already in percents (`"27.17"`), with at most `digits` decimals. */
export function formatPercent(locale: string, percent: string, digits = 4): string {
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "percent",
    maximumFractionDigits: digits,
  }).format(decimal(percent));
}

/** Hours a week as the API has them (decimal, `"30.4"`) in the way Belgian payroll writes them: `30:24`. */
export function formatHours(hours: string): string {
  const minutes = Math.round(Number(hours) * 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

export function formatNumber(locale: string, value: number | string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(
    typeof value === "number" ? value : decimal(value),
  );
}

/** A calendar date (`YYYY-MM-DD`) with the month spelled out, so that no one mistakes day and month. */
export function formatDate(locale: string, date: string, month: "long" | "short" = "long"): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** An instant as clock time in Belgium: `22 nov. 02:14`; the year is added when it is not the current one. */
export function formatInstant(locale: string, instant: string, now: Date): string {
  const then = new Date(instant);
  const sameYear = dayInBrussels(then).slice(0, 4) === dayInBrussels(now).slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: brussels,
  }).format(then);
}

/** The instant in full with its time zone, for a title attribute. */
export function formatInstantInFull(locale: string, instant: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: brussels,
    timeZoneName: "long",
  }).format(new Date(instant));
}

export function formatTime(locale: string, instant: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: brussels,
  }).format(new Date(instant));
}

/** Whole calendar days in Belgium from `now` to `instant`: 0 today, -1 yesterday, 1 tomorrow. */
export function daysFromNow(instant: string, now: Date): number {
  const day = 24 * 60 * 60 * 1000;
  const start = Date.parse(`${dayInBrussels(now)}T00:00:00Z`);
  const end = Date.parse(`${dayInBrussels(new Date(instant))}T00:00:00Z`);
  return Math.round((end - start) / day);
}

/** Today's date in Belgium, `YYYY-MM-DD`. */
export function dayInBrussels(instant: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: brussels, dateStyle: "short" }).format(instant);
}

function decimal(text: string): Intl.StringNumericLiteral {
  return text as Intl.StringNumericLiteral;
}
