import { addDays, brusselsDate, brusselsInstant } from "../values/calendar-date.ts";

/** Half-open, in seconds of the day in Brussels. The clock changes between the two: those times exist twice or never. */
const windows = [
  { start: seconds(0, 30), end: seconds(1, 59) },
  { start: seconds(3, 0), end: seconds(5, 0) },
] as const;
const windowSeconds = windows.reduce((sum, window) => sum + window.end - window.start, 0);

export interface NightlyState {
  /** Epoch milliseconds. */
  now: number;
  customerId: string;
  /** Brussels date of the last scheduled run, or null before the first. */
  lastScheduledDate: string | null;
  /** Epoch milliseconds since when the connection is active. */
  activeSince: number;
}

/**
 * When a customer's nightly runs start on a date: always at the same second, spread over 00:30–01:59 and 03:00–05:00
 * by a hash of the customer, so that the provider sees an even load.
 * @returns epoch milliseconds
 */
export function nightlySlot(customerId: string, date: string): number {
  let second = fnv1a(customerId) % windowSeconds;
  for (const window of windows) {
    const length = window.end - window.start;
    if (second < length) return brusselsInstant(date, window.start + second);
    second -= length;
  }
  throw new RangeError("the windows do not add up");
}

/**
 * The Brussels date for which a connection's nightly run is due now, or null. One run for each date, also when the clock changes.
 * A missed start is made up for on the same date; a night that passed completely is not repeated.
 */
export function nightlyDue(state: NightlyState): string | null {
  const today = brusselsDate(state.now);
  if (state.lastScheduledDate !== null && state.lastScheduledDate >= today) return null;
  const slot = nightlySlot(state.customerId, today);
  return slot <= state.now && state.activeSince < slot ? today : null;
}

/** When the next nightly run starts: now if one is due. Epoch milliseconds. */
export function nextRunAt(state: NightlyState): number {
  if (nightlyDue(state) !== null) return state.now;
  const today = brusselsDate(state.now);
  const done = state.lastScheduledDate !== null && state.lastScheduledDate >= today;
  const slot = nightlySlot(state.customerId, today);
  if (!done && slot > state.now && slot > state.activeSince) return slot;
  return nightlySlot(state.customerId, addDays(done ? (state.lastScheduledDate ?? today) : today, 1));
}

/** Whether a user waits for a run with this trigger: such runs go before those of the night. */
export function isWaitedFor(trigger: string): boolean {
  return trigger !== "nightly" && trigger !== "retry";
}

/** FNV-1a, 32 bits, over the text's UTF-8 bytes: stable across versions and machines. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8.encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

const utf8 = new TextEncoder();

function seconds(hours: number, minutes: number): number {
  return (hours * 60 + minutes) * 60;
}
