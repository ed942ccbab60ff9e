import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { brotliCompressSync, gzipSync } from "node:zlib";
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
  compressFiles(path.join(web, "dist"));
  writeFileSync(stamp, wanted);
}

/** Smaller savings are not worth a second file. Fonts (woff2) are compressed already. */
const ratioMax = 0.95;

/** Writes a `.br` and a `.gz` file beside each file of the app that becomes smaller; the server sends them as they are. */
function compressFiles(directory: string): void {
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const file = path.join(directory, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    const forms = { br: brotliCompressSync(bytes), gz: gzipSync(bytes, { level: 9 }) };
    for (const [ending, form] of Object.entries(forms))
      if (form.length < bytes.length * ratioMax) writeFileSync(`${file}.${ending}`, form);
  }
}
