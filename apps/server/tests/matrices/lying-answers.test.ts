import assert from "node:assert/strict";
import { test } from "node:test";
import { openFirms, sideBySide } from "./firms.ts";
import { type LyingCase, openLiedTo, pages, shapes, sizes, tellLie, tellTruth } from "./lying-answers.ts";

/** A diagonal through the matrix: every shape, every page and every size of firm several times. */
const diagonal = Array.from({ length: shapes.length * 2 }, (_, index): LyingCase[] => {
  const [shape, size] = [shapes[index % shapes.length], sizes[index % sizes.length]];
  const page = ((index * 3 + Math.floor(index / shapes.length)) % pages) + 1;
  return shape && size ? [{ shape, page, size }] : [];
}).flat();

test("a wrong listing of every kind, from every page on and for firms of every size, changes no person", async (t) => {
  const met = [new Set(), new Set(), new Set()];
  for (const { shape, page, size } of diagonal) {
    for (const [index, value] of [shape, page, size].entries()) met[index]?.add(value);
  }
  assert.deepEqual(
    met.map((values) => values.size),
    [shapes.length, pages, sizes.length],
  );
  const firms = await openLiedTo(await openFirms(t), sizes);
  await sideBySide(firms, async ([size, firm]) => {
    for (const one of diagonal.filter((it) => it.size === size)) await tellLie(one, firm);
    await tellTruth(firm);
  });
});
