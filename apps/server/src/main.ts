import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { readConfig } from "./config.ts";
import { AppError } from "./domain/values/app-error.ts";
import { withKeptKeys } from "./kept-keys.ts";
import { type RunningServer, startServer } from "./server.ts";

/** Starts one process of the server by its environment and stops it in order at SIGTERM or Ctrl-C. */
export async function main(env: Record<string, string | undefined>): Promise<RunningServer> {
  const config = readConfig(withKeptKeys(env));
  const server = await startServer(config);
  let stopped: Promise<void> | null = null;
  const stop = async (graceSeconds: number) => {
    server.announceStop();
    if (server.app !== null) await setTimeout(graceSeconds * 1000);
    await server.close();
  };
  const stopAfter = (graceSeconds: number) => () => {
    if (stopped !== null) return;
    stopped = stop(graceSeconds);
    stopped.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stopAfter(0));
  process.on("SIGTERM", stopAfter(config.stopGraceSeconds));
  return server;
}

/** One sentence for the terminal that says what to do. */
export function startFailure(error: unknown, env: Record<string, string | undefined>): string {
  if (error instanceof AppError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EADDRINUSE")
    return `Port ${env["PORT"] ?? "3000"} is taken by another program: stop it, or set PORT to another one.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST ${env["HOST"] ?? "127.0.0.1"} is not an address of this machine: set HOST to one that is.`;
  if (code === "EACCES")
    return `This user may not use port ${env["PORT"] ?? "3000"} or write to DATA_DIR: set PORT above 1023, or DATA_DIR to a directory of your own.`;
  return `The server could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

if (import.meta.main) {
  main(process.env).then(
    (server) => console.log(server.url === null ? "worker is ready" : `server is ready on ${server.url}`),
    (error: unknown) => {
      console.error(startFailure(error, process.env));
      process.exit(1);
    },
  );
}
