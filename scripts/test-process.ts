import { writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { beforeEach, suite } from "node:test";
import { pathToFileURL } from "node:url";

/**
 * One of the processes of `npm test`: claims and runs one test file after another until none is left. Modules are loaded once
 * per process, and a slow file does not delay the others.
 */
const [claimsDirectory = "", ...files] = process.argv.slice(2);

/** A process that is still busy this long after its tests fails, because a test has left something open. */
const endTimeoutMs = 10_000;

let claimPath = "";
// Written before each test, so that the name is known if the process is killed.
beforeEach((t) => "fullName" in t && writeFileSync(claimPath, String(t.fullName)));

for (const [index, file] of files.entries()) {
  if (!claimFile(index, file)) continue;
  await suite(file, () => import(pathToFileURL(path.resolve(file)).href));
  writeFileSync(claimPath, "");
}

setTimeout(() => {
  console.error(`The tests have left something open: ${process.getActiveResourcesInfo().join(", ")}`);
  process.exit(1);
}, endTimeoutMs).unref();

/** The process that creates the file first runs the tests. @returns false if another process claimed them */
function claimFile(index: number, file: string): boolean {
  const claim = path.join(claimsDirectory, String(index));
  try {
    writeFileSync(claim, file, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
  claimPath = claim;
  return true;
}
