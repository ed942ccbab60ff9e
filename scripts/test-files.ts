import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { PassThrough } from "node:stream";
import { type Durations, rememberDurations } from "./test-durations.ts";

const root = path.resolve(import.meta.dirname, "..");

const program = path.join(import.meta.dirname, "test-process.ts");

export interface Counted {
  passed: number;
  failed: number;
}

/** Runs test files in a few processes that share them out among each other. */
export interface TestFiles {
  /** One more process; it settles when there is nothing left to take. */
  process(): Promise<void>;
  /** When the processes are through: what there was, with the failures told once more. */
  end(): Promise<Counted>;
}

/**
 * @param files of the repository, from its root; those that take longest first
 * @param minutesMax for all that one process does: a test that waits for what never comes fails by then
 */
export function testFiles(files: string[], { minutesMax }: { minutesMax: number }): TestFiles {
  const board = mkdtempSync(path.join(os.tmpdir(), "payflip-tests-"));
  const report = new PassThrough({ objectMode: true });
  const printed = report.compose(spec);
  printed.pipe(process.stdout, { end: false });
  const toldAll = once(printed, "end");
  const counted: Counted = { passed: 0, failed: 0 };
  const durations: Durations = {};
  return {
    process: async () => {
      const one = await runProcess({ board, files, report, durations, minutesMax });
      counted.passed += one.passed;
      counted.failed += one.failed;
    },
    end: async () => {
      report.end({ type: "test:summary", data: {} });
      await toldAll;
      counted.failed += tellUnfinished(board, files);
      rmSync(board, { recursive: true });
      rememberDurations(durations);
      return counted;
    },
  };
}

interface Suite {
  /** A folder in which each file that was taken has a file, which says what it is at. */
  board: string;
  files: string[];
  report: PassThrough;
  durations: Durations;
  minutesMax: number;
}

async function runProcess({ board, files, report, durations, minutesMax }: Suite): Promise<Counted> {
  const stream = run({
    files: [program],
    argv: [board, ...files],
    // Room for what is soon thrown away again: a tenth of the time went into looking for it.
    execArgv: ["--max-semi-space-size=32"],
    cwd: root,
    timeout: minutesMax * 60_000,
  });
  let counted: Counted = { passed: 0, failed: 1 };
  let events: TestEvent[] = [];
  // Without a test in it, the program itself is told as one.
  let tookNothing = false;
  for await (const event of stream as AsyncIterable<TestEvent>) {
    const { type, data } = event;
    // The last summary, of no file, is of all of them. A skipped or cancelled test is not a passed one.
    if (type === "test:summary" && data.counts && data.file === undefined)
      counted = { passed: data.counts.passed, failed: data.counts.tests - data.counts.passed };
    if (type === "test:summary") continue;
    events.push(event);
    // The files are told whole, one after the other, though several are run at once.
    if (data.nesting !== 0 || (type !== "test:pass" && type !== "test:fail")) continue;
    if (data.name !== undefined && files.includes(data.name))
      durations[data.name] = data.details?.duration_ms ?? 0;
    if (type === "test:pass" && data.name === program) tookNothing = true;
    else for (const one of events) report.write(one);
    events = [];
  }
  return tookNothing ? { passed: 0, failed: 0 } : counted;
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

/** A process that ended before its time says nothing any more: the board knows what it was at, and what nobody took. */
function tellUnfinished(board: string, files: string[]): number {
  const taken = new Set(readdirSync(board));
  const trouble = files.flatMap((file, index) => {
    if (!taken.has(String(index))) return [`${file} was not run`];
    const at = readFileSync(path.join(board, String(index)), "utf8");
    return at === "" ? [] : [`the process ended while it ran ${at}`];
  });
  for (const one of trouble) console.error(`✖ ${one}`);
  return trouble.length;
}
