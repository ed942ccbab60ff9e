import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import {
  addDays,
  brusselsDate,
  brusselsInstant,
  compareDates,
  isCalendarDate,
  isPlausibleDate,
} from "./calendar-date.ts";

const epochMs = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;

const dates: [text: string, exists: boolean, plausible: boolean][] = [
  ["2026-11-22", true, true],
  ["2024-02-29", true, true],
  ["2023-02-29", false, false],
  ["2000-02-29", true, true],
  ["1900-02-29", false, false],
  ["1900-01-01", true, true],
  ["1899-12-31", true, false],
  ["2100-12-31", true, true],
  ["2101-01-01", true, false],
  ["0203-05-01", true, false],
  ["0000-01-01", false, false],
  ["2026-13-01", false, false],
  ["2026-00-10", false, false],
  ["2026-04-31", false, false],
  ["2026-4-1", false, false],
  ["01/04/2026", false, false],
  ["2026-04-01T00:00:00Z", false, false],
  [" 2026-04-01", false, false],
  ["2026-04-01\n", false, false],
  ["", false, false],
];

for (const [text, exists, plausible] of dates) {
  test(`${JSON.stringify(text)}: ${exists ? "a date" : "no date"}, ${plausible ? "plausible" : "not plausible"}`, () => {
    assert.equal(isCalendarDate(text), exists);
    assert.equal(isPlausibleDate(text), plausible);
  });
}

const instants: [instant: string, date: string][] = [
  ["2026-11-21T22:59:59Z", "2026-11-21"],
  ["2026-11-21T23:00:00Z", "2026-11-22"],
  ["2026-06-30T21:59:59.999Z", "2026-06-30"],
  ["2026-06-30T22:00:00Z", "2026-07-01"],
  ["2026-03-29T00:59:59Z", "2026-03-29"],
  ["2026-10-25T22:59:59Z", "2026-10-25"],
  ["2026-12-31T23:00:00Z", "2027-01-01"],
  ["2026-01-01T00:30:00+02:00", "2025-12-31"],
];

for (const [instant, date] of instants) {
  test(`in Brussels it is ${date} at ${instant}`, () => {
    assert.equal(brusselsDate(instant), date);
    assert.equal(brusselsDate(epochMs(instant)), date);
  });
}

test("days are added across months, leap days and clock changes", () => {
  assert.equal(addDays("2024-02-28", 1), "2024-02-29");
  assert.equal(addDays("2026-03-28", 2), "2026-03-30");
  assert.equal(addDays("2026-10-24", 2), "2026-10-26");
  assert.equal(addDays("2026-01-01", -1), "2025-12-31");
  assert.equal(addDays("2026-01-31", 0), "2026-01-31");
});

test("wall-clock seconds in Brussels are instants", () => {
  assert.equal(brusselsInstant("2026-11-22", 3_600), epochMs("2026-11-22T00:00:00Z"));
  assert.equal(brusselsInstant("2026-07-01", 3 * 3_600), epochMs("2026-07-01T01:00:00Z"));
});

test("a date in Brussels is what the time zone says, in any order of asking", () => {
  const start = epochMs("2020-01-01T00:00:00Z");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 * 366 * 24 * 60 }), (minutes) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(start + minutes * 60_000);
      const zoned = instant.toZonedDateTimeISO("Europe/Brussels");
      assert.equal(brusselsDate(instant.epochMilliseconds), zoned.toPlainDate().toString());
      const time = zoned.toPlainTime();
      const again = brusselsInstant(
        zoned.toPlainDate().toString(),
        (time.hour * 60 + time.minute) * 60 + time.second,
      );
      // An hour that exists twice is meant for the first time.
      assert.ok([0, 3_600_000].includes(instant.epochMilliseconds - again));
    }),
    { numRuns: 300 },
  );
});

test("the order of dates is that of days", () => {
  const day = fc.integer({ min: 0, max: 60_000 }).map((days) => addDays("1950-01-01", days));
  fc.assert(
    fc.property(day, fc.integer({ min: -400, max: 400 }), (date, days) => {
      const other = addDays(date, days);
      return (
        isCalendarDate(other) &&
        addDays(other, -days) === date &&
        Math.sign(compareDates(other, date)) === Math.sign(days)
      );
    }),
  );
});
