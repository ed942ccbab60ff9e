/** The simulated time: real time plus an offset that the control API sets. */
export interface SimulatedClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** RFC 3339, UTC. */
  nowText(): string;
  /** Calendar date, YYYY-MM-DD, in UTC. */
  today(): string;
  setTo(instant: string): void;
  advance(seconds: number): void;
  offsetMs(): number;
  setOffset(offsetMs: number): void;
}

export function createClock(startAt?: string): SimulatedClock {
  let offset = 0;
  const nowMs = () => Date.now() + offset;
  const nowText = () => new Date(nowMs()).toISOString();
  const clock: SimulatedClock = {
    nowMs,
    nowText,
    today: () => nowText().slice(0, 10),
    setTo: (instant) => {
      offset = Date.parse(instant) - Date.now();
    },
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    offsetMs: () => offset,
    setOffset: (value) => {
      offset = value;
    },
  };
  if (startAt !== undefined) clock.setTo(startAt);
  return clock;
}
