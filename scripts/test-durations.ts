import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const place = path.join(root, "node_modules/.cache/test-durations.json");

/** How long each test file took the last time, in milliseconds. */
export type Durations = Record<string, number>;

export function readDurations(): Durations {
  return existsSync(place) ? (JSON.parse(readFileSync(place, "utf8")) as Durations) : {};
}

/** What was not run this time is remembered as it was. */
export function rememberDurations(durations: Durations): void {
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify({ ...readDurations(), ...durations }));
}
