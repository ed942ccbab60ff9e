import assert from "node:assert/strict";
import { it } from "node:test";
import { preferredLanguage } from "./language.ts";

it("takes what was chosen here, then the first language of the browser that we speak, then English", () => {
  assert.equal(preferredLanguage("fr", ["nl-BE"]), "fr");
  assert.equal(preferredLanguage("de", ["de-BE", "nl-BE", "fr"]), "nl");
  assert.equal(preferredLanguage(null, ["de", "it"]), "en");
});
