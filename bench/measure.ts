import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { BenchCluster, BenchDatabase } from "./databases.ts";
import { go, type Measured, type Prepare, ready, type Serve } from "./messages.ts";
import { postgresCpuSeconds } from "./postgres-cpu.ts";

export type SideName = "floor" | "us";

/** One run of one side. */
export interface Measurement extends Measured {
  /** Of all processes of PostgreSQL during the run. */
  databaseCpuSeconds: number;
}

export interface Provider {
  url: string;
  serve(listing: Serve): Promise<void>;
  stop(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const child = startProcess("provider.ts");
  const url = String(await answer(child));
  return {
    url,
    serve: async (listing) => {
      child.send(listing);
      await answer(child);
    },
    stop: () => endOf(child, () => child.kill()),
  };
}

/** Measures one run of a side, in a process of its own. */
export async function measure(
  side: SideName,
  { cluster, database, provider }: { cluster: BenchCluster; database: BenchDatabase; provider: Provider },
): Promise<Measurement> {
  const child = startProcess(`side-${side}.ts`);
  const prepare: Prepare = {
    databaseUrl: database.url,
    providerUrl: provider.url,
    measured: database.measured,
    warmUp: database.warmUp,
  };
  child.send(prepare);
  const word = await answer(child);
  if (word !== ready) throw new Error(`side ${side} did not get ready`);
  await cluster.settle();
  const before = postgresCpuSeconds(cluster.directory);
  child.send(go);
  const measured = (await answer(child)) as Measured;
  const databaseCpuSeconds = postgresCpuSeconds(cluster.directory) - before;
  await endOf(child, () => child.send("end"));
  return { ...measured, databaseCpuSeconds };
}

function startProcess(file: string): ChildProcess {
  return fork(path.join(import.meta.dirname, file), { stdio: ["ignore", 2, 2, "ipc"] });
}

/** The next message of a process. @throws Error when the process ends instead */
async function answer(child: ChildProcess): Promise<unknown> {
  const settled = new AbortController();
  try {
    return await Promise.race([
      once(child, "message", { signal: settled.signal }).then(([message]) => message as unknown),
      once(child, "exit", { signal: settled.signal }).then(([code]) => {
        throw new Error(`a process of the benchmark ended with code ${String(code)}: see the lines above`);
      }),
    ]);
  } finally {
    settled.abort();
  }
}

async function endOf(child: ChildProcess, end: () => unknown): Promise<void> {
  const exited = once(child, "exit");
  end();
  await exited;
}
