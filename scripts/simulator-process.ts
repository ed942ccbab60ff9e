import { type ChildProcess, fork } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import process from "node:process";

export interface SimulatorProcess {
  url: string;
  child: ChildProcess;
}

/** Forks the simulated Liantis. It ends with this process, however that ends: its line to its parent breaks. */
export async function forkSimulator(settings: Record<string, string>): Promise<SimulatorProcess> {
  const main = path.resolve(import.meta.dirname, "../apps/simulator/src/main.ts");
  const child = fork(main, {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => {
      if (typeof message === "object" && message !== null && "url" in message) resolve(String(message.url));
    });
    child.once("exit", (code) =>
      reject(new Error(`The simulated Liantis did not start (exit ${code}): see the line above.`)),
    );
  });
  return { url, child };
}

/** The wanted port, or a free one where another program has it. */
export async function freePort(host: string, wanted = 0): Promise<number> {
  const taken = await portOf(host, wanted).catch((error: unknown) => {
    if (wanted !== 0) return 0;
    throw error;
  });
  return taken === 0 ? await portOf(host, 0) : taken;
}

function portOf(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
