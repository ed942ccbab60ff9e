import assert from "node:assert/strict";
import { test } from "node:test";
import { negotiateLanguage } from "./language.ts";

test("the caller's preferred language of ours is used, else English", () => {
  const table: [string | undefined, string][] = [
    [undefined, "en"],
    ["", "en"],
    ["*", "en"],
    ["de-DE,de;q=0.9", "en"],
    ["nl-BE", "nl"],
    ["FR-be, nl;q=0.8", "fr"],
    ["en;q=0.2, nl;q=0.9, fr;q=0.5", "nl"],
    ["de, fr;q=0.1", "fr"],
    ["nl;q=0", "en"],
    ["nl;q=x, fr;q=0.3", "nl"],
  ];
  for (const [header, expected] of table) assert.equal(negotiateLanguage(header), expected, String(header));
});
