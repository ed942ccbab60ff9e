import assert from "node:assert/strict";
import { test } from "node:test";
import { addDays, brusselsInstant } from "./calendar-date.ts";
import { nightlyDue } from "./schedule.ts";

const hourMs = 3_600_000;
const connections = 500;
const firstDate = "2026-01-01";
const endDate = "2036-01-01";

/** A small generator of its own, so that the days are the same ones every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("ten years, 500 connections: one run for each of them and each date, over clock changes, restarts, downtime and clocks that jump", () => {
  const random = numbers(11);
  const ids = Array.from(
    { length: connections },
    (_, index) => `0190a0b0-0000-7000-8000-${String(index).padStart(12, "0")}`,
  );
  const activeSince = brusselsInstant(firstDate, 0) - 1;
  const last: (string | null)[] = ids.map(() => null);
  const runs = new Int32Array(connections);
  let [dates, down] = [0, 0];
  const look = (now: number, date: string) => {
    for (const [index, customerId] of ids.entries()) {
      const due = nightlyDue({ now, customerId, lastScheduledDate: last[index] ?? null, activeSince });
      if (due === null) continue;
      assert.ok(due > (last[index] ?? ""), "a date never comes twice");
      assert.equal(due, date);
      last[index] = due;
      runs[index] = (runs[index] ?? 0) + 1;
    }
  };
  for (let date = firstDate; date < endDate; date = addDays(date, 1)) {
    const morning = brusselsInstant(date, 5 * 3_600);
    // Once in a hundred days nobody looks at all; else somebody looks within the night, and again before the day is over.
    if (random() < 0.01) {
      down += 1;
      continue;
    }
    dates += 1;
    look(morning - Math.floor(random() * 4 * hourMs), date);
    look(morning + Math.floor(random() * 17 * hourMs), date);
    // Now and then the clock is set back by hours or days: what was run is not run again.
    if (random() < 0.02) {
      const before = runs.reduce((sum, count) => sum + count, 0);
      for (const back of [3, 26, 72]) look(morning - back * hourMs, addDays(date, -Math.ceil(back / 24)));
      assert.equal(
        runs.reduce((sum, count) => sum + count, 0),
        before,
      );
    }
  }
  assert.equal(dates + down, 3_652);
  assert.ok(down > 20, "there was downtime");
  assert.deepEqual(new Set(runs), new Set([dates]), "none doubled, none missed");
});
