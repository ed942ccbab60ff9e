import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "../../postgres/ids.ts";
import { decodeCursor, encodeCursor, type ListRequest, pageOfRows } from "./page-cursor.ts";

const key = { id: "one", key: Buffer.alloc(32, 1) };
const customerId = newId();

function listOf({
  url = "/api/v1/employees",
  customer = customerId,
  params = {},
  cursorKeys = [key],
} = {}): ListRequest {
  const principal = {
    kind: "api_key",
    accountId: null,
    keyId: newId(),
    role: "admin",
    customerId: customer,
    entityIds: "all",
    seesWages: true,
  } as const;
  return { principal, params, routeOptions: { url }, server: { cursorKeys } };
}

const list = listOf();

test("a cursor fits its list, its customer and its path only, and a key that is still known", () => {
  const other = { id: "two", key: Buffer.alloc(32, 2) };
  const cursor = encodeCursor(list, ["Peeters", "Annelies"]);
  const opened = (place: ListRequest, text = cursor) => decodeCursor(place, text, ["text", "text"]);
  assert.deepEqual(opened(listOf({ cursorKeys: [other, key] })), ["Peeters", "Annelies"], "after a rotation");
  const foreign = [
    listOf({ url: "/api/v1/customers" }),
    listOf({ customer: newId() }),
    listOf({ params: { id: newId() } }),
    listOf({ cursorKeys: [other] }),
    listOf({ cursorKeys: [{ ...other, id: "one" }] }),
  ];
  for (const place of foreign) assert.throws(() => opened(place), { code: "INVALID_REQUEST" });
  for (let index = 0; index < cursor.length; index += 1) {
    const altered = cursor.slice(0, index) + (cursor[index] === "A" ? "B" : "A") + cursor.slice(index + 1);
    // The last character of the outer text may have bits that no byte uses.
    if (Buffer.from(altered, "base64url").equals(Buffer.from(cursor, "base64url"))) continue;
    assert.throws(() => opened(list, altered), { code: "INVALID_REQUEST" });
  }
  assert.doesNotMatch(Buffer.from(cursor, "base64url").toString("latin1"), /Peeters|Annelies/);
});

test("a decoded cursor gives the values it was made of", () => {
  const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\u0000"));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (values) => {
      const cursor = encodeCursor(list, values);
      const kinds = values.map(() => "text" as const);
      assert.match(cursor, /^[\w-]+$/);
      assert.deepEqual(decodeCursor(list, cursor, kinds), values);
      assert.throws(() => decodeCursor(list, cursor, [...kinds, "text"]), { code: "INVALID_REQUEST" });
    }),
  );
});

test("a cursor of another list is refused, and no cursor means the first page", () => {
  assert.equal(decodeCursor(list, undefined, ["text", "text"]), null);
  for (const cursor of ["", "x", "e30", "W10", "WzEsMl0", "bnVsbA"]) {
    assert.throws(() => decodeCursor(list, cursor, ["text", "text"]), { code: "INVALID_REQUEST" }, cursor);
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
    assert.deepEqual(decodeCursor(list, encodeCursor(list, [fits[kind]]), [kind]), [fits[kind]]);
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
    assert.throws(
      () => decodeCursor(list, encodeCursor(list, [value]), [kind]),
      { code: "INVALID_REQUEST" },
      value,
    );
  }
});

test("a page is cut from rows that hold one more, and its cursor leads to the rest", () => {
  const rows = ["a", "b", "c"];
  const first = pageOfRows(list, rows, 2, (row) => [row]);
  assert.deepEqual(first.shown, ["a", "b"]);
  assert.deepEqual(decodeCursor(list, first.nextCursor ?? "", ["text"]), ["b"]);
  assert.deepEqual(
    pageOfRows(list, rows, 3, (row) => [row]),
    { shown: rows, nextCursor: null },
  );
  assert.deepEqual(
    pageOfRows(list, [], 3, () => []),
    { shown: [], nextCursor: null },
  );
});
