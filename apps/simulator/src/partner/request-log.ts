import type { SimulatedClock } from "../state/clock.ts";

/** A received call, without its body, headers and query. */
export interface LoggedRequest {
  readonly receivedAt: string;
  readonly method: string;
  readonly path: string;
  /** The page number of a listing of workers; null for any other call. */
  readonly page: number | null;
  /** The HTTP status, or the way in which the answer was withheld. */
  readonly status: number | "truncated" | "reset" | "stall";
}

export interface RequestLog {
  add(request: Omit<LoggedRequest, "receivedAt">): void;
  list(): readonly LoggedRequest[];
  clear(): void;
}

const ENTRIES_MAX = 20_000;

export function createRequestLog(clock: SimulatedClock): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    add: (request) => {
      entries.push({ receivedAt: clock.nowText(), ...request });
      if (entries.length > ENTRIES_MAX) entries = entries.slice(-ENTRIES_MAX / 2);
    },
    list: () => entries,
    clear: () => {
      entries = [];
    },
  };
}
