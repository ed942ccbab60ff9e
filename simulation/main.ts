import { fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { plantBugs } from "./planted-bugs/plant.ts";
import { withProduct, mergeTallies, runSeeds, type Tally } from "./runner/run-seeds.ts";
import { runSeed } from "./runner/seed.ts";
import { lawOf, shrink } from "./runner/shrink.ts";
import type { Step } from "./steps/steps.ts";

/** `npm run simulate`: seeds, one seed again, a scenario, or the planted bugs. Exits 1 when a law was broken. */
const { values: asked } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    processes: { type: "string", default: "1" },
    seed: { type: "string" },
    scenario: { type: "string" },
    "first-failure": { type: "boolean", default: false },
    "planted-bugs": { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});

const scenarioDirectory = path.resolve(import.meta.dirname, "../var/simulation");

/** A stored scenario: the world of a seed, with its own steps. */
interface Scenario {
  seed: number;
  steps: Step[];
}

async function main(): Promise<boolean> {
  if (asked["planted-bugs"]) return await plantBugs({ only: asked.only, processes: Number(asked.processes) });
  if (asked.scenario !== undefined) return await replay(readScenario(asked.scenario));
  if (asked.seed !== undefined) return await replay({ seed: Number(asked.seed), steps: null });
  return await runMany();
}

/** Carries out one seed step by step. Steps that break a law are reduced to the fewest and stored. */
async function replay({ seed, steps }: { seed: number; steps: Step[] | null }): Promise<boolean> {
  return await withProduct(async (product) => {
    const log = (line: string) => console.log(line);
    const result = await runSeed(product, seed, { log, ...(steps === null ? {} : { steps }) });
    if (result.failure === null) {
      console.log(`seed ${seed}: ${result.steps.length} steps, ${result.runs} runs, nothing broken`);
      return true;
    }
    console.log(result.failure.breaches.join("\n"));
    const law = lawOf(result.failure.breaches[0] ?? "");
    const fewest = await shrink(product, seed, result.steps, law);
    mkdirSync(scenarioDirectory, { recursive: true });
    const file = path.join(scenarioDirectory, `seed-${seed}.json`);
    writeFileSync(file, `${JSON.stringify({ seed, steps: fewest }, null, 2)}\n`);
    console.log(`\nfewest steps: ${fewest.map((step) => step.kind).join(", ") || "none"}`);
    const again = await runSeed(product, seed, { steps: fewest });
    console.log(again.failure?.breaches.join("\n") ?? "the fewest steps do not break it again");
    console.log(`npm run simulate -- --scenario ${path.relative(process.cwd(), file)}`);
    return false;
  });
}

function readScenario(file: string): Scenario {
  const parsed = JSON.parse(readFileSync(file, "utf8")) as Scenario;
  return parsed;
}

async function runMany(): Promise<boolean> {
  const [count, firstSeed, processes] = [Number(asked.seeds), Number(asked.from), Number(asked.processes)];
  const began = performance.now();
  const tally =
    processes > 1 ? await inProcesses(count, firstSeed, processes) : await inThisProcess(count, firstSeed);
  if (process.send) process.send(tally);
  else report(tally, (performance.now() - began) / 1000);
  return tally.failures.length === 0;
}

async function inThisProcess(count: number, firstSeed: number): Promise<Tally> {
  const seeds = Array.from({ length: count }, (_, index) => firstSeed + index);
  return await withProduct((product) =>
    runSeeds(product, seeds, (tally) => !asked["first-failure"] || tally.failures.length === 0),
  );
}

/** Each process has a database of its own and its share of the seeds. */
async function inProcesses(count: number, firstSeed: number, processes: number): Promise<Tally> {
  const share = Math.ceil(count / processes);
  const shares = Array.from({ length: processes }, (_, index) => ({
    firstSeed: firstSeed + index * share,
    count: Math.max(0, Math.min(share, count - index * share)),
  }));
  return mergeTallies(await Promise.all(shares.map(async (one) => await runShare(one))));
}

async function runShare({ firstSeed, count }: { firstSeed: number; count: number }): Promise<Tally> {
  const flags = asked["first-failure"] ? ["--first-failure"] : [];
  const child = fork(import.meta.filename, ["--seeds", String(count), "--from", String(firstSeed), ...flags]);
  return await new Promise((resolve, reject) => {
    child.once("message", (tally: Tally) => resolve(tally));
    child.once("exit", (code) => reject(new Error(`a process ended with ${code} and without a tally`)));
  });
}

function report(tally: Tally, seconds: number): void {
  for (const { seed, failure } of tally.failures) {
    console.log(`seed ${seed} broke a law; npm run simulate -- --seed ${seed}`);
    console.log(`  ${failure?.breaches.slice(0, 3).join("\n  ").slice(0, 1500)}`);
  }
  const fired = Object.entries(tally.fired).toSorted(([a], [b]) => (a < b ? -1 : 1));
  console.log(`faults fired: ${fired.map(([kind, count]) => `${kind} ${count}`).join(", ") || "none"}`);
  console.log(
    `${tally.seeds} seeds, ${tally.steps} steps, ${tally.runs} runs in ${seconds.toFixed(1)} s: ` +
      `${(tally.seeds / seconds).toFixed(2)} seeds/s, ${tally.failures.length} broken`,
  );
}

process.exitCode = (await main()) ? 0 : 1;
