import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeCursor, encodeCursor, pageOfRows } from "./page-cursor.ts";

test("a decoded cursor gives the values it was made of", () => {
  const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\u0000"));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (values) => {
      const cursor = encodeCursor(values);
      const kinds = values.map(() => "text" as const);
      assert.match(cursor, /^[\w-]+$/);
      assert.deepEqual(decodeCursor(cursor, kinds), values);
      assert.throws(() => decodeCursor(cursor, [...kinds, "text"]), { code: "INVALID_REQUEST" });
    }),
  );
});

test("a cursor of another list is refused, and no cursor means the first page", () => {
  assert.equal(decodeCursor(undefined, ["text", "text"]), null);
  for (const cursor of ["", "x", "e30", "W10", "WzEsMl0", "bnVsbA"]) {
    assert.throws(() => decodeCursor(cursor, ["text", "text"]), { code: "INVALID_REQUEST" }, cursor);
  }
});

test("a sort value that the database cannot take is refused", () => {
  const fits = {
    id: "01a20570-e525-7ef7-a032-59b277a2ca3e",
    instant: "2026-11-23T10:00:00.000Z",
    count: "17",
    text: "é",
  };
  for (const kind of ["id", "instant", "count", "text"] as const) {
    assert.deepEqual(decodeCursor(encodeCursor([fits[kind]]), [kind]), [fits[kind]]);
  }
  const wrong = [
    ["id", "x"],
    ["instant", "yesterday"],
    ["instant", "2026-13-41T99:00:00.000Z"],
    ["count", "-3"],
    ["count", "9999999999"],
    ["text", "\u0000"],
  ] as const;
  for (const [kind, value] of wrong) {
    assert.throws(() => decodeCursor(encodeCursor([value]), [kind]), { code: "INVALID_REQUEST" }, value);
  }
});

test("a page is cut from rows that hold one more, and its cursor leads to the rest", () => {
  const rows = ["a", "b", "c"];
  const first = pageOfRows(rows, 2, (row) => [row]);
  assert.deepEqual(first.shown, ["a", "b"]);
  assert.deepEqual(decodeCursor(first.nextCursor ?? "", ["text"]), ["b"]);
  assert.deepEqual(
    pageOfRows(rows, 3, (row) => [row]),
    { shown: rows, nextCursor: null },
  );
  assert.deepEqual(
    pageOfRows([], 3, () => []),
    { shown: [], nextCursor: null },
  );
});
