import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** What is made of the sources, or belongs to one machine alone. */
const made = new Set(["node_modules", "dist", "var", ".git"]);

/**
 * One text for the packages that are locked and the names and contents of every file below these folders.
 * @param places from the repository's root
 */
export function sourceHash(places: readonly string[]): string {
  const hash = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json")));
  for (const place of places) {
    for (const file of filesBelow(path.join(root, place)))
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(place: string): string[] {
  const entries = readdirSync(place, { withFileTypes: true });
  return entries
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(place, entry.name);
      if (entry.isDirectory()) return made.has(entry.name) ? [] : filesBelow(file);
      return entry.isFile() ? [file] : [];
    });
}
