import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { bytesArray, jsonArray, plainArray, textArray } from "../../src/postgres/column-arrays.ts";
import { createTestDatabase } from "../support/database.ts";

/** PostgreSQL has no text with a null character in it; half a surrogate pair is no UTF-8. */
const storableText = fc.string({ unit: "binary" }).map((text) => text.toWellFormed().replaceAll("\0", ""));

test("PostgreSQL reads back from an array parameter what was written into it", async (t) => {
  const { owner } = await createTestDatabase(t);
  const read = async (array: string, type: string) =>
    (await owner.query<{ back: unknown }>(`select $1::${type}[] as back`, [array])).rows[0]?.back;
  const awkward = [
    null,
    "",
    "NULL",
    "null",
    "{}",
    ",",
    '"',
    "\\",
    '\\"',
    " ",
    "\n\t",
    "é",
    "𝄞",
    "\u007f",
    "\u0001",
  ];
  assert.deepEqual(await read(textArray(awkward), "text"), awkward);
  assert.deepEqual(await read(textArray([]), "text"), []);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(storableText)),
      fc.array(fc.jsonValue()),
      fc.array(fc.uint8Array()),
      fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      fc.array(fc.boolean()),
      async (texts, values, bytes, numbers, flags) => {
        assert.deepEqual(await read(textArray(texts), "text"), texts);
        const json = values.map((value) => JSON.stringify(value));
        assert.deepEqual(await read(jsonArray(json), "text"), json);
        const buffers = bytes.map((one) => Buffer.from(one));
        assert.deepEqual(await read(bytesArray(buffers), "bytea"), buffers);
        assert.deepEqual(await read(plainArray(numbers), "int"), numbers);
        assert.deepEqual(await read(plainArray(flags), "boolean"), flags);
      },
    ),
    { numRuns: 40 },
  );
});
