import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const durationsFile = path.join(root, "node_modules/.cache/test-durations.json");

/** The duration of the last run of each test file, in milliseconds. */
export type Durations = Record<string, number>;

export function readDurations(): Durations {
  return existsSync(durationsFile) ? (JSON.parse(readFileSync(durationsFile, "utf8")) as Durations) : {};
}

/** Files that were not run keep their last duration. */
export function saveDurations(durations: Durations): void {
  mkdirSync(path.dirname(durationsFile), { recursive: true });
  writeFileSync(durationsFile, JSON.stringify({ ...readDurations(), ...durations }));
}
