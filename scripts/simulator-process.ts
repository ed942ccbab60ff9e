import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import process from "node:process";

export interface SimulatorProcess {
  url: string;
  child: ChildProcess;
}

/** Forks the simulated Liantis. It ends when this process ends, because its IPC channel closes. */
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
      reject(new Error(`The simulated Liantis did not start (exit code ${code}): see the line above.`)),
    );
  });
  return { url, child };
}
