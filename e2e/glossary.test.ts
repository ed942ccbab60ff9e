import assert from "node:assert/strict";
import test from "node:test";
import { namesOfSource } from "./plain-words.ts";
import { projectFiles, readProjectFile } from "./source-tree.ts";

/** Names that the HTTP interface or a library gives. */
const namedByOthers = new Set(["revertedAt"]);

const rows = glossaryRows();
const sources = projectFiles("{apps,packages,simulation,bench,scripts,e2e}/**/*.{ts,tsx}");

test("a name uses the word of the glossary, not a synonym", () => {
  const synonyms = rows.flatMap(({ word, not }) => codeSpans(not).map((synonym) => ({ word, synonym })));
  assert.ok(synonyms.length > 5, "the synonyms were not found");
  const found = sources.flatMap((file) =>
    namesOfSource(file).flatMap((name) =>
      namedByOthers.has(name)
        ? []
        : synonyms
            .filter(({ synonym }) => hasPart(name, synonym))
            .map(({ word }) => `${file}: ${name} (${word})`),
    ),
  );
  assert.deepEqual([...new Set(found)], []);
});

test("a value that the glossary names is in use", () => {
  const text = sources.map(readProjectFile).join("\n");
  const values = rows.flatMap(({ word, meaning }) => [...codeSpans(word), ...codeSpans(meaning)]);
  assert.ok(values.length > 20, "the values were not found");
  assert.deepEqual(
    values.filter((value) => !text.includes(value)),
    [],
  );
});

test("the glossary has each word once", () => {
  const words = rows.map(({ word }) => word);
  assert.deepEqual(
    words.filter((word, index) => words.indexOf(word) !== index),
    [],
  );
});

/** `putBack` is part of `putBackRows` and `wasPutBack`, not of `inputBackground`. */
function hasPart(name: string, part: string): boolean {
  return `_${snake(name)}_`.includes(`_${snake(part)}_`);
}

function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function glossaryRows(): { word: string; meaning: string; not: string }[] {
  const [terms = ""] = readProjectFile("docs/glossary.md").split("## The trade");
  return terms
    .split("\n")
    .filter((line) => /^\| (?!Word\b)/.test(line))
    .map((line) => {
      const [word = "", meaning = "", not = ""] = line
        .split("|")
        .slice(1, 4)
        .map((cell) => cell.trim());
      return { word, meaning, not };
    });
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`/ ]+)`/g)].map(([, code]) => code ?? "");
}
