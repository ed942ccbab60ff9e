import { chanceOf } from "./chance.ts";
import type { SimulatedHouse } from "./house.ts";
import { breachesOf } from "./laws.ts";
import { breachesOfMirror } from "./mirror.ts";
import { actOfPeople, nothingTouched } from "./people-steps.ts";
import { type Worked, workOfRuns } from "./run-steps.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import { happenAtLiantis } from "./source-steps.ts";
import { drawSteps, type Step } from "./steps.ts";
import { endWell } from "./good-end.ts";
import { buildWorld, type World } from "./world.ts";

export interface SeedResult {
  seed: number;
  /** Steps that were carried out. */
  steps: number;
  runs: number;
  /** How often each kind of fault fired. */
  fired: Record<string, number>;
  answers: Record<string, number>;
  failure: Failure | null;
}

export interface Failure {
  /** The place of the step after which it showed, counted from 0; past the last step it is the good end. */
  step: number;
  breaches: string[];
}

/** The steps that a seed draws. */
export function stepsOf(world: World): Step[] {
  return drawSteps(chanceOf(world.chance.seed()), world.swarm);
}

/**
 * Carries out a seed, or other steps in its world, until a law is broken.
 * @param steps null: those that the seed draws
 */
export async function runSeed(house: SimulatedHouse, seed: number, steps: Step[] | null = null, tell: (line: string) => void = () => {}): Promise<SeedResult> {
  const world = await buildWorld(house, seed);
  const drawn = stepsOf(world);
  const planned = steps ?? drawn;
  let before = await takeSnapshot(house.owner);
  let failure: Failure | null = null;
  let done = 0;
  for (const [place, step] of planned.entries()) {
    tell(`${place} ${step.kind} ${world.clock.date().toISOString()}`);
    const outcome = await carryOut(world, step, before);
    done += 1;
    if (outcome.breaches.length > 0) {
      failure = { step: place, breaches: outcome.breaches };
      break;
    }
    before = outcome.after;
  }
  // The good end costs as much as the rest: every second seed has one.
  if (failure === null && seed % 2 === 0) {
    const breaches = await endWell(world, before, carryOutRuns);
    if (breaches.length > 0) failure = { step: planned.length, breaches };
  }
  return {
    seed,
    steps: done,
    runs: (await takeSnapshot(house.owner)).runs.length,
    fired: Object.fromEntries(world.liantis.fired),
    answers: Object.fromEntries(world.answers),
    failure,
  };
}

/** The breaches of a step, and the world after it. */
export interface Outcome {
  breaches: string[];
  after: Snapshot;
}

async function carryOut(world: World, step: Step, before: Snapshot): Promise<Outcome> {
  return await judged(world, before, async (touched) => {
    const chance = chanceOf(step.seed);
    if (happenAtLiantis(world, step.kind, chance)) return null;
    if (await actOfPeople(world, step.kind, { chance, before, touched })) return null;
    return await workOfRuns(world, step.kind, { chance, before, touched });
  });
}

/** The same for runs that no step stands for. */
async function carryOutRuns(world: World, before: Snapshot, work: () => Promise<Worked>): Promise<Outcome> {
  return await judged(world, before, work);
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
    const after = await takeSnapshot(world.house.owner);
    const between = { world, before, after, touched, callsBefore, runsWorked: worked !== null };
    const accidents = worked?.accidents.map((error) => `a job failed: ${describe(error)}`) ?? [];
    const mirror = worked === null ? [] : breachesOfMirror({ ...between, worked });
    return { breaches: [...accidents, ...breachesOf(between), ...mirror], after };
  } catch (error) {
    return { breaches: [`an accident: ${describe(error)}`], after: before };
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const failures = "failures" in error ? ` ${JSON.stringify(error.failures)}` : "";
  return `${error.name}: ${error.message}${failures}\n${error.stack ?? ""}`;
}
