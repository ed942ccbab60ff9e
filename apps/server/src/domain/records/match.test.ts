import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { namesDiffer } from "./match.ts";

type Name = [first: string | null, last: string | null];
const pairs: [a: Name, b: Name, differ: boolean][] = [
  [["Inès", "De Smedt"], ["Inès", "De Smedt"], false],
  [["Inès", "De Smedt"], ["INES", "de smedt"], false],
  [["Inès", "De Smedt"], [" Ines ", "Desmedt"], false],
  [["Jean-Pierre", "d'Hondt"], ["Jean Pierre", "D’Hondt"], false],
  [["Søren", "Łuczak"], ["Soren", "Luczak"], false],
  [["Inès", "De Smedt"], ["De Smedt", "Inès"], false],
  [["Inès", "De Smedt"], ["Inès", "Peeters"], false],
  [["Inès", "De Smedt"], ["An", "De Smedt"], false],
  [["Inès", "De Smedt"], ["An", "Peeters"], true],
  [["Inès", "De Smedt"], ["De Smedt", "Peeters"], true],
  [["Inès", null], ["An", "Peeters"], false],
  [[null, "De Smedt"], ["An", "Peeters"], false],
  [["-", "De Smedt"], ["An", "Peeters"], false],
  [["Анна", "Петрова"], ["Мария", "Иванова"], true],
];

for (const [[firstName, lastName], [otherFirst, otherLast], differ] of pairs) {
  test(`${firstName} ${lastName} and ${otherFirst} ${otherLast}: ${differ ? "two people" : "one"}`, () => {
    const a = { firstName, lastName };
    const b = { firstName: otherFirst, lastName: otherLast };
    assert.equal(namesDiffer(a, b), differ);
    assert.equal(namesDiffer(b, a), differ);
  });
}

test("a person does not differ from themselves, with or without blanks", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (firstName, lastName) => {
      const other = { firstName: ` ${firstName}`, lastName: `${lastName} ` };
      return !namesDiffer({ firstName, lastName }, other);
    }),
  );
});
