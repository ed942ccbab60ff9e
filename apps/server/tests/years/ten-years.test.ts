import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { nightlyDue } from "../../src/domain/time/schedule.ts";
import { brusselsInstant } from "../../src/domain/values/calendar-date.ts";

const hourMs = 3_600_000;
/** Every day a share of them; the heavy tier takes all. */
const connectionCount = process.env["TEST_TIER"] === "years" ? 500 : 100;

test(`ten years of ${connectionCount} connections, with clock changes, a clock that jumps, and outages: one run a date for each`, () => {
  const dates = 3_652;
  const first = brusselsInstant("2026-01-02", 3_600);
  const outageEvery = 61;
  const connections = Array.from({ length: connectionCount }, (_, index) => ({
    customerId: `connection-${index}`,
    activeSince: first - 12 * hourMs,
    lastScheduledDate: null as string | null,
    now: 0,
    runs: 0,
  }));
  let swallowed = 0;
  for (let index = 0; index < dates; index += 1) {
    const midnight = first + index * 24 * hourMs;
    for (const hour of looksOn(index)) {
      for (const connection of connections) {
        connection.now = midnight + hour * hourMs;
        const due = nightlyDue(connection);
        if (due === null) continue;
        assert.ok(connection.lastScheduledDate === null || due > connection.lastScheduledDate, "twice");
        connection.lastScheduledDate = due;
        connection.runs += 1;
      }
    }
    if (looksOn(index).length === 0) swallowed += 1;
  }
  assert.equal(swallowed, Math.floor(dates / outageEvery));
  // A date without any tick has no run; every other date has one.
  assert.deepEqual([...new Set(connections.map((one) => one.runs))], [dates - swallowed]);

  /** The UTC hours of the ticks of a date: one at night, one in the day. */
  function looksOn(index: number): number[] {
    const day = 6 + ((index * 7) % 15);
    const outage = index % outageEvery;
    // 36 hours from 20:00 on swallow the next date and end on the morning after; from 5:00 on they end the next afternoon.
    if (outage === 59) return [1.3, 19];
    if (outage === 60) return [];
    if (outage === 30) return [1.3, 4];
    if (outage === 31) return [17];
    const isNear = index > dates - 3 || outage >= 57 || outage <= 1 || (outage >= 28 && outage <= 33);
    const jump = isNear ? 0 : ([0, 3, 0, -3, 0][index % 5] ?? 0);
    return index % 2 === 0 ? [0.3 + jump, day] : [day, 21 + jump];
  }
});
