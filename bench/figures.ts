import { type PhaseName, phaseNames } from "./checks.ts";
import type { Measurement, SideName } from "./measure.ts";

/** All measurements at one size. */
export type Rounds = Record<PhaseName, Record<SideName, Measurement[]>>;

export interface PhaseFigures {
  floorSeconds: number;
  ourSeconds: number;
  wallRatio: number;
  cpuRatio: number;
}

/** One size, as `--json` prints it. */
export interface Figures {
  n: number;
  phases: Record<PhaseName, PhaseFigures>;
  peakMemoryMb: number;
}

export function noRounds(): Rounds {
  return {
    first: { floor: [], us: [] },
    again: { floor: [], us: [] },
    onePercent: { floor: [], us: [] },
  };
}

/** Medians over the rounds; the peak of memory is the highest of the first loads. */
export function figuresOf(n: number, rounds: Rounds): Figures {
  const { first, again, onePercent } = rounds;
  return {
    n,
    phases: { first: phaseFigures(first), again: phaseFigures(again), onePercent: phaseFigures(onePercent) },
    peakMemoryMb: Math.round(Math.max(...first.us.map((one) => one.peakMemoryMb))),
  };
}

function phaseFigures({ floor, us }: Record<SideName, Measurement[]>): PhaseFigures {
  const floorSeconds = median(floor.map((one) => one.seconds));
  const ourSeconds = median(us.map((one) => one.seconds));
  return {
    floorSeconds: rounded(floorSeconds, 3),
    ourSeconds: rounded(ourSeconds, 3),
    wallRatio: rounded(ourSeconds / floorSeconds, 2),
    cpuRatio: rounded(median(us.map(cpuSeconds)) / median(floor.map(cpuSeconds)), 2),
  };
}

function cpuSeconds(one: Measurement): number {
  return one.cpuSeconds + one.databaseCpuSeconds;
}

/** A table for the terminal: one line per phase, with seconds and processor time of both sides. */
export function tableOf(n: number, rounds: Rounds): string {
  const figures = figuresOf(n, rounds);
  const head = ["", "floor s", "ours s", "wall ×", "CPU ×", "floor CPU s (node+pg)", "our CPU s (node+pg)"];
  const rows = phaseNames.map((phase) => {
    const { floorSeconds, ourSeconds, wallRatio, cpuRatio } = figures.phases[phase];
    const cpu = (side: SideName) => {
      const all = rounds[phase][side];
      const own = median(all.map((one) => one.cpuSeconds));
      const database = median(all.map((one) => one.databaseCpuSeconds));
      return `${own.toFixed(2)}+${database.toFixed(2)}`;
    };
    return [
      titles[phase],
      floorSeconds.toFixed(3),
      ourSeconds.toFixed(3),
      wallRatio.toFixed(2),
      cpuRatio.toFixed(2),
      cpu("floor"),
      cpu("us"),
    ];
  });
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)),
  );
  const line = (row: string[]) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ");
  const peak = `peak memory of our process at the first load: ${figures.peakMemoryMb} MB`;
  return [`${n} people`, line(head), ...rows.map(line), peak, ""].join("\n");
}

const titles: Record<PhaseName, string> = {
  first: "first load",
  again: "the same again",
  onePercent: "1 % changed",
};

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
