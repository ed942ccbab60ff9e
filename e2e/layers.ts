import assert from "node:assert/strict";
import { type Import, importsOf, projectFiles } from "./source-tree.ts";

/** Every source file of the project, the browser tests excepted. */
export const sources = projectFiles(
  "apps/*/src/**/*.{ts,tsx}",
  "apps/*/tests/**/*.ts",
  "apps/web/*.ts",
  "packages/*/src/**/*.ts",
  "scripts/**/*.{ts,mjs}",
  "bench/**/*.ts",
  "simulation/**/*.ts",
);

export const imports = sources.flatMap(importsOf);

/** Fails with the rule and a line for each import that breaks it. */
export function fails(wrong: readonly Import[], rule: string): void {
  const lines = wrong.map(({ file, specifier }) => `  ${file} imports ${specifier}`);
  assert.equal(lines.length, 0, `${rule}:\n${lines.join("\n")}`);
}

/** Files that only tests run. */
export function isTest(file: string): boolean {
  return /\.test\.ts$|^apps\/[^/]+\/tests\/|^(?:e2e|simulation)\//.test(file);
}

/** The place of a file below a rank list. @throws AssertionError for a place without a rank */
export function rankOf(room: string, order: readonly string[]): number {
  const rank = order.indexOf(room);
  assert.notEqual(
    rank,
    -1,
    `${room} has no place in the order: give it one here and in docs/architecture.md`,
  );
  return rank;
}

/** Each circle of a graph once, as a path that ends where it began. */
export function cyclesOf(edges: readonly (readonly [string, string])[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [importer, target] of edges) next.set(importer, (next.get(importer) ?? new Set()).add(target));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (node: string, path: string[]) => {
    const seen = path.indexOf(node);
    if (seen !== -1) cycles.push([...path.slice(seen), node].join(" → "));
    if (seen !== -1 || done.has(node)) return;
    for (const target of next.get(node) ?? []) visit(target, [...path, node]);
    done.add(node);
  };
  for (const node of next.keys()) visit(node, []);
  return cycles;
}
