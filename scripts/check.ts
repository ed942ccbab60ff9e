import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { sourceHash } from "./source-hash.ts";

const root = path.resolve(import.meta.dirname, "..");
const programPath = (name: string) => path.join(root, "node_modules/.bin", name);

/** `npm run check`: checks format, types, lint and unused code. Prints the output of the failed checks only. */
export async function check({
  write = false,
  concurrency = 2,
} = {}): Promise<{ name: string; ok: boolean }[]> {
  const tasks: [name: string, command: string, ...args: string[]][] = [
    ["format", programPath("biome"), "format", ...(write ? ["--write"] : []), "."],
    ["types", programPath("tsc"), "-p", "tsconfig.json", ...incrementalArguments("all")],
    ["types of the web app", programPath("tsc"), "-p", "apps/web", ...incrementalArguments("web")],
    ["lint", programPath("oxlint"), "--type-aware", "--deny-warnings"],
    ["unused code", programPath("knip"), "--no-progress"],
  ];
  const results: { name: string; ok: boolean }[] = [];
  const workers = Array.from({ length: concurrency }, async () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      const [name, command, ...args] = task;
      results.push({ name, ok: await run(name, command, args) });
    }
  });
  await Promise.all(workers);
  return results;
}

const passedFile = path.join(root, "node_modules/.cache/checked");

/** Runs the checks, unless the same sources passed them before. */
export async function checkOnce(options: { concurrency: number }): Promise<{ name: string; ok: boolean }[]> {
  const sources = sourceHash(["."]);
  const passed = existsSync(passedFile) ? readFileSync(passedFile, "utf8").split("\n") : [];
  if (passed[0] === sources) return passed.slice(1).map((name) => ({ name, ok: true }));
  const results = await check(options);
  if (results.every((one) => one.ok)) {
    mkdirSync(path.dirname(passedFile), { recursive: true });
    writeFileSync(passedFile, [sources, ...results.map((one) => one.name)].join("\n"));
  }
  return results;
}

/** With these arguments the compiler checks only what changed since the last time. */
function incrementalArguments(name: string): string[] {
  return ["--incremental", "--tsBuildInfoFile", `node_modules/.cache/types/${name}.tsbuildinfo`];
}

async function run(name: string, command: string, args: string[]): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  if (code !== 0) process.stderr.write(`\n── ${name} ──\n${Buffer.concat(output).toString()}\n`);
  return code === 0;
}

if (import.meta.main) {
  const results = await check({ write: process.argv.includes("--write") });
  const failed = results.filter((result) => !result.ok);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  process.exit(failed.length === 0 ? 0 : 1);
}
