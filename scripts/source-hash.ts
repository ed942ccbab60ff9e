import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** Folders whose content is generated, installed or specific to one machine. */
const generatedFolders = new Set(["node_modules", "dist", "var", ".git"]);

/**
 * A hash of the lock file and of the names and contents of all files below these folders.
 * @param paths relative to the root of the repository
 */
export function sourceHash(paths: readonly string[]): string {
  const hash = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json")));
  for (const place of paths) {
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
      if (entry.isDirectory()) return generatedFolders.has(entry.name) ? [] : filesBelow(file);
      return entry.isFile() ? [file] : [];
    });
}
