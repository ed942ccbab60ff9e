import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { sourceHash } from "./source-hash.ts";

const root = path.resolve(import.meta.dirname, "..");
const bin = (name: string) => path.join(root, "node_modules/.bin", name);

/** `npm run check`: formats, types, lint and unused code, all at once; says nothing of those that pass. */
export async function check({ write = false, atOnce = 2 } = {}): Promise<{ name: string; ok: boolean }[]> {
  const tasks: [name: string, command: string, ...args: string[]][] = [
    ["format", bin("biome"), "format", ...(write ? ["--write"] : []), "."],
    ["types", bin("tsc"), "-p", "tsconfig.json", ...remembering("all")],
    ["types of the web app", bin("tsc"), "-p", "apps/web", ...remembering("web")],
    ["lint", bin("oxlint"), "--type-aware", "--deny-warnings"],
    ["unused code", bin("knip"), "--no-progress"],
  ];
  const results: { name: string; ok: boolean }[] = [];
  const workers = Array.from({ length: atOnce }, async () => {
    for (let task = tasks.shift(); task; task = tasks.shift()) {
      const [name, command, ...args] = task;
      results.push({ name, ok: await run(name, command, args) });
    }
  });
  await Promise.all(workers);
  return results;
}

const stamp = path.join(root, "node_modules/.cache/checked");

/** The checks, unless exactly these sources have passed them before: then that is the answer. */
export async function checkOnce(options: { atOnce: number }): Promise<{ name: string; ok: boolean }[]> {
  const sources = sourceHash(["."]);
  const passed = existsSync(stamp) ? readFileSync(stamp, "utf8").split("\n") : [];
  if (passed[0] === sources) return passed.slice(1).map((name) => ({ name, ok: true }));
  const results = await check(options);
  if (results.every((one) => one.ok)) {
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, [sources, ...results.map((one) => one.name)].join("\n"));
  }
  return results;
}

/** What did not change since the last time is not looked through again. */
function remembering(name: string): string[] {
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
