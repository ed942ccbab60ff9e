import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { createIntl } from "react-intl";
import { languages, locales } from "../intl/language.ts";
import { reasonTexts } from "./change-reasons.ts";

describe("the reason of a change", () => {
  for (const language of languages) {
    it(`is a text of its own in ${language}, never the code`, () => {
      const file = new URL(`../intl/messages/${language}.json`, import.meta.url);
      const messages = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
      const intl = createIntl({
        locale: locales[language],
        messages,
        onError: (error) => assert.fail(error),
      });
      const texts = Object.entries(reasonTexts).map(([reason, id]) => {
        const text = intl.formatMessage({ id });
        assert.notEqual(text, reason);
        assert.doesNotMatch(text, /_|^change\./, reason);
        return text;
      });
      assert.equal(new Set(texts).size, texts.length);
    });
  }
});
