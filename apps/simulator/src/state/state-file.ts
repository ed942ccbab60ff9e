import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { World, WorldSnapshot } from "./world.ts";

const DEBOUNCE_MS = 200;

/** Keeps the world in a file. It is read at the start, and written after each change and at the end. */
export interface StateFile {
  /** Writes the pending changes and stops. */
  close(): void;
}

/** Throws if the file exists and is not a state file. */
export function attachStateFile(world: World, path: string): StateFile {
  const text = readIfExists(path);
  if (text !== null) world.restore(parseSnapshot(text, path));
  let timer: NodeJS.Timeout | null = null;
  const write = () => {
    timer = null;
    mkdirSync(dirname(path), { recursive: true });
    // Written to a temporary file and renamed, so that a killed process never leaves an incomplete file.
    const temporary = `${path}.${process.pid}.new`;
    writeFileSync(temporary, JSON.stringify(world.snapshot()));
    renameSync(temporary, path);
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

function readIfExists(path: string): string | null {
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
    throw new Error(`The state file ${path} cannot be read; remove it to start with an empty state.`, {
      cause,
    });
  }
  throw new Error(`The state file ${path} is of another version; remove it to start with an empty state.`);
}
