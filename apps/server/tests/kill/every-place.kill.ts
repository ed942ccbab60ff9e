import { test, type TestContext } from "node:test";
import { type KillableRun, type NamedPlace, prepareKillableRun } from "./killable-run.ts";

/** A killed worker is noticed by its heart beat after ten seconds: most of a place's time is waiting. */
const placesAtOnce = 8;

for (const story of ["first load", "changed run", "confirmed preview"] as const) {
  await test(`a worker is killed around every checkpoint of a ${story}`, {
    concurrency: placesAtOnce,
  }, async (t) => {
    const connected = await prepareKillableRun(t, story);
    const left = connected.places.values();
    await Promise.all(Array.from({ length: placesAtOnce }, () => walk(t, connected, left)));
  });
}

async function walk(t: TestContext, connected: KillableRun, left: Iterator<NamedPlace>): Promise<void> {
  for (let next = left.next(); next.done !== true; next = left.next()) {
    const place = next.value;
    await t.test(place.name, { timeout: 120_000 }, (one) => connected.assertSurvives(one, place));
  }
}
