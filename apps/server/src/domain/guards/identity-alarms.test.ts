import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultThresholds } from "./guard.ts";
import { addressRings, identityAlarms, type IdentitySwap, replacedAlarm } from "./identity-alarms.ts";

function gets(
  workerId: string,
  holderWorkerId: string,
  field: IdentitySwap["field"] = "email",
): IdentitySwap {
  return { workerId, holderWorkerId, field, holderEmployeeNumber: `n-${holderWorkerId}` };
}

function alarmed(figures: {
  linked?: number;
  renamed?: string[];
  moves?: IdentitySwap[];
}): [string, string][] {
  const alarms = identityAlarms({ linked: 100, renamed: [], moves: [], ...figures }, defaultThresholds);
  return [...alarms.keys()].toSorted().map((workerId) => [workerId, alarms.get(workerId)?.code ?? ""]);
}

describe("an identity alarm", () => {
  test("is raised for two people who swap e-mails", () => {
    const moves = [gets("a", "b"), gets("b", "a")];
    assert.deepEqual(alarmed({ moves }), [
      ["a", "EMAIL_SWAPPED"],
      ["b", "EMAIL_SWAPPED"],
    ]);
  });

  test("is raised for three people who swap e-mails in a ring, in whatever order", () => {
    const moves = [gets("a", "b"), gets("b", "c"), gets("c", "a")];
    const expected = [
      ["a", "EMAIL_SWAPPED"],
      ["b", "EMAIL_SWAPPED"],
      ["c", "EMAIL_SWAPPED"],
    ];
    assert.deepEqual(alarmed({ moves }), expected);
    assert.deepEqual(alarmed({ moves: moves.toReversed() }), expected);
  });

  test("is not raised for a chain that ends: the last person's e-mail becomes free", () => {
    assert.deepEqual(alarmed({ moves: [gets("a", "b"), gets("b", "c")] }), []);
  });

  test("does not count a person who wants an e-mail of a ring as part of the ring", () => {
    const moves = [gets("x", "a"), gets("a", "b"), gets("b", "a")];
    assert.deepEqual(
      addressRings(moves).map((ring) => ring.map((one) => one.workerId).toSorted()),
      [["a", "b"]],
    );
  });

  test("is raised for two people who swap employee numbers", () => {
    const moves = [gets("a", "b", "employeeNumber"), gets("b", "a", "employeeNumber")];
    assert.deepEqual(alarmed({ moves }), [
      ["a", "NUMBER_SWAPPED"],
      ["b", "NUMBER_SWAPPED"],
    ]);
  });

  const ada = { firstName: "Ada", lastName: "Peeters", email: "ada@b.be" };
  const replaced: [name: string, after: Partial<typeof ada>, alarms: boolean][] = [
    ["both names and the address", { firstName: "Zita", lastName: "Verhaegen", email: "zita@b.be" }, true],
    ["both names: corrected", { firstName: "Zita", lastName: "Verhaegen" }, false],
    ["surname and address: married", { lastName: "Verhaegen", email: "ada.verhaegen@b.be" }, false],
    [
      "the names the other way round, and the address",
      { firstName: "Peeters", lastName: "Ada", email: "x@b.be" },
      false,
    ],
    [
      "an accent, a capital and the address",
      { firstName: "Adá", lastName: "PEETERS", email: "x@b.be" },
      false,
    ],
    ["the address in capitals", { firstName: "Zita", lastName: "Verhaegen", email: "ADA@b.be" }, false],
  ];
  for (const [name, after, expected] of replaced)
    test(`${expected ? "is raised" : "is not raised"} for a change of ${name}`, () => {
      assert.equal(replacedAlarm(ada, { ...ada, ...after }) !== null, expected);
    });

  const crowds: [linked: number, renamed: number, alarms: boolean][] = [
    [5, 2, false],
    [5, 3, true],
    [10, 3, false],
    [10, 4, true],
    [1000, 300, false],
    [1000, 301, true],
    [1, 1, false],
  ];
  for (const [linked, count, expected] of crowds)
    test(`${expected ? "is raised" : "is not raised"} when ${count} of ${linked} change name or e-mail at once`, () => {
      const renamed = Array.from({ length: count }, (_, index) => `w${index}`);
      assert.equal(alarmed({ linked, renamed }).length, expected ? count : 0);
    });
});
