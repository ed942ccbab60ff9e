import assert from "node:assert/strict";
import { it } from "node:test";
import { csvOf } from "./csv.ts";

it("writes a file that spreadsheets in Belgium open as columns", () => {
  assert.equal(
    csvOf([
      ["Naam", "Nummer"],
      ["Zoé; An", 'De "baas"'],
    ]),
    '\uFEFFNaam;Nummer\r\n"Zoé; An";"De ""baas"""\r\n',
  );
});

it("never lets a text become a formula", () => {
  for (const start of ["=", "+", "-", "@", "\t", "\r"]) {
    assert.ok(
      csvOf([[`${start}1+1`]])
        .replace(/^\uFEFF"?/, "")
        .startsWith(`'${start}`),
      JSON.stringify(start),
    );
  }
});
