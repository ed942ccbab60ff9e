import { createReadStream, createWriteStream, existsSync, readFileSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

/**
 * The path of the Chromium in the npm package, unpacked once per version. It is written to a temporary directory and then moved:
 * a program that is still being written cannot be started by another process ("text file busy").
 */
export async function chromiumProgram(): Promise<string> {
  const folder = path.resolve(fileURLToPath(import.meta.resolve("@sparticuz/chromium")), "../../..");
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
    version: string;
  };
  const program = path.join(os.tmpdir(), `payflip-chromium-${version}`);
  if (existsSync(program)) return program;
  const unfinished = await mkdtemp(`${program}-`);
  try {
    const written = path.join(unfinished, "chromium");
    await pipeline(
      createReadStream(path.join(folder, "bin/chromium.br")),
      createBrotliDecompress(),
      createWriteStream(written, { mode: 0o755 }),
    );
    await rename(written, program);
  } finally {
    await rm(unfinished, { recursive: true });
  }
  return program;
}
