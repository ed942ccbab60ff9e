import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Seconds of processor time of all processes of a PostgreSQL server, ended ones included. */
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

/** The unit of Linux, on every platform that Node runs on. */
const ticksPerSecond = 100;

function readStat(pid: string): { parent: number; own: number; ended: number } | null {
  try {
    // The name of the program, in brackets, may contain blanks: the fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const field = (index: number) => Number(fields[index]);
    return { parent: field(1), own: field(11) + field(12), ended: field(13) + field(14) };
  } catch {
    // The process ended while the list was read: its time belongs to its parent now.
    return null;
  }
}
