import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeCursor, encodeCursor } from "./page-cursor.ts";

test("a cursor leads back to its place, whatever the values hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }), (values) => {
      const cursor = encodeCursor(values);
      assert.match(cursor, /^[\w-]+$/);
      assert.deepEqual(decodeCursor(cursor, values.length), values);
      assert.throws(() => decodeCursor(cursor, values.length + 1), { code: "INVALID_REQUEST" });
    }),
  );
});

test("what is no cursor of the list is refused, and none is the first page", () => {
  assert.equal(decodeCursor(undefined, 2), null);
  for (const cursor of ["", "x", "e30", "W10", "WzEsMl0", "bnVsbA"]) {
    assert.throws(() => decodeCursor(cursor, 2), { code: "INVALID_REQUEST" }, cursor);
  }
});
