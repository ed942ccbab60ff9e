import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalDecimal, centsOf, compareDecimals, sumDecimals } from "./decimal.ts";

const readings: [text: string, scaleMax: number, canonical: string | null][] = [
  ["20", 4, "20"],
  ["20.00", 4, "20.00"],
  ["20.00000", 4, "20.0000"],
  ["020.5", 4, "20.5"],
  ["000", 4, "0"],
  ["+7.6", 4, "7.6"],
  ["-3.10", 2, "-3.10"],
  ["-0.00", 2, "0.00"],
  ["-0", 0, "0"],
  [" 38 ", 2, "38"],
  ["27.1700", 2, "27.17"],
  ["27.171", 2, null],
  ["999999999.9999", 4, "999999999.9999"],
  ["1000000000", 4, null],
  ["0000000000001", 4, "1"],
  ["", 4, null],
  [".5", 4, null],
  ["5.", 4, null],
  ["1,5", 4, null],
  ["1 000", 4, null],
  ["1e3", 4, null],
  ["0x10", 4, null],
  ["NaN", 4, null],
  ["Infinity", 4, null],
  ["--1", 4, null],
  ["١٢", 4, null],
];

for (const [text, scaleMax, canonical] of readings) {
  test(`"${text}" at scale ${scaleMax} is ${canonical ?? "no decimal"}`, () => {
    assert.equal(canonicalDecimal(text, { scaleMax }), canonical);
  });
}

test("decimals compare by value, not by spelling", () => {
  assert.equal(compareDecimals("80", "80.00"), 0);
  assert.equal(compareDecimals("-0.01", "0"), -1);
  assert.equal(compareDecimals("10", "9.9999"), 1);
  assert.equal(compareDecimals("0.000", "0"), 0);
  assert.equal(compareDecimals("-0.0", "0"), 0);
  assert.equal(compareDecimals("0.0001", "0"), 1);
  assert.equal(compareDecimals("0", "-0.01"), 1);
});

test("sums are exact where floats are not", () => {
  assert.equal(sumDecimals(["0.1", "0.2"]), "0.3");
  assert.equal(sumDecimals([]), "0");
  assert.equal(sumDecimals(["999999999.9999", "0.0001"]), "1000000000");
});

test("cents are rounded half up, once", () => {
  assert.equal(centsOf(["1.005"]), "1.01");
  assert.equal(centsOf(["1.0049"]), "1.00");
  assert.equal(centsOf(["-1.005"]), "-1.01");
  assert.equal(centsOf(["-0.001"]), "0.00");
  assert.equal(centsOf(["1"], "3"), "0.33");
  assert.equal(centsOf(["2"], "3"), "0.67");
});

const cents = fc.bigInt({ min: 0n, max: 99_999_999_999n });
const asDecimal = (units: bigint, scale: number) => {
  const digits = units.toString().padStart(scale + 1, "0");
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

test("a canonical decimal is canonical already, and means the same", () => {
  fc.assert(
    fc.property(cents, fc.integer({ min: 0, max: 4 }), fc.boolean(), (units, scale, negative) => {
      const text = `${negative ? "-" : ""}${asDecimal(units, scale)}`;
      const canonical = canonicalDecimal(text, { scaleMax: 4 });
      if (canonical === null) return units >= 10n ** BigInt(9 + scale);
      return (
        canonicalDecimal(canonical, { scaleMax: 4 }) === canonical && compareDecimals(canonical, text) === 0
      );
    }),
  );
});

test("amounts times hours times 13 / 3 agree with whole numbers", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10_000_000n }),
      fc.bigInt({ min: 1n, max: 1_680_000n }),
      (amount, hours) => {
        // Units of 1/10000 each, so the product is in 1/10^8; half a cent is added before cutting off.
        const numerator = amount * hours * 13n;
        const denominator = 3n * 10n ** 6n;
        const rounded = (2n * numerator + denominator) / (2n * denominator);
        assert.equal(centsOf([asDecimal(amount, 4), asDecimal(hours, 4), "13"], "3"), asDecimal(rounded, 2));
      },
    ),
    { numRuns: 2000 },
  );
});

test("decimals of any length compare as the whole numbers that they stand for", () => {
  const decimal = fc.tuple(
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
    fc.integer({ min: 0, max: 6 }),
  );
  const near = fc.tuple(decimal, fc.integer({ min: -1, max: 1 }));
  const text = ([units, scale]: [bigint, number]) =>
    `${units < 0n ? "-" : ""}${asDecimal(units < 0n ? -units : units, scale)}`;
  const whole = ([units, scale]: [bigint, number]) => units * 10n ** BigInt(6 - scale);
  fc.assert(
    fc.property(near, fc.option(decimal), ([one, step], other) => {
      const two: [bigint, number] = other ?? [one[0] + BigInt(step), one[1]];
      const expected = whole(one) === whole(two) ? 0 : whole(one) < whole(two) ? -1 : 1;
      return compareDecimals(text(one), text(two)) === expected;
    }),
    { numRuns: 2000 },
  );
});
