import { globSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { startEmbeddedDatabase } from "../apps/server/src/postgres/embedded.ts";
import { buildWeb } from "./build-web.ts";
import { checkOnce } from "./check.ts";
import { readDurations } from "./test-durations.ts";
import { type Counted, testFiles } from "./test-files.ts";

const root = path.resolve(import.meta.dirname, "..");

/** One more than this project's smallest machine has cores: some tests wait for a while. */
const processes = 3;

/** What one process does in the tier of every day, and in a heavy one, ends within this or has failed. */
const everydayMinutesMax = 12;
const heavyMinutesMax = 90;

/** What a file is taken to need that was never run. */
const newMs = 10_000;

/** What each tier runs. The heavy ones have a command of their own and a small share in the suite of every day. */
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
  /** A whole year of nights through the real queue; `all` takes those around the changes of the clock. */
  years: ["apps/server/tests/years/*.years.ts", "apps/server/tests/years/ten-years.test.ts"],
  matrices: ["apps/server/tests/matrices/*.matrix.ts", "apps/server/tests/matrices/unusable-fields.test.ts"],
  /** Every page in every language, theme and width; `all` takes each page in some of them. */
  screens: ["e2e/screens.e2e.ts"],
};

/** `npm test`: the checks and every test, in one database server of their own. Ends in a line that counts them. */
async function test(): Promise<void> {
  const tier = tierOf(argument("--tier") ?? "all");
  // A test that takes a share of its cases every day looks here whether it is to take them all.
  process.env["TEST_TIER"] = tier;
  if (tier === "all") buildWeb();
  const { passed, failed } = await withDatabase(() => runTier(tier));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

function tierOf(name: string): keyof typeof tiers {
  if (name === "all" || name === "kill" || name === "matrices" || name === "years" || name === "screens")
    return name;
  throw new Error(`There is no tier ${name}: take one of ${Object.keys(tiers).join(", ")}.`);
}

/** The checks have the place of one of the processes until they are through. */
async function runTier(tier: keyof typeof tiers): Promise<Counted> {
  const tests = testFiles(filesOf(tier), {
    minutesMax: tier === "all" ? everydayMinutesMax : heavyMinutesMax,
  });
  let checked: Counted = { passed: 0, failed: 0 };
  await Promise.all(
    Array.from({ length: processes }, async (_, index) => {
      if (index === 0 && tier === "all") checked = await checks();
      await tests.process();
    }),
  );
  const tested = await tests.end();
  return { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
}

async function checks(): Promise<Counted> {
  const results = await checkOnce({ atOnce: 1 });
  const failed = results.filter((one) => !one.ok).length;
  return { passed: results.length - failed, failed };
}

async function withDatabase(work: () => Promise<Counted>): Promise<Counted> {
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
 * What took longest the last time comes first: what is left for the end is short.
 * @throws Error when there is none: an empty suite would look like a good one
 */
function filesOf(tier: keyof typeof tiers): string[] {
  const only = argument("--only") ?? "";
  const durations = readDurations();
  const found = tiers[tier].flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted());
  const files = found
    .filter((file) => !file.includes("node_modules") && file.includes(only))
    .toSorted((one, other) => (durations[other] ?? newMs) - (durations[one] ?? newMs));
  if (files.length === 0 && only === "")
    throw new Error(`No test file was found for ${tier}: that cannot be right.`);
  return files;
}

function argument(name: string): string | undefined {
  const position = process.argv.indexOf(name);
  return position === -1 ? undefined : process.argv[position + 1];
}

await test();
