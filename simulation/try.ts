import { createTestDatabase } from "../apps/server/tests/database.ts";
import { openSimulatedHouse } from "./house.ts";
import { runSeed } from "./seed.ts";
const ends: (() => unknown)[] = [];
const db = await createTestDatabase({ after: (e) => void ends.push(e) });
const house = await openSimulatedHouse(db);
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 10);
const t = performance.now();
let runs = 0, steps = 0;
for (let s = from; s < from + n; s++) {
  const t1 = performance.now();
  const r = await runSeed(house, s);
  if (process.env["V"]) console.log(s, Math.round(performance.now() - t1), r.steps, r.runs); runs += r.runs; steps += r.steps;
  if (r.failure) { console.log(s, r.failure.step, r.failure.breaches.slice(0, 3).join("\n").slice(0, 1500)); }
}
console.log(n / ((performance.now() - t) / 1000), "seeds/s", runs, steps);
await house.close();
for (const e of ends) await e();
