import { globSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { startEmbeddedDatabase } from "../apps/server/src/db/embedded.ts";
import { buildWeb } from "./build-web.ts";
import { check } from "./check.ts";

const root = path.resolve(import.meta.dirname, "..");

/** What each tier runs. The heavy ones have a command of their own and a small share in the suite of every day. */
const tiers: Record<string, string[]> = {
  all: [
    "apps/*/src/**/*.test.ts",
    "apps/*/tests/**/*.test.ts",
    "packages/**/*.test.ts",
    "bench/*.test.ts",
    "e2e/*.test.ts",
    "e2e/*.e2e.ts",
  ],
  kill: ["apps/server/tests/kill/*.kill.ts"],
};

/** `npm test`: the checks, then every test, in one database server of their own. Ends in a line that counts them. */
async function test(): Promise<void> {
  const tierName = argument("--tier") ?? "all";
  const patterns = tiers[tierName];
  if (!patterns)
    throw new Error(`There is no tier ${tierName}: take one of ${Object.keys(tiers).join(", ")}.`);
  const checks = tierName === "all" ? await checked() : [];
  const database = process.env["TEST_DATABASE_URL"]
    ? null
    : await startEmbeddedDatabase(path.join(root, "var/test"), { durable: false });
  if (database) process.env["TEST_DATABASE_URL"] = database.ownerUrl;
  const only = argument("--only");
  const files = globSync(patterns, { cwd: root })
    .filter((file) => !file.includes("node_modules") && (only === undefined || file.includes(only)))
    .toSorted()
    .map((file) => path.join(root, file));
  if (files.length === 0) throw new Error("No test file was found: that cannot be right.");
  const counted = await runFiles(files);
  await database?.stop();
  const failedChecks = checks.filter((one) => !one.ok).length;
  const failed = counted.failed + failedChecks;
  console.log(`${counted.passed + checks.length - failedChecks} passed, ${failed} failed`);
  process.exit(failed === 0 && counted.passed > 0 ? 0 : 1);
}

async function checked(): Promise<{ name: string; ok: boolean }[]> {
  buildWeb();
  return await check();
}

async function runFiles(files: string[]): Promise<{ passed: number; failed: number }> {
  const stream = run({ files, concurrency: 3, cwd: root, timeout: 300_000 });
  let counted = { passed: 0, failed: 0 };
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
