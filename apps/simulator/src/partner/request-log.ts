import type { SimulatedClock } from "../state/clock.ts";

/** One call that was received. No bodies, no headers, no queries. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The page of a listing of workers, else null. */
  readonly page: number | null;
  /** The status, or how the answer was withheld. */
  readonly status: number | "truncated" | "reset" | "stall";
}

export interface RequestLog {
  add(request: Omit<LoggedRequest, "at">): void;
  list(): readonly LoggedRequest[];
  clear(): void;
}

const ENTRIES_MAX = 20_000;

export function createRequestLog(clock: SimulatedClock): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add: (request) => {
      entries.push({ at: clock.nowText(), ...request });
      if (entries.length > ENTRIES_MAX) entries = entries.slice(-ENTRIES_MAX / 2);
    },
    list: () => entries,
    clear: () => {
      entries = [];
    },
  };
}
