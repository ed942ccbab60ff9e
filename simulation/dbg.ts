import { readFileSync } from "node:fs";
import { inHouse } from "./run-seeds.ts";
import { runSeed } from "./seed.ts";
const { seed, steps } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
await inHouse(async (house) => {
  const r = await runSeed(house, seed, { steps });
  console.log(r.failure?.breaches[0]);
  for (const q of process.argv.slice(3)) console.table((await house.owner.query(q)).rows);
});
