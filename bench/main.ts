import process from "node:process";
import { checkPhase, checkSameValues, phaseNames, readState, type State } from "./checks.ts";
import { type BenchCluster, type BenchDatabase, startCluster } from "./databases.ts";
import { figuresOf, noRounds, type Rounds, tableOf } from "./figures.ts";
import { measure, type Provider, type SideName, startProvider } from "./measure.ts";
import { readOptions } from "./options.ts";

/**
 * The benchmark: our sync against the floor, in the same run, one after the other. See docs/performance.md.
 * Exits with 1 when the written rows are wrong.
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const cluster = await startCluster();
  const provider = await startProvider();
  const wrong: string[] = [];
  const measured: { n: number; rounds: Rounds }[] = [];
  try {
    for (const n of options.sizes) {
      const rounds = noRounds();
      for (let round = 0; round < options.rounds; round += 1) {
        process.stderr.write(`${n} people, round ${round + 1} of ${options.rounds}\n`);
        wrong.push(...(await playRound({ cluster, provider, n, round }, rounds)));
      }
      measured.push({ n, rounds });
      if (!options.json) process.stdout.write(`${tableOf(n, rounds)}\n`);
    }
  } finally {
    await provider.stop();
    await cluster.stop();
  }
  if (options.json) {
    const figures = measured.map(({ n, rounds }) => figuresOf(n, rounds));
    process.stdout.write(`${JSON.stringify(figures.length === 1 ? figures[0] : figures)}\n`);
  }
  for (const sentence of wrong) process.stderr.write(`Wrong: ${sentence}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

interface Round {
  cluster: BenchCluster;
  provider: Provider;
  n: number;
  round: number;
}

const warmUpPeople = 1000;

/** All phases of both sides, on fresh databases; the side that starts alternates. @returns a sentence for each error */
async function playRound({ cluster, provider, n, round }: Round, rounds: Rounds): Promise<string[]> {
  const databases: Record<SideName, BenchDatabase> = {
    floor: await cluster.createDatabase(`floor_${n}_${round}`),
    us: await cluster.createDatabase(`us_${n}_${round}`),
  };
  const states: Record<SideName, State> = { floor: {}, us: {} };
  const order: SideName[] = round % 2 === 0 ? ["floor", "us"] : ["us", "floor"];
  const wrong: string[] = [];
  for (const phase of phaseNames) {
    await serve(provider, databases.us, n, phase === "onePercent");
    for (const side of order) {
      const database = databases[side];
      rounds[phase][side].push(await measure(side, { cluster, database, provider }));
      const after = await readState(database, side);
      wrong.push(...(await checkPhase(database, { side, phase, people: n, before: states[side], after })));
      states[side] = after;
    }
  }
  wrong.push(...(await checkSameValues(databases.floor, databases.us)));
  for (const side of order) await databases[side].drop();
  return wrong;
}

async function serve(provider: Provider, { measured, warmUp }: BenchDatabase, n: number, changed: boolean) {
  await provider.serve({
    employers: [
      { enterpriseNumber: measured.enterpriseNumber, people: n, firstPerson: 0 },
      { enterpriseNumber: warmUp.enterpriseNumber, people: warmUpPeople, firstPerson: 900_000_000 },
    ],
    changed,
  });
}

await main();
