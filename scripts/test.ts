import { globSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { startEmbeddedDatabase } from "../apps/server/src/postgres/embedded.ts";
import { buildWeb } from "./build-web.ts";
import { checkOnce } from "./check.ts";
import { readDurations } from "./test-durations.ts";
import { type TestCounts, createTestRun } from "./test-run.ts";

const root = path.resolve(import.meta.dirname, "..");

/** One more than the cores of the smallest machine that we support: some tests wait for timers. */
const processes = 3;

/** The time limit of one process, in the everyday tier and in the heavy tiers. */
const everydayMinutesMax = 12;
const heavyMinutesMax = 90;

/** The assumed duration of a file that was never run. */
const unknownDurationMs = 10_000;

/** The files of each tier. `all` is the everyday suite: it also runs a small share of the heavy tiers. */
const tiers = {
  all: [
    "e2e/*.e2e.ts",
    "e2e/*.test.ts",
    "apps/*/tests/**/*.test.ts",
    "apps/*/src/**/*.test.ts",
    "packages/**/*.test.ts",
    "bench/*.test.ts",
    "simulation/*.test.ts",
  ],
  kill: ["apps/server/tests/kill/*.kill.ts", "apps/server/tests/sync/beside-people.test.ts"],
  /** A year of nights with the real queue; `all` runs only the nights in which the clock changes. */
  years: ["apps/server/tests/years/*.years.ts", "apps/server/tests/years/ten-years.test.ts"],
  matrices: ["apps/server/tests/matrices/*.matrix.ts", "apps/server/tests/matrices/unusable-fields.test.ts"],
  /** Every page in every language, theme and width; `all` tests each page in one combination. */
  screens: ["e2e/screens.e2e.ts"],
};

/** `npm test`: runs the checks and the tests, with a database server of their own. Its last line has the counts. */
async function test(): Promise<void> {
  const tier = tierOf(argument("--tier") ?? "all");
  // Tests that run a share of their cases in the everyday suite read this to decide.
  process.env["TEST_TIER"] = tier;
  if (tier === "all") buildWeb();
  const { passed, failed } = await withDatabase(() => runTier(tier));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

function tierOf(name: string): keyof typeof tiers {
  if (name === "all" || name === "kill" || name === "matrices" || name === "years" || name === "screens")
    return name;
  throw new Error(`There is no tier ${name}: use one of ${Object.keys(tiers).join(", ")}.`);
}

/** The first process starts after the checks, so that no more than `processes` run at once. */
async function runTier(tier: keyof typeof tiers): Promise<TestCounts> {
  const tests = createTestRun(filesOf(tier), {
    minutesMax: tier === "all" ? everydayMinutesMax : heavyMinutesMax,
  });
  let checked: TestCounts = { passed: 0, failed: 0 };
  await Promise.all(
    Array.from({ length: processes }, async (_, index) => {
      if (index === 0 && tier === "all") checked = await checks();
      await tests.startProcess();
    }),
  );
  const tested = await tests.end();
  return { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
}

async function checks(): Promise<TestCounts> {
  const results = await checkOnce({ concurrency: 1 });
  const failed = results.filter((one) => !one.ok).length;
  return { passed: results.length - failed, failed };
}

async function withDatabase(work: () => Promise<TestCounts>): Promise<TestCounts> {
  const database = process.env["TEST_DATABASE_URL"]
    ? null
    : await startEmbeddedDatabase(path.join(root, "var/test"), { durable: false });
  if (database) process.env["TEST_DATABASE_URL"] = database.ownerUrl;
  try {
    return await work();
  } finally {
    await database?.stop();
  }
}

/**
 * The slowest files come first, so that the processes end at about the same time.
 * @throws Error if there are none: an empty suite would look like a passed one
 */
function filesOf(tier: keyof typeof tiers): string[] {
  const only = argument("--only") ?? "";
  const durations = readDurations();
  const found = tiers[tier].flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted());
  const files = found
    .filter((file) => !file.includes("node_modules") && file.includes(only))
    .toSorted(
      (one, other) => (durations[other] ?? unknownDurationMs) - (durations[one] ?? unknownDurationMs),
    );
  if (files.length === 0 && only === "") throw new Error(`No test file was found for ${tier}.`);
  return files;
}

function argument(name: string): string | undefined {
  const position = process.argv.indexOf(name);
  return position === -1 ? undefined : process.argv[position + 1];
}

await test();
