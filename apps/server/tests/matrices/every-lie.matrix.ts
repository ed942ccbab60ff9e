import assert from "node:assert/strict";
import { test } from "node:test";
import { openFirms, sideBySide } from "./firms.ts";
import { openLiedTo, pages, shapes, sizes, tellLie, tellTruth } from "./lying-answers.ts";

await test("every lie, from every page on, to firms of every size", async (t) => {
  const firms = await openLiedTo(await openFirms(t), sizes);
  let lies = 0;
  for (const shape of shapes) {
    await t.test(shape.name, async () => {
      await sideBySide(firms, async ([size, firm]) => {
        for (let page = 1; page <= pages; page += 1) {
          await assert.doesNotReject(
            tellLie({ shape, page, size }, firm),
            `page ${page} of a firm of ${size}`,
          );
          await tellTruth(firm);
          lies += 1;
        }
      });
    });
  }
  assert.equal(lies, shapes.length * pages * sizes.length);
});
