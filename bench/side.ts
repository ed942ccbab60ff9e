import { once } from "node:events";
import process from "node:process";
import { go, type Measured, type Prepare, ready, type Tenant } from "./messages.ts";

/** One of the two sides that are compared. */
export interface Side {
  /** The work before a run, which is not measured. @returns the id of the run */
  prepare(tenant: Tenant): Promise<string>;
  /** The measured work: from the first request to the last commit. */
  run(tenant: Tenant, runId: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A process that measures one run and ends. It warms up with the same phase for another, small customer: connections are
 * open, the partner token is there and the code is compiled, as in a worker that has been up for a while.
 */
export async function measureSide(open: (given: Prepare) => Side | Promise<Side>): Promise<void> {
  const [given] = (await once(process, "message")) as [Prepare];
  const side = await open(given);
  await side.run(given.warmUp, await side.prepare(given.warmUp));
  const runId = await side.prepare(given.measured);
  process.send?.(ready);
  const [word] = await once(process, "message");
  if (word !== go) throw new Error("a side waits for go");
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await side.run(given.measured, runId);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const measured: Measured = {
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    peakMemoryMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send?.(measured);
  // The connections stay open until the other end has read the cost of PostgreSQL's processes.
  await once(process, "message");
  await side.close();
  process.disconnect();
}
