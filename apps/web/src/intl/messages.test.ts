import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { languages } from "./language.ts";

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }> };
type Catalogue = Record<string, Element[]>;

const source = fileURLToPath(new URL("..", import.meta.url));
const compiler = createRequire(import.meta.url).resolve("@formatjs/cli/bin/formatjs");
const catalogues = Object.fromEntries(languages.map((language) => [language, compile(language)]));
const english = catalogues["en"] ?? {};

describe("the texts", () => {
  for (const language of languages) {
    it(`${language} has every text, with the same placeholders as English`, () => {
      const catalogue = catalogues[language] ?? {};
      assert.deepEqual(Object.keys(catalogue), Object.keys(english));
      for (const [id, elements] of Object.entries(english)) {
        assert.deepEqual(placeholders(catalogue[id] ?? []), placeholders(elements), id);
      }
    });
  }

  it("are all used, and none is missing", () => {
    const code = globSync("**/*.{ts,tsx}", { cwd: source })
      .filter((file) => !file.endsWith(".test.ts"))
      .map((file) => readFileSync(path.join(source, file), "utf8"))
      .join("\n");
    const literals = new Set([...code.matchAll(/"([\w.]+)"/g)].map(([, literal]) => literal));
    const templates = [...code.matchAll(/`([\w.]+)\$\{[^}]+\}([\w.]*)`/g)];
    const isUsed = (id: string) =>
      literals.has(id) ||
      templates.some(
        ([, start = "", end = ""]) => id.startsWith(start) && id.endsWith(end) && start.includes("."),
      );
    assert.deepEqual(
      Object.keys(english).filter((id) => !isUsed(id)),
      [],
    );
    const asked = [...code.matchAll(/\btext\(\s*"([\w.]+)"/g)].map(([, id = ""]) => id);
    assert.deepEqual(
      asked.filter((id) => !(id in english)),
      [],
    );
  });
});

function compile(language: string): Catalogue {
  const file = path.join(source, "intl/messages", `${language}.json`);
  const arguments_ = [compiler, "compile", file, "--ast", "--format", "simple"];
  return JSON.parse(execFileSync(process.execPath, arguments_, { encoding: "utf8" })) as Catalogue;
}

/** Names of the values that a text takes: everything but plain text and the # of a plural. */
function placeholders(elements: readonly Element[]): string[] {
  const names = new Set<string>();
  const visit = ({ type, value, options }: Element) => {
    if (type !== 0 && type !== 7 && value !== undefined) names.add(value);
    for (const option of Object.values(options ?? {})) option.value.forEach(visit);
  };
  elements.forEach(visit);
  return [...names].toSorted();
}
