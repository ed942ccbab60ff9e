import assert from "node:assert/strict";
import { test } from "node:test";
import {
  consentFields,
  contractFields,
  lockedFields,
  mayBecomeBlank,
  personFields,
  storedPersonFields,
  updatedPersonFields,
  watchedFields,
} from "./synced-fields.ts";

/** Which bit is which field is stored with every link: a bit of this list never changes, and a new field takes the next one. */
const storedBits: Record<string, number> = {
  firstName: 0,
  lastName: 1,
  email: 2,
  language: 3,
  startDate: 4,
  employeeNumber: 5,
  wageContracts: 6,
  statute: 7,
  wageType: 8,
  grossAmount: 9,
  contractStartDate: 10,
  weeklyHours: 11,
  workRegimePercentage: 12,
  employerSocialSecurityPercentage: 13,
};

test("a watched field keeps the bit that it is stored under", () => {
  const bits = Object.fromEntries(watchedFields.map(({ name, bit }) => [name, bit]));
  assert.deepEqual(bits, storedBits, "a new field takes the next free bit, and is added to this list");
});

test("no two watched fields share a bit, and every bit fits in the column", () => {
  const bits = watchedFields.map(({ bit }) => bit);
  assert.equal(new Set(bits).size, bits.length);
  assert.ok(
    bits.every((bit) => bit >= 0 && bit < 31),
    "the column is an integer with a sign",
  );
});

test("no two fields have the same label or the same item of the consent", () => {
  for (const table of [personFields, contractFields]) {
    const labels = Object.values(table).map(({ label }: { label: string }) => label);
    assert.equal(new Set(labels).size, labels.length);
  }
  const items = [...consentFields("personal"), ...consentFields("wage")].map(({ item }) => item);
  assert.equal(new Set(items).size, items.length);
});

test("what every run writes is locked, and what no run writes is not in an employee", () => {
  assert.deepEqual(lockedFields, [...updatedPersonFields, "wageContracts"]);
  for (const field of Object.values(personFields))
    assert.equal(
      storedPersonFields.some((name) => name === field.name),
      field.written !== "never",
      field.name,
    );
});

test("only an end and a result of other fields may become blank", () => {
  const blankable = [...Object.keys(personFields), ...Object.keys(contractFields)].filter(mayBecomeBlank);
  assert.deepEqual(blankable, ["employmentEndDate", "grossMonthly", "endDate"]);
});
