import assert from "node:assert/strict";
import test from "node:test";
import { projectFiles, readProjectFile } from "./source-tree.ts";

/** File names that are examples: `x.sql.ts`, `NNNN-what-it-does.ts`. */
const examples = /^x\.|NNNN/;

const files = projectFiles("**/*.{ts,tsx,mjs,sql,json,css,yaml}");

test("a document names no file that does not exist", () => {
  const documents = ["README.md", ...projectFiles("docs/*.md", "docs/decisions/*.md")];
  const named = documents.flatMap((document) =>
    [
      ...readProjectFile(document).matchAll(
        /`(?<path>[a-z][\w.-]*(?:\/[\w.-]+)*\.(?:ts|tsx|mjs|sql|json|css|yaml))`/g,
      ),
    ].map(({ groups }) => ({ document, path: groups?.["path"] ?? "" })),
  );
  assert.ok(named.length > 30, "the file names were not found");
  const missing = named.filter(({ path }) => !examples.test(path) && !exists(path));
  assert.deepEqual(
    missing.map(({ document, path }) => `${document}: ${path}`),
    [],
  );
});

test("docs/architecture.md names every room of the server, and no other", () => {
  const rooms = new Set(
    projectFiles("apps/server/src/**/*.ts").flatMap((file) => {
      const [room, ...rest] = file.slice("apps/server/src/".length).split("/");
      return rest.length === 0 ? [] : [room ?? ""];
    }),
  );
  const section = /## The map of the server(?<text>[\s\S]*?)^## /m.exec(
    readProjectFile("docs/architecture.md"),
  );
  const named = [...(section?.groups?.["text"] ?? "").matchAll(/^\| `([\w-]+)\/` \|/gm)].map(
    ([, room]) => room ?? "",
  );
  assert.deepEqual(new Set(named), rooms);
});

/** A path from the root, or the end of one: documents name a file from its app or folder on. */
function exists(path: string): boolean {
  return files.some((file) => file === path || file.endsWith(`/${path}`));
}
