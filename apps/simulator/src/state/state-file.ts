import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { World, WorldSnapshot } from "./world.ts";

const DEBOUNCE_MS = 200;

/** Keeps the world in a file: read at the start, written a moment after each change and at the end. */
export interface StateFile {
  /** Writes what is pending and stops. */
  close(): void;
}

/** Throws when the file is there and cannot be read as a state file. */
export function attachStateFile(world: World, path: string): StateFile {
  const text = readIfThere(path);
  if (text !== null) world.restore(parseSnapshot(text, path));
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    mkdirSync(dirname(path), { recursive: true });
    // Written beside and renamed: a killed process leaves the old file or the new one, never half of one.
    const beside = `${path}.${process.pid}.new`;
    writeFileSync(beside, JSON.stringify(world.snapshot()));
    renameSync(beside, path);
  };
  world.onChange(() => {
    timer ??= setTimeout(write, DEBOUNCE_MS);
  });
  return {
    close: () => {
      if (timer === null) return;
      clearTimeout(timer);
      write();
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}

function parseSnapshot(text: string, path: string): WorldSnapshot {
  try {
    const parsed = JSON.parse(text) as WorldSnapshot;
    if (parsed.version === 1) return parsed;
  } catch (cause) {
    throw new Error(`The state file ${path} is not readable; remove it to start afresh.`, { cause });
  }
  throw new Error(`The state file ${path} is of another version; remove it to start afresh.`);
}
