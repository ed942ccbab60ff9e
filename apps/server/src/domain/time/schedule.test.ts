import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { addDays, brusselsDate, brusselsInstant } from "../values/calendar-date.ts";
import { fnv1a, nextRunAt, nightlyDue, nightlySlot } from "./schedule.ts";

const hourMs = 3_600_000;
const customers = Array.from({ length: 40 }, (_, index) => `customer-${index}`);

function wallClock(instant: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO("Europe/Brussels")
    .toPlainTime()
    .toString();
}

test("FNV-1a gives the published values", () => {
  assert.equal(fnv1a(""), 0x811c9dc5);
  assert.equal(fnv1a("a"), 0xe40c292c);
  assert.equal(fnv1a("foobar"), 0xbf9cf968);
  assert.equal(fnv1a("é"), fnv1a("\u00E9"));
});

test("a slot is at the same wall-clock second every night of ten years, the clock changes included", () => {
  for (const customer of customers.slice(0, 6)) {
    const time = wallClock(nightlySlot(customer, "2026-01-01"));
    let date = "2026-01-01";
    while (date < "2036-01-01") {
      const slot = nightlySlot(customer, date);
      assert.equal(brusselsDate(slot), date);
      assert.equal(wallClock(slot), time);
      date = addDays(date, 1);
    }
  }
});

test("slots lie in the windows and are spread over all of them", () => {
  const perHalfHour = new Map<string, number>();
  for (let index = 0; index < 14_000; index += 1) {
    const time = wallClock(
      nightlySlot(`00000000-0000-7000-8000-${String(index).padStart(12, "0")}`, "2026-11-22"),
    );
    assert.ok((time >= "00:30:00" && time < "01:59:00") || (time >= "03:00:00" && time < "05:00:00"), time);
    const half = `${time.slice(0, 3)}${time.slice(3, 5) < "30" ? "00" : "30"}`;
    perHalfHour.set(half, (perHalfHour.get(half) ?? 0) + 1);
  }
  assert.deepEqual([...perHalfHour.keys()].toSorted(), [
    "00:30",
    "01:00",
    "01:30",
    "03:00",
    "03:30",
    "04:00",
    "04:30",
  ]);
  for (const [half, count] of perHalfHour) assert.ok(count > 1_800 && count < 2_200, `${half}: ${count}`);
});

test("ten years of nights with every clock change: one run a date, none missed, none twice", () => {
  const customerId = customers[7] ?? "";
  const activeSince = brusselsInstant("2026-01-01", 12 * 3_600);
  const end = brusselsInstant("2036-01-01", 12 * 3_600);
  const runs: string[] = [];
  let lastScheduledDate: string | null = null;
  // Looking every 65 minutes is coarser than any poll would be, and drifts through the day.
  for (let now = activeSince; now < end; now += 65 * 60_000) {
    const due = nightlyDue({ now, customerId, lastScheduledDate, activeSince });
    if (due === null) continue;
    runs.push(due);
    lastScheduledDate = due;
  }
  assert.equal(new Set(runs).size, runs.length);
  assert.equal(runs.length, 3652);
  assert.deepEqual([runs[0], runs.at(-1)], ["2026-01-02", "2036-01-01"]);
});

const customerId = "customer-1";
const date = "2026-11-22";
const slot = nightlySlot(customerId, date);
const longActive = brusselsInstant("2026-01-01", 0);

test("a nightly run is due from its second on, until it is scheduled", () => {
  const state = { customerId, activeSince: longActive, lastScheduledDate: "2026-11-21" };
  assert.equal(nightlyDue({ ...state, now: slot - 1 }), null);
  assert.equal(nightlyDue({ ...state, now: slot }), date);
  assert.equal(nightlyDue({ ...state, now: slot + 18 * hourMs }), date);
  assert.equal(nightlyDue({ ...state, now: slot + 18 * hourMs, lastScheduledDate: date }), null);
  assert.equal(nightlyDue({ ...state, now: slot, lastScheduledDate: null }), date);
});

test("after days of downtime one run is due, for today", () => {
  const state = { customerId, activeSince: longActive, lastScheduledDate: "2026-11-15" };
  assert.equal(nightlyDue({ ...state, now: slot + hourMs }), date);
  assert.equal(nightlyDue({ ...state, now: slot + hourMs, lastScheduledDate: date }), null);
});

test("a clock that jumps back never runs a date twice", () => {
  const state = { customerId, activeSince: longActive, lastScheduledDate: date };
  for (const jump of [-3 * hourMs, -26 * hourMs, -72 * hourMs]) {
    assert.equal(nightlyDue({ ...state, now: slot + jump }), null);
  }
  assert.equal(nextRunAt({ ...state, now: slot - 72 * hourMs }), nightlySlot(customerId, "2026-11-23"));
});

test("a connection that became active after its slot waits for the next night", () => {
  const state = { customerId, lastScheduledDate: null };
  assert.equal(nightlyDue({ ...state, now: slot + hourMs, activeSince: slot + 1_000 }), null);
  assert.equal(
    nextRunAt({ ...state, now: slot + hourMs, activeSince: slot + 1_000 }),
    nightlySlot(customerId, "2026-11-23"),
  );
  assert.equal(nightlyDue({ ...state, now: slot + hourMs, activeSince: slot - 1_000 }), date);
});

test("the next run is now when one is due, else at the next slot: never in the past, and due then", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...customers),
      fc.nat(4_000 * 24 * 60),
      fc.constantFrom(-2, -1, 0, null),
      fc.nat(72),
      (customer, minutes, back, hours) => {
        const now = longActive + minutes * 60_000;
        const lastScheduledDate = back === null ? null : addDays(brusselsDate(now), back);
        const state = { now, customerId: customer, lastScheduledDate, activeSince: now - hours * hourMs };
        const nextAt = nextRunAt(state);
        assert.ok(nextAt >= now && nextAt - now <= 49 * hourMs);
        assert.equal(nightlyDue({ ...state, now: nextAt }), brusselsDate(nextAt));
        if (nightlyDue(state) !== null) assert.equal(nextAt, now);
        else assert.ok(nextAt === now || nightlyDue({ ...state, now: nextAt - 1 }) === null);
      },
    ),
    { numRuns: 500 },
  );
});
