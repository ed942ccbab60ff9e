/** The time of a simulated world. It moves only by `move` and `moveTo`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  date(): Date;
  /** The calendar date in Brussels. */
  today(): string;
  move(ms: number): void;
  moveTo(ms: number): void;
}

export function clockAt(instant: string): Clock {
  let nowMs = Date.parse(instant);
  return {
    now: () => nowMs,
    date: () => new Date(nowMs),
    today: () => brusselsDay(nowMs),
    move: (ms) => {
      nowMs += ms;
    },
    moveTo: (ms) => {
      nowMs = Math.max(nowMs, ms);
    },
  };
}

const brussels = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels", dateStyle: "short" });

/** By the time zone tables of the platform, not by the engine's own rule: the one checks the other. */
export function brusselsDay(instantMs: number): string {
  return brussels.format(instantMs);
}
