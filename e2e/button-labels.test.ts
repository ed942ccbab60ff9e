import assert from "node:assert/strict";
import test from "node:test";
import { projectFiles, readProjectFile } from "./source-tree.ts";

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

for (const language of ["nl", "fr", "en"]) {
  test(`the texts of the server name buttons and pages as the app does: ${language}`, () => {
    const labels = messagesIn(`apps/web/src/intl/messages/${language}.json`);
    const files = projectFiles(`apps/server/src/texts/messages/${language}/*.json`);
    const texts = files.flatMap((file) => Object.values(messagesIn(file)));
    assert.ok(texts.length > 300, "the texts were not found");
    const unnamed = named.filter((key) => !texts.some((text) => text.includes(plain(labels[key] ?? key))));
    assert.deepEqual(unnamed, [], "another label in the app: use it in the texts too");
  });
}

function messagesIn(file: string): Record<string, string> {
  const messages = JSON.parse(readProjectFile(file)) as Record<string, string>;
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, plain(text)]));
}

/** French has blanks that do not break, in the app or in the text. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}
