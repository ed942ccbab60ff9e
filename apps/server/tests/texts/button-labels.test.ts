import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { languages, messages } from "../../src/texts/messages.ts";

/** Buttons and pages of the app that texts of the server send the reader to. */
const named = [
  "cases.confirm",
  "cases.decline",
  "choices.title",
  "company.title",
  "connection.paused.switchOn",
  "explain.check",
  "holds.title",
  "integrations.title",
  "issues.accept",
  "issues.acceptMatch",
  "links.title",
  "person.deactivate",
  "person.reactivate",
  "settings.title",
  "sync.now",
  "users.title",
];

for (const language of languages) {
  test(`the texts of the server name buttons and pages as the app does: ${language}`, () => {
    const file = new URL(`../../../web/src/intl/messages/${language}.json`, import.meta.url);
    const labels = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    const texts = Object.values(messages[language]).map(plain);
    const unnamed = named.filter((key) => !texts.some((text) => text.includes(plain(labels[key] ?? key))));
    assert.deepEqual(unnamed, [], "another label in the app: use it in the texts too");
  });
}

/** French has blanks that do not break, in the app or in the text. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}
