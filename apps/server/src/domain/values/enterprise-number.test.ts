import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatEnterpriseNumber, readEnterpriseNumber } from "./enterprise-number.ts";

const good: [typed: string, number: string, checkDigitsMatch: boolean][] = [
  ["0746748857", "0746748857", true],
  ["BE0746748857", "0746748857", true],
  ["be 0746.748.857", "0746748857", true],
  ["BTW BE 0440.966.354", "0440966354", true],
  ["BTW-BE-0440.966.354", "0440966354", true],
  ["TVA: BE 0831 797 467", "0831797467", true],
  ["TVA BE0403.019.261", "0403019261", true],
  ["RPR 0403.019.261", "0403019261", true],
  ["RPM 0403/019/261", "0403019261", true],
  ["BE 1003.666.423", "1003666423", true],
  ["BE1006872569", "1006872569", true],
  ["0123456749", "0123456749", true],
  ["0485000097", "0485000097", true],
  ["0485000000", "0485000000", false],
  ["0123456789", "0123456789", false],
  ["\u00A00746\u00A0748\u00A0857\u00A0", "0746748857", true],
  ["0746\u202F748\u202F857", "0746748857", true],
  ["0746–748–857", "0746748857", true],
  ["\u200B0746748857\uFEFF", "0746748857", true],
  ["BE(0)746.748.857", "0746748857", true],
  ["BE (0)0746.748.857", "0746748857", true],
  ["０７４６７４８８５７", "0746748857", true],
];

for (const [typed, number, checkDigitsMatch] of good) {
  test(`${JSON.stringify(typed)} is ${number}`, () => {
    assert.deepEqual(readEnterpriseNumber(typed), { kind: "ok", number, checkDigitsMatch });
  });
}

const bad: [typed: string, reason: string, read: string, suggestion: string | null][] = [
  ["123.456.789", "too_short", "123456789", "0123456789"],
  ["BE 746 748 857", "too_short", "746748857", "0746748857"],
  ["12345", "too_short", "12345", null],
  ["BE", "too_short", "BE", null],
  ["---", "too_short", "---", null],
  ["BE07467488570", "too_long", "07467488570", null],
  ["NL0746748857", "letters", "NL0746748857", null],
  ["074674885X", "letters", "074674885X", null],
  ["RPR Gent 0746.748.857", "letters", "GENT0746748857", null],
  ["0746748857BE", "letters", "0746748857BE", null],
  ["2.145.678.901", "establishment_number", "2145678901", null],
  ["8999999999", "establishment_number", "8999999999", null],
  ["9123456789", "first_digit", "9123456789", null],
  ["٠٧٤٦٧٤٨٨٥٧", "letters", "٠٧٤٦٧٤٨٨٥٧", null],
];

for (const [typed, reason, read, suggestion] of bad) {
  test(`${JSON.stringify(typed)} is refused: ${reason}`, () => {
    assert.deepEqual(readEnterpriseNumber(typed), { kind: "invalid", reason, read, suggestion });
  });
}

for (const typed of [null, "", "   ", "\u00A0\t"]) {
  test(`${JSON.stringify(typed)} is a missing number`, () => {
    assert.deepEqual(readEnterpriseNumber(typed), { kind: "missing" });
  });
}

test("numbers are shown the Belgian way, and read back as they were", () => {
  assert.equal(formatEnterpriseNumber("0746748857"), "BE 0746.748.857");
  assert.throws(() => formatEnterpriseNumber("2145678901"), RangeError);
  assert.throws(() => formatEnterpriseNumber("746748857"), RangeError);
});

test("a number with the right check digits is recognised in every way of writing it", () => {
  const separator = fc.constantFrom("", " ", ".", "-", "/", "\u00A0");
  const prefix = fc.constantFrom("", "BE", "be ", "BTW BE ", "TVA BE", "BE-", "RPR ");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 19_999_999 }), prefix, separator, (front, lead, between) => {
      const body = String(front).padStart(8, "0");
      const number = `${body}${String(97 - (front % 97)).padStart(2, "0")}`;
      const typed = `${lead}${number.slice(0, 4)}${between}${number.slice(4, 7)}${between}${number.slice(7)}`;
      assert.deepEqual(readEnterpriseNumber(typed), { kind: "ok", number, checkDigitsMatch: true });
      assert.deepEqual(readEnterpriseNumber(formatEnterpriseNumber(number)), {
        kind: "ok",
        number,
        checkDigitsMatch: true,
      });
    }),
  );
});

test("no text makes the reader throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      const reading = readEnterpriseNumber(typed);
      return reading.kind !== "ok" || /^[01]\d{9}$/.test(reading.number);
    }),
  );
});
