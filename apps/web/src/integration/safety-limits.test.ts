import assert from "node:assert/strict";
import { test } from "node:test";
import { readNumber } from "./safety-limits.ts";

const factor = { min: 1.05, max: 20, step: 0.01 };
const people = { min: 0, max: 1000, step: 1 };

test("a limit is read as it is written in any of the languages", () => {
  for (const [typed, bounds, expected] of [
    ["1,5", factor, 1.5],
    ["1.5", factor, 1.5],
    [" 3 ", factor, 3],
    ["1.000", people, undefined],
    ["1\u202f000", people, 1000],
    ["1 000", people, 1000],
    ["2,5", people, undefined],
    ["1,555", factor, undefined],
    ["1", factor, undefined],
    ["1001", people, undefined],
    ["-1", people, undefined],
    ["", people, undefined],
    ["much", people, undefined],
  ] as const)
    assert.equal(readNumber(typed, bounds), expected, typed);
});
