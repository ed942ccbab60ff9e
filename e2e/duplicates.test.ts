import assert from "node:assert/strict";
import test from "node:test";
import { projectFiles, readProjectFile, withoutComments } from "./source-tree.ts";

const linesMax = 12;

test(`no two places share more than ${linesMax} lines of code`, () => {
  const files = projectFiles("{apps,packages,scripts}/**/*.{ts,tsx}").filter(
    (file) => !/\.test\.ts$|\/tests\//.test(file),
  );
  assert.ok(files.length > 200, "the sources were not found");
  const places = new Map<string, string>();
  const shared = new Set<string>();
  for (const file of files) {
    const lines = codeLines(readProjectFile(file));
    for (let start = 0; start + linesMax < lines.length; start += 1) {
      const block = lines
        .slice(start, start + linesMax + 1)
        .map(({ text }) => text)
        .join("\n");
      const place = `${file}:${lines[start]?.line ?? 0}`;
      const other = places.get(block);
      if (other === undefined) places.set(block, place);
      else if (!overlaps(other, place)) shared.add(`${other} and ${place}`);
    }
  }
  assert.deepEqual([...shared], [], "make one piece of code serve both");
});

/** Lines that say something: no imports, no comments, no lone punctuation. */
function codeLines(source: string): { line: number; text: string }[] {
  return withoutComments(source)
    .replaceAll(/^import[\s\S]*?;$/gm, (text) => text.replaceAll(/[^\n]/g, ""))
    .split("\n")
    .map((text, index) => ({ line: index + 1, text: text.trim() }))
    .filter(({ text }) => /\w{2}/.test(text));
}

/** A block that repeats itself within its own lines is one place. */
function overlaps(one: string, other: string): boolean {
  const [file, line] = one.split(":");
  const [otherFile, otherLine] = other.split(":");
  return file === otherFile && Math.abs(Number(line) - Number(otherLine)) <= linesMax;
}
