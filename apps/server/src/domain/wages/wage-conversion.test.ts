import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareDecimals } from "../values/decimal.ts";
import { deriveMonthly, grossMonthlyOf } from "./wage-conversion.ts";
import type { WageInput } from "./wage-conversion.ts";

function hourly(
  grossAmount: string,
  weeklyHours: string | null,
  different: Partial<WageInput> = {},
): WageInput {
  return { statute: "white_collar", wageType: "hourly", grossAmount, weeklyHours, ...different };
}

const golden: [amount: string, hours: string, monthly: string][] = [
  ["20", "38", "3293.33"],
  ["20.00", "40", "3466.67"],
  ["20.0000", "30.4", "2634.67"],
  ["20", "19", "1646.67"],
  ["15.5", "38.00", "2552.33"],
  ["17.3456", "7.6", "571.25"],
  ["0.0001", "0.01", "0.00"],
  ["0", "38", "0.00"],
  ["33.3333", "36", "5199.99"],
  ["0.03", "0.5", "0.07"],
  ["9999.9999", "38", "1646666.65"],
];

for (const [amount, hours, monthly] of golden) {
  test(`${amount} an hour for ${hours} hours a week is ${monthly} a month`, () => {
    assert.deepEqual(deriveMonthly(hourly(amount, hours)), {
      kind: "derived",
      grossMonthly: monthly,
      hourly: amount,
      weeklyHours: hours,
      factor: "13/3",
    });
  });
}

test("a month is 13 / 3 weeks, not 4.33", () => {
  assert.notEqual(grossMonthlyOf(hourly("20", "38")), "3290.80");
});

test("rounding is half up and happens once", () => {
  // 0.015 × 1 × 13 / 3 = 0.065 exactly.
  assert.equal(grossMonthlyOf(hourly("0.015", "1")), "0.07");
  // 1.155 × 1 × 13 / 3 = 5.005 exactly; rounding the weekly wage first would give 5.03.
  assert.equal(grossMonthlyOf(hourly("1.155", "1")), "5.01");
});

const outcomes: [name: string, input: WageInput, outcome: object][] = [
  [
    "a monthly wage is as sent, to the cent",
    hourly("3200", null, { wageType: "monthly" }),
    { kind: "monthly_as_sent", grossMonthly: "3200.00" },
  ],
  [
    "a monthly wage of four decimals is rounded",
    hourly("3200.125", null, { wageType: "monthly" }),
    { kind: "monthly_as_sent", grossMonthly: "3200.13" },
  ],
  [
    "a monthly wage of a part-timer is for their own hours already",
    hourly("1646.665", "19", { wageType: "monthly" }),
    { kind: "monthly_as_sent", grossMonthly: "1646.67" },
  ],
  [
    "a blue-collar hourly wage of a part-timer stays hourly",
    hourly("17.2549", "19", { statute: "blue_collar" }),
    { kind: "stays_hourly", grossMonthly: null },
  ],
  [
    "a monthly wage needs no statute",
    hourly("3200", null, { wageType: "monthly", statute: null }),
    { kind: "monthly_as_sent", grossMonthly: "3200.00" },
  ],
  [
    "a blue-collar monthly wage is as sent",
    hourly("2800.50", "38", { wageType: "monthly", statute: "blue_collar" }),
    { kind: "monthly_as_sent", grossMonthly: "2800.50" },
  ],
  [
    "a blue-collar hourly wage stays hourly",
    hourly("17.25", "38", { statute: "blue_collar" }),
    { kind: "stays_hourly", grossMonthly: null },
  ],
  [
    "a blue-collar hourly wage needs no hours",
    hourly("17.25", null, { statute: "blue_collar" }),
    { kind: "stays_hourly", grossMonthly: null },
  ],
  ["hours missing", hourly("20", null), { kind: "cannot_convert", why: "hours_missing" }],
  ["hours of zero", hourly("20", "0.00"), { kind: "cannot_convert", why: "hours_missing" }],
  ["negative hours", hourly("20", "-38"), { kind: "cannot_convert", why: "hours_missing" }],
  [
    "statute unknown",
    hourly("20", "38", { statute: null }),
    { kind: "cannot_convert", why: "statute_unknown" },
  ],
  [
    "statute and hours unknown",
    hourly("20", null, { statute: null }),
    { kind: "cannot_convert", why: "statute_unknown" },
  ],
  [
    "no amount",
    { statute: "white_collar", wageType: "hourly", grossAmount: null, weeklyHours: "38" },
    { kind: "wage_missing" },
  ],
  [
    "no amount and no type",
    { statute: null, wageType: null, grossAmount: null, weeklyHours: null },
    { kind: "wage_missing" },
  ],
  ["no type", hourly("20", "38", { wageType: null }), { kind: "wage_type_unknown" }],
  ["a negative hourly wage", hourly("-20", "38"), { kind: "wage_negative" }],
  ["a negative monthly wage", hourly("-0.01", null, { wageType: "monthly" }), { kind: "wage_negative" }],
  [
    "a wage of zero is a wage",
    hourly("0", null, { wageType: "monthly" }),
    { kind: "monthly_as_sent", grossMonthly: "0.00" },
  ],
];

for (const [name, input, outcome] of outcomes) {
  test(name, () => {
    assert.deepEqual(deriveMonthly(input), outcome);
  });
}

const decimal = (max: number) =>
  fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max: 9999 }))
    .map(([a, b]) => `${a}.${String(b).padStart(4, "0")}`);

test("there is a monthly wage exactly when one can be calculated, with two decimals", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("white_collar" as const, "blue_collar" as const, null),
      fc.constantFrom("hourly" as const, "monthly" as const, null),
      fc.option(decimal(5000)),
      fc.option(decimal(60)),
      (statute, wageType, grossAmount, weeklyHours) => {
        const monthly = grossMonthlyOf({ statute, wageType, grossAmount, weeklyHours });
        const hasHours = weeklyHours !== null && compareDecimals(weeklyHours, "0") > 0;
        const known =
          grossAmount !== null &&
          (wageType === "monthly" || (wageType === "hourly" && statute === "white_collar" && hasHours));
        return known ? monthly !== null && /^\d+\.\d\d$/.test(monthly) : monthly === null;
      },
    ),
  );
});
