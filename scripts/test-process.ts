import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { beforeEach, suite } from "node:test";
import { pathToFileURL } from "node:url";

/**
 * One of the few processes of `npm test`: takes one test file after another, until the others have taken the rest. What the
 * tests stand on is loaded once for all of them, and a long file keeps nobody waiting.
 */
const [board = "", ...files] = process.argv.slice(2);

/** How long a process may still be busy when its tests are over; what was left open by then is a failure. */
const lastOneOutMs = 10_000;

let place = "";
// Written at once: a process that is killed has no time to say what it was doing.
beforeEach((t) => "fullName" in t && writeFileSync(place, String(t.fullName)));

for (const [index, file] of files.entries()) {
  if (!takes(index, file)) continue;
  await suite(file, () => import(pathToFileURL(path.resolve(file)).href));
  writeFileSync(place, "");
}

setTimeout(() => {
  console.error(`Something is left open by the tests: ${process.getActiveResourcesInfo().join(", ")}`);
  process.exit(1);
}, lastOneOutMs).unref();

/** Whoever makes the file on the board first has the tests. */
function takes(index: number, file: string): boolean {
  const claim = path.join(board, String(index));
  try {
    writeFileSync(claim, file, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  place = claim;
  return true;
}
