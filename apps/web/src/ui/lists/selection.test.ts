import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rangeBetween, tickedOf, withTicked } from "./selection.ts";

describe("the selection", () => {
  it("takes the rows between two rows, in either direction", () => {
    const shown = ["a", "b", "c", "d"];
    assert.deepEqual(rangeBetween(shown, "b", "d"), ["b", "c", "d"]);
    assert.deepEqual(rangeBetween(shown, "d", "b"), ["b", "c", "d"]);
    assert.deepEqual(rangeBetween(shown, undefined, "c"), ["c"]);
    assert.deepEqual(rangeBetween(shown, "gone from the page", "c"), ["c"]);
  });

  it("adds and removes ids, tells all from some, and does not change the former selection", () => {
    const before = new Set(["a"]);
    const more = withTicked(before, ["b", "c"], true);
    assert.deepEqual([...more], ["a", "b", "c"]);
    assert.deepEqual([...withTicked(more, ["a", "c"], false)], ["b"]);
    assert.deepEqual([...before], ["a"]);
    assert.equal(tickedOf(more, ["a", "b"]), "all");
    assert.equal(tickedOf(more, ["a", "x"]), "some");
    assert.equal(tickedOf(more, ["x"]), "none");
    assert.equal(tickedOf(more, []), "none");
  });
});
