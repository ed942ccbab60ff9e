import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assertBalanced, buckets, countPerson, countsWhenHeld, emptyCounts, isBalanced } from "./counts.ts";

test("a run about no people balances", () => {
  assert.equal(isBalanced(emptyCounts()), true);
  assertBalanced(emptyCounts());
});

test("every person is in one bucket, and a held run keeps all of them", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...buckets)), fc.nat(50), (people, absent) => {
      const counts = { ...people.reduce(countPerson, emptyCounts()), absent };
      assertBalanced(counts);
      assert.equal(counts.fetched, people.length);
      const held = countsWhenHeld(counts);
      assertBalanced(held);
      const writes = people.filter((one) => one === "created" || one === "linked" || one === "updated");
      assert.deepEqual([held.created, held.linked, held.updated], [0, 0, 0]);
      assert.equal(held.held, counts.held + writes.length);
      assert.deepEqual([held.unchanged, held.failed, held.absent], [counts.unchanged, counts.failed, absent]);
    }),
  );
});

const unbalanced = [
  { fetched: 1 },
  { created: 1 },
  { fetched: 1, created: 1, failed: 1 },
  { fetched: 0, created: 1, failed: -1 },
  { fetched: 1.5, created: 1.5 },
  { fetched: Number.NaN },
  { absent: -1 },
];
for (const wrong of unbalanced) {
  test(`${JSON.stringify(wrong)} does not balance`, () => {
    const counts = { ...emptyCounts(), ...wrong };
    assert.equal(isBalanced(counts), false);
    assert.throws(() => assertBalanced(counts), RangeError);
  });
}
