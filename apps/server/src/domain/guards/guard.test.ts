import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultThresholds, guardRun } from "./guard.ts";
import type { CoverageFigure, RunAggregates } from "./guard.ts";

function absence(
  linkedPeople: number,
  newlyAbsentPeople: number,
  listedPeople = 1 + linkedPeople - newlyAbsentPeople,
): RunAggregates {
  return { linkedPeople, newlyAbsentPeople, listedPeople, coverage: [] };
}

function codes(aggregates: RunAggregates): string[] {
  const verdict = guardRun(aggregates);
  return verdict.kind === "pass"
    ? []
    : verdict.holds.flatMap((hold) => hold.reasons.map((reason) => reason.code));
}

const absences: [linked: number, newlyAbsent: number, listed: number, expected: string[]][] = [
  // No person is linked yet: nothing can be lost.
  [0, 0, 0, []],
  [0, 0, 500, []],
  // An empty listing always holds, in a firm of any size.
  [1, 1, 0, ["NOBODY_LISTED"]],
  [2, 2, 0, ["NOBODY_LISTED"]],
  [3, 3, 0, ["NOBODY_LISTED"]],
  [5, 5, 0, ["NOBODY_LISTED"]],
  [5000, 5000, 0, ["NOBODY_LISTED"]],
  [5, 0, 0, ["NOBODY_LISTED"]],
  // The only one leaves while others are listed: a leaver.
  [1, 1, 4, []],
  // All at once while others are listed: another firm's listing.
  [2, 2, 4, ["ALL_LINKED_ABSENT"]],
  [3, 3, 2, ["ALL_LINKED_ABSENT"]],
  [400, 400, 380, ["ALL_LINKED_ABSENT"]],
  // A firm of five: one or two may leave, three may not.
  [3, 2, 1, []],
  [5, 1, 4, []],
  [5, 2, 3, []],
  [5, 3, 2, ["MANY_ABSENT"]],
  // 20 % exactly is allowed, one more is not.
  [10, 2, 8, []],
  [10, 3, 7, ["MANY_ABSENT"]],
  [15, 3, 12, []],
  [15, 4, 11, ["MANY_ABSENT"]],
  [5000, 1000, 4000, []],
  [5000, 1001, 3999, ["MANY_ABSENT"]],
];

for (const [linked, newlyAbsent, listed, expected] of absences) {
  test(`${newlyAbsent} of ${linked} newly absent, ${listed} listed: ${expected.join() || "passes"}`, () => {
    assert.deepEqual(codes(absence(linked, newlyAbsent, listed)), expected);
  });
}

const coverages: [coverage: Omit<CoverageFigure, "field">, holds: boolean][] = [
  [{ people: 10, filledBefore: 10, filledNow: 7 }, true],
  [{ people: 10, filledBefore: 10, filledNow: 8 }, false],
  [{ people: 10, filledBefore: 9, filledNow: 6 }, true],
  [{ people: 10, filledBefore: 8, filledNow: 0 }, false],
  [{ people: 5, filledBefore: 5, filledNow: 2 }, true],
  [{ people: 5, filledBefore: 5, filledNow: 3 }, false],
  [{ people: 3, filledBefore: 3, filledNow: 0 }, true],
  [{ people: 2, filledBefore: 2, filledNow: 0 }, false],
  [{ people: 15, filledBefore: 15, filledNow: 12 }, false],
  [{ people: 15, filledBefore: 15, filledNow: 11 }, true],
  [{ people: 1000, filledBefore: 900, filledNow: 700 }, false],
  [{ people: 1000, filledBefore: 900, filledNow: 699 }, true],
  [{ people: 1000, filledBefore: 899, filledNow: 0 }, false],
  [{ people: 10, filledBefore: 9, filledNow: 10 }, false],
  [{ people: 0, filledBefore: 0, filledNow: 0 }, false],
];

for (const [coverage, holds] of coverages) {
  const { people, filledBefore, filledNow } = coverage;
  test(`a field of ${people} people, filled ${filledBefore} then and ${filledNow} now: ${holds ? "held" : "passes"}`, () => {
    const aggregates = { ...absence(people + 1, 0), coverage: [{ field: "email", ...coverage }] };
    assert.deepEqual(codes(aggregates), holds ? ["FIELD_EMPTIED"] : []);
  });
}

test("a contract end may empty: blank is a value there", () => {
  const coverage = [{ field: "endDate", people: 100, filledBefore: 100, filledNow: 0 }];
  assert.deepEqual(guardRun({ ...absence(100, 0), coverage }), { kind: "pass" });
});

test("a hold names its numbers, and all of its reasons", () => {
  const verdict = guardRun({
    linkedPeople: 50,
    newlyAbsentPeople: 20,
    listedPeople: 30,
    coverage: [
      { field: "email", people: 30, filledBefore: 30, filledNow: 0 },
      { field: "firstName", people: 30, filledBefore: 30, filledNow: 30 },
    ],
  });
  assert.deepEqual(verdict, {
    kind: "hold",
    holds: [
      {
        kind: "source_looks_wrong",
        reasons: [
          { code: "MANY_ABSENT", params: { absent: "20", linked: "50", percent: "40", allowed: "10" } },
          {
            code: "FIELD_EMPTIED",
            params: { field: "email", people: "30", filledBefore: "30", filledNow: "0", dropPoints: "100" },
          },
        ],
      },
    ],
  });
});

test("thresholds can be set", () => {
  const strict = { ...defaultThresholds, absentMax: 0, absentPercentMax: 0 };
  assert.equal(guardRun(absence(100, 1), strict).kind, "hold");
  assert.equal(guardRun(absence(100, 0), strict).kind, "pass");
  const half = { ...defaultThresholds, absentPercentMax: 50 };
  assert.equal(guardRun(absence(100, 50), half).kind, "pass");
  assert.equal(guardRun(absence(100, 51), half).kind, "hold");
});

test("more people absent never turns a hold into a pass", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), fc.nat(), fc.nat(), (linked, some, more) => {
      const fewer = some % (linked + 1);
      const greater = Math.min(linked, fewer + (more % (linked + 1)));
      const isHeld = (absent: number) =>
        guardRun(absence(linked, absent, 1 + linked - absent)).kind === "hold";
      return !isHeld(fewer) || isHeld(greater);
    }),
  );
});
