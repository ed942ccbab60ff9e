import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { sourceHash } from "./source-hash.ts";

const root = path.resolve(import.meta.dirname, "..");
const web = path.join(root, "apps/web");
const stamp = path.join(web, "dist", ".built-from");

/**
 * Builds the web app if its sources changed since the last build.
 * @throws Error if the build fails; its output is on stderr
 */
export function buildWeb(): void {
  const wanted = sourceHash(["apps/web", "packages/contract/src"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Building the web app (once per change of its sources) …\n");
  const vite = path.join(root, "node_modules/vite/bin/vite.js");
  const done = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: web,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (done.status !== 0) throw new Error("The web app could not be built: see the lines above.");
  writeFileSync(stamp, wanted);
}
