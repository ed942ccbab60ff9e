import { fork } from "node:child_process";
import { globSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { startEmbeddedDatabase } from "../apps/server/src/db/embedded.ts";
import { buildWeb } from "./build-web.ts";
import { check } from "./check.ts";

const root = path.resolve(import.meta.dirname, "..");

/** For the heaviest test of the heaviest tier; a test of every day that takes minutes is noticed by whoever waits for it. */
const testMinutesMax = 20;

interface Counted {
  passed: number;
  failed: number;
}

/** What each tier runs. The heavy ones have a command of their own and a small share in the suite of every day. */
const tiers = {
  all: ["apps/*/tests/**/*.test.ts", "bench/*.test.ts", "e2e/*.test.ts", "e2e/*.e2e.ts"],
  // Beside the file they test, without a database or a server: all of them in one process, as the first part of `all`.
  unit: ["apps/*/src/**/*.test.ts", "packages/**/*.test.ts"],
  kill: ["apps/server/tests/kill/*.kill.ts"],
  /** A whole year of nights through the real queue; `all` takes those around the changes of the clock. */
  years: ["apps/server/tests/years/*.years.ts"],
  /** Every page in every language, theme and width; `all` takes each page in some of them. */
  screens: ["e2e/screens.e2e.ts"],
};

/** `npm test`: the checks and every test, in one database server of their own. Ends in a line that counts them. */
async function test(): Promise<void> {
  const tier = tierOf(argument("--tier") ?? "all");
  if (tier === "screens") process.env["EVERY_LOOK"] = "1";
  const counted =
    tier === "all" ? await everything() : tier === "unit" ? await unitTests() : await withDatabase(tier);
  process.send?.(counted);
  console.log(`${counted.passed} passed, ${counted.failed} failed`);
  process.exit(counted.failed === 0 && counted.passed > 0 ? 0 : 1);
}

function tierOf(name: string): keyof typeof tiers {
  if (name === "all" || name === "unit" || name === "kill" || name === "years" || name === "screens")
    return name;
  throw new Error(`There is no tier ${name}: take one of ${Object.keys(tiers).join(", ")}.`);
}

async function everything(): Promise<Counted> {
  buildWeb();
  const parts = [...(await Promise.all([checks(), unitTestsApart()])), await withDatabase("all")];
  return parts.reduce((sum, part) => ({
    passed: sum.passed + part.passed,
    failed: sum.failed + part.failed,
  }));
}

async function checks(): Promise<Counted> {
  const results = await check();
  const failed = results.filter((one) => !one.ok).length;
  return { passed: results.length - failed, failed };
}

/** In a process of its own: what these tests leave behind in memory ends with it. */
async function unitTestsApart(): Promise<Counted> {
  const child = fork(import.meta.filename, ["--tier", "unit", ...process.argv.slice(2)]);
  return await new Promise((resolve) => {
    let counted: Counted = { passed: 0, failed: 1 };
    child.once("message", (message: Counted) => {
      counted = message;
    });
    child.once("exit", () => resolve(counted));
  });
}

async function unitTests(): Promise<Counted> {
  return await runFiles(filesOf("unit"), { isolation: "none" });
}

async function withDatabase(tier: "all" | "kill" | "screens"): Promise<Counted> {
  const database = process.env["TEST_DATABASE_URL"]
    ? null
    : await startEmbeddedDatabase(path.join(root, "var/test"), { durable: false });
  if (database) process.env["TEST_DATABASE_URL"] = database.ownerUrl;
  try {
    return await runFiles(filesOf(tier), { concurrency: 3 });
  } finally {
    await database?.stop();
  }
}

/** @throws Error when there is none: an empty suite would look like a good one */
function filesOf(tier: keyof typeof tiers): string[] {
  const only = argument("--only") ?? "";
  const files = globSync(tiers[tier], { cwd: root })
    .filter((file) => !file.includes("node_modules") && file.includes(only))
    .toSorted()
    .map((file) => path.join(root, file));
  if (files.length === 0 && only === "")
    throw new Error(`No test file was found for ${tier}: that cannot be right.`);
  return files;
}

async function runFiles(
  files: string[],
  options: { isolation: "none" } | { concurrency: number },
): Promise<Counted> {
  if (files.length === 0) return { passed: 0, failed: 0 };
  const stream = run({ files, cwd: root, timeout: testMinutesMax * 60_000, ...options });
  let counted: Counted = { passed: 0, failed: 0 };
  stream.on("test:summary", ({ file, counts }) => {
    // The last summary, of no file, is of all of them. A skipped or cancelled test is not a passed one.
    if (file === undefined) counted = { passed: counts.passed, failed: counts.tests - counts.passed };
  });
  stream.compose(spec).pipe(process.stdout);
  await new Promise<void>((resolve, reject) => {
    stream.once("error", reject);
    stream.once("end", resolve);
  });
  return counted;
}

function argument(name: string): string | undefined {
  const position = process.argv.indexOf(name);
  return position === -1 ? undefined : process.argv[position + 1];
}

await test();
