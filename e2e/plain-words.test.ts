import assert from "node:assert/strict";
import test from "node:test";
import { type Finding, findingsOfSource, findingsOfText } from "./plain-words.ts";
import { projectFiles, readProjectFile } from "./source-tree.ts";

/** Files that name the words in order to ban them. */
const namesThem = ["docs/style.md", "e2e/plain-words.ts"];

test("names, comments and test titles use plain words", () => {
  const files = projectFiles("**/*.{ts,tsx,mjs}").filter((file) => !namesThem.includes(file));
  assert.ok(files.length > 200, "the sources were not found");
  const findings = files.flatMap((file) =>
    // The HTTP interface fixes the names of its fields.
    findingsOfSource(file, { allowsPrepositions: file.startsWith("packages/contract/") }),
  );
  assert.deepEqual(lines(findings), [], "docs/style.md says what to write instead");
});

test("documents and English texts use plain words", () => {
  const documents = projectFiles("*.md", "docs/**/*.md").filter((file) => !namesThem.includes(file));
  const messages = projectFiles("apps/*/src/**/messages/{en,en/*}.json");
  assert.ok(documents.length > 10 && messages.length > 0, "the texts were not found");
  const findings = [
    ...documents.flatMap((file) => findingsOfText(file, withoutCode(readProjectFile(file)))),
    // Keys hold codes of the interface, which keep the names that it gives them.
    ...messages.flatMap((file) =>
      findingsOfText(file, readProjectFile(file).replaceAll(/^ *"[^"]+":/gm, "")),
    ),
  ];
  assert.deepEqual(lines(findings), [], "docs/style.md says what to write instead");
});

test("a finding names the word and its line", () => {
  assert.deepEqual(lines(findingsOfText("a.md", "It runs.\nWhoever stands here goes on.")), [
    "a.md:2 Whoever (text)",
    "a.md:2 stands (text)",
    "a.md:2 goes on (text)",
  ]);
});

/** Code in a document keeps its lines, so that a finding names the right one. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, (code) => code.replaceAll(/[^\n]/g, " "));
}

function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, found, where }) => `${file}:${line} ${found} (${where})`);
}
