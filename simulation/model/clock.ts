/** The time of a simulated world. It moves only when it is told to. */
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
  let at = Date.parse(instant);
  return {
    now: () => at,
    date: () => new Date(at),
    today: () => brusselsDay(at),
    move: (ms) => {
      at += ms;
    },
    moveTo: (ms) => {
      at = Math.max(at, ms);
    },
  };
}

const brussels = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels", dateStyle: "short" });

/** By the tables of the platform: a second reading beside the engine's own. */
export function brusselsDay(at: number): string {
  return brussels.format(at);
}
