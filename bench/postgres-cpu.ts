import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Seconds of processor time that all processes of a PostgreSQL server have had: those that live and those that have ended. */
export function postgresCpuSeconds(directory: string): number {
  const [first] = readFileSync(path.join(directory, "data", "postmaster.pid"), "utf8").split("\n");
  const postmaster = Number(first);
  let ticks = 0;
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readStat(entry);
    if (!stat) continue;
    if (Number(entry) === postmaster) ticks += stat.own + stat.ended;
    else if (stat.parent === postmaster) ticks += stat.own;
  }
  return ticks / ticksPerSecond;
}

/** What Linux counts in, on every platform that Node runs on. */
const ticksPerSecond = 100;

function readStat(pid: string): { parent: number; own: number; ended: number } | null {
  try {
    // The name of the program, in brackets, may have blanks in it: the fields are counted from behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const at = (index: number) => Number(fields[index]);
    return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
  } catch {
    // It ended while the list was read; its parent has its time now.
    return null;
  }
}
