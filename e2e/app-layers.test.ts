import assert from "node:assert/strict";
import test from "node:test";
import { cyclesOf, fails, imports } from "./layers.ts";
import type { Import } from "./source-tree.ts";

const web = "apps/web/src/";

/** The folders of the app, from the bottom up: texts and addresses, calls, controls, session, parts of pages, pages, frame. */
const webLevels: string[][] = [
  ["intl", "paths.ts", "search.ts"],
  ["api"],
  ["ui"],
  ["access"],
  ["changes", "runs", "company", "cases", "customers", "api-keys", "links", "tasks"],
  ["previews", "undo", "issues"],
  ["choices", "holds"],
  ["integration", "people", "history"],
  ["activation", "fleet"],
  ["layout"],
  ["routes.tsx"],
  ["main.tsx"],
];

test("the app imports the contract and nothing else of the project", () => {
  const wrong = imports.filter(
    ({ file, target }) =>
      file.startsWith("apps/web/") &&
      target !== null &&
      !target.startsWith("apps/web/") &&
      !target.startsWith("packages/contract/"),
  );
  fails(wrong, "the app imports @payflip/contract only");
  const values = imports.filter(
    ({ file, target, typeOnly }) =>
      file.startsWith("apps/web/src/") && target?.startsWith("packages/contract/") && !typeOnly,
  );
  fails(values, "the browser takes the types of the contract only: its schemas would be sent along");
});

test("the app's folders import downwards only", () => {
  const wrong = withinWeb().filter(({ importer, imported }) => webLevelOf(imported) > webLevelOf(importer));
  fails(wrong, webLevels.map((rooms) => rooms.join(", ")).join(" < "));
});

test("no folders of the app import each other in a circle", () => {
  const between = (depth: (file: string) => string) =>
    withinWeb().flatMap(({ file, target }) =>
      target === null || depth(file) === depth(target) ? [] : [[depth(file), depth(target)] as const],
    );
  assert.deepEqual(cyclesOf(between(webRoomOf)), [], "folders that import each other in a circle");
  assert.deepEqual(
    cyclesOf(between(folderOf)),
    [],
    "folders within folders that import each other in a circle",
  );
});

test("no files of the app import each other in a circle", () => {
  const edges = withinWeb().flatMap(({ file, target }) => (target === null ? [] : [[file, target] as const]));
  assert.ok(edges.length > 100, "the imports of the app were not found");
  assert.deepEqual(cyclesOf(edges), [], "files that import each other in a circle");
});

/** Imports from one file of the app to another; style sheets belong to no folder. */
function withinWeb(): (Import & { importer: string; imported: string })[] {
  return imports.flatMap((one) =>
    one.file.startsWith(web) && one.target?.startsWith(web) && !one.target.endsWith(".css")
      ? [{ ...one, importer: webRoomOf(one.file), imported: webRoomOf(one.target) }]
      : [],
  );
}

/** The folder right below src, or the name of a file beside these folders; a test belongs where its file is. */
function webRoomOf(file: string): string {
  const [room = ""] = file.slice(web.length).split("/");
  return room.replace(/\.test\.tsx?$/, ".ts");
}

function webLevelOf(room: string): number {
  const level = webLevels.findIndex((rooms) => rooms.includes(room));
  assert.notEqual(level, -1, `${web}${room} has no level: give it one in webLevels`);
  return level;
}

/** The whole path of the folder; files beside the folders of src count for themselves. */
function folderOf(file: string): string {
  const folder = file.slice(web.length).split("/").slice(0, -1).join("/");
  return folder === "" ? webRoomOf(file) : folder;
}
