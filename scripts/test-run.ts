import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { PassThrough } from "node:stream";
import { type Durations, saveDurations } from "./test-durations.ts";

const root = path.resolve(import.meta.dirname, "..");

const program = path.join(import.meta.dirname, "test-process.ts");

export interface TestCounts {
  passed: number;
  failed: number;
}

/** Runs test files in a few processes. Each process claims one file after another. */
export interface TestRun {
  /** Starts a process. Resolves once no file is left to claim. */
  startProcess(): Promise<void>;
  /** Call it after all processes have ended: prints the failures again and returns the counts. */
  end(): Promise<TestCounts>;
}

/**
 * @param files relative to the root of the repository, slowest first
 * @param minutesMax the time limit of each process: a test that hangs fails by then
 */
export function createTestRun(files: string[], { minutesMax }: { minutesMax: number }): TestRun {
  const claimsDirectory = mkdtempSync(path.join(os.tmpdir(), "payflip-tests-"));
  const report = new PassThrough({ objectMode: true });
  const printed = report.compose(spec);
  printed.pipe(process.stdout, { end: false });
  const printedAll = once(printed, "end");
  const counted: TestCounts = { passed: 0, failed: 0 };
  const durations: Durations = {};
  return {
    startProcess: async () => {
      const one = await runProcess({ claimsDirectory, files, report, durations, minutesMax });
      counted.passed += one.passed;
      counted.failed += one.failed;
    },
    end: async () => {
      report.end({ type: "test:summary", data: {} });
      await printedAll;
      counted.failed += reportUnfinished(claimsDirectory, files);
      rmSync(claimsDirectory, { recursive: true });
      saveDurations(durations);
      return counted;
    },
  };
}

interface Suite {
  /** Has a file for each claimed test file, named by its index. Its content is the name of the test in progress. */
  claimsDirectory: string;
  files: string[];
  report: PassThrough;
  durations: Durations;
  minutesMax: number;
}

async function runProcess({
  claimsDirectory,
  files,
  report,
  durations,
  minutesMax,
}: Suite): Promise<TestCounts> {
  const stream = run({
    files: [program],
    argv: [claimsDirectory, ...files],
    // Tests allocate many short-lived objects: with the default size, garbage collection takes a tenth of the time.
    execArgv: ["--max-semi-space-size=32"],
    cwd: root,
    timeout: minutesMax * 60_000,
  });
  let counted: TestCounts = { passed: 0, failed: 1 };
  let events: TestEvent[] = [];
  // A process that claimed no file reports the program itself as a passed test.
  let ranNoFile = false;
  for await (const event of stream as AsyncIterable<TestEvent>) {
    const { type, data } = event;
    // The summary without a file covers all files. Skipped and cancelled tests do not count as passed.
    if (type === "test:summary" && data.counts && data.file === undefined)
      counted = { passed: data.counts.passed, failed: data.counts.tests - data.counts.passed };
    if (type === "test:summary") continue;
    events.push(event);
    // The events of a file are printed together, although several files run at once.
    if (data.nesting !== 0 || (type !== "test:pass" && type !== "test:fail")) continue;
    if (data.name !== undefined && files.includes(data.name))
      durations[data.name] = data.details?.duration_ms ?? 0;
    if (type === "test:pass" && data.name === program) ranNoFile = true;
    else for (const one of events) report.write(one);
    events = [];
  }
  return ranNoFile ? { passed: 0, failed: 0 } : counted;
}

interface TestEvent {
  type: string;
  data: {
    name?: string;
    nesting?: number;
    file?: string;
    details?: { duration_ms: number };
    counts?: { tests: number; passed: number };
  };
}

/** Prints the files that were not run, and the tests during which a process ended. @returns their number */
function reportUnfinished(claimsDirectory: string, files: string[]): number {
  const claimed = new Set(readdirSync(claimsDirectory));
  const unfinished = files.flatMap((file, index) => {
    if (!claimed.has(String(index))) return [`${file} was not run`];
    const runningTest = readFileSync(path.join(claimsDirectory, String(index)), "utf8");
    return runningTest === "" ? [] : [`the process ended while it ran ${runningTest}`];
  });
  for (const line of unfinished) console.error(`✖ ${line}`);
  return unfinished.length;
}
