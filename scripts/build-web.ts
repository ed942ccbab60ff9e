import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "..");
const web = path.join(root, "apps/web");
const stamp = path.join(web, "dist", ".built-from");

/**
 * Builds the web app when its sources changed since the last build.
 * @throws Error with what the build said
 */
export function buildWeb(): void {
  const wanted = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Building the web app (once per change of it) …\n");
  const vite = path.join(root, "node_modules/vite/bin/vite.js");
  const done = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: web,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (done.status !== 0) throw new Error("The web app could not be built: see the lines above.");
  writeFileSync(stamp, wanted);
}

function sourceHash(): string {
  const hash = createHash("sha256");
  for (const directory of [web, path.join(root, "packages/contract/src")]) {
    for (const file of sourceFiles(directory))
      hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  hash.update(readFileSync(path.join(root, "package-lock.json")));
  return hash.digest("hex");
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory())
        return entry.name === "dist" || entry.name === "node_modules" ? [] : sourceFiles(file);
      return [file];
    });
}
