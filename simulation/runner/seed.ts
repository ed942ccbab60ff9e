import { chanceOf } from "../model/chance.ts";
import type { Outcome } from "../observations/step-span.ts";
import { endWell } from "../steps/good-end.ts";
import type { SimulatedProduct } from "./simulated-product.ts";
import { breachesOf } from "../laws/laws.ts";
import { breachesOfRuns } from "../expectations/expected-run.ts";
import { actOfPeople, beforeLiantis } from "../steps/people-steps.ts";
import { nothingTouched } from "../observations/touched.ts";
import { type Worked, workOfRuns } from "../steps/run-steps.ts";
import { type Snapshot, takeSnapshot } from "../observations/snapshot.ts";
import { happenAtLiantis } from "../steps/source-steps.ts";
import { drawSteps, type Step } from "../steps/steps.ts";
import { buildWorld, type World } from "../model/world.ts";

export interface SeedResult {
  seed: number;
  /** The steps that were carried out; the one that broke a law is the last. */
  steps: Step[];
  runs: number;
  /** How often each kind of fault fired. */
  fired: Record<string, number>;
  /** Number of API calls, by route and status. */
  answers: Record<string, number>;
  /** Null when no law was broken. */
  failure: { breaches: string[] } | null;
}

export interface SeedOptions {
  /** Steps instead of those that the seed draws: a scenario, or fewer steps. */
  steps?: Step[];
  /** Called with a line before each step. */
  log?: (line: string) => void;
}

/** Carries out a seed until a law is broken. On one commit the same seed always does the same. */
export async function runSeed(
  product: SimulatedProduct,
  seed: number,
  options: SeedOptions = {},
): Promise<SeedResult> {
  const world = await buildWorld(product, seed);
  for (const entity of world.entities) {
    await beforeLiantis(world, entity);
    // Real records are never in perfect order at the first run.
    const slips = world.chance.shuffled([
      "break_field",
      "share_email",
      "second_contract",
      "plan_contract",
    ] as const);
    for (const slip of slips.slice(world.chance.below(5))) happenAtLiantis(world, slip, world.chance, entity);
  }
  const drawn = drawSteps(chanceOf(world.chance.seed()), world.swarm);
  const { steps = drawn, log = () => {} } = options;
  let before = await takeSnapshot(product.owner);
  let breaches: string[] = [];
  const done: Step[] = [];
  for (const step of steps) {
    log(`${done.length} ${step.kind} ${world.clock.date().toISOString()}`);
    const outcome = await carryOut(world, step, before);
    done.push(step);
    breaches = outcome.breaches;
    if (breaches.length > 0) break;
    before = outcome.after;
  }
  // The good end takes as long as the rest: every third seed has one.
  if (breaches.length === 0 && seed % 3 === 0) breaches = await endWell(world, before, judged);
  return {
    seed,
    steps: done,
    runs: before.runs.length,
    fired: Object.fromEntries(world.liantis.fired),
    answers: Object.fromEntries(world.answers),
    failure: breaches.length === 0 ? null : { breaches },
  };
}

async function carryOut(world: World, step: Step, before: Snapshot): Promise<Outcome> {
  const chance = chanceOf(step.seed);
  // A change at Liantis has no effect before the next run reads it: there is nothing to judge.
  if (happenAtLiantis(world, step.kind, chance)) return { breaches: [], after: before };
  return await judged(world, before, async (touched) => {
    if (await actOfPeople(world, step.kind, { chance, before, touched })) return null;
    return await workOfRuns(world, step.kind, { chance, before, touched });
  });
}

async function judged(
  world: World,
  before: Snapshot,
  act: (touched: ReturnType<typeof nothingTouched>) => Promise<Worked | null>,
): Promise<Outcome> {
  const touched = nothingTouched();
  const callsBefore = new Map(world.liantis.calls);
  try {
    const worked = await act(touched);
    const after = await takeSnapshot(world.product.owner);
    const peopleActed = touched.acts > 0;
    const between = { world, before, after, touched, callsBefore, peopleActed, runsWorked: worked !== null };
    const accidents = worked?.accidents.map((error) => `a job failed: ${describe(error)}`) ?? [];
    const ofRuns = worked === null ? [] : breachesOfRuns({ ...between, worked });
    return {
      breaches: [
        ...accidents,
        ...touched.breaches,
        ...(worked?.breaches ?? []),
        ...breachesOf(between),
        ...ofRuns,
      ],
      after,
    };
  } catch (error) {
    return { breaches: [`an accident: ${describe(error)}`], after: before };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const failures = "failures" in error ? ` ${JSON.stringify(error.failures)}` : "";
  return `${error.name}: ${error.message}${failures}\n${error.stack ?? ""}`;
}
