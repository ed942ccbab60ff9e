import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

type Environment = Record<string, string | undefined>;

/**
 * The environment with SECRET_KEYS in it. Beside the embedded database a key is made once and kept with the data, readable by
 * its user only, so that a restart can read what it sealed; for a database of your own you keep the keys yourself.
 */
export function withKeptKeys(env: Environment): Environment {
  if (env["SECRET_KEYS"] || env["DATABASE_URL"]) return env;
  const file = keptFile(env);
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, newKey(), { mode: 0o600 });
  }
  return { ...env, SECRET_KEYS: readFileSync(file, "utf8").trim() };
}

/** Puts a new key in front of the kept ones; the server uses it from its next start on. */
export function addKeptKey(env: Environment): Environment {
  const { SECRET_KEYS: present } = withKeptKeys(env);
  const file = keptFile(env);
  writeFileSync(`${file}.new`, `${newKey()},${present}`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return withKeptKeys(env);
}

function keptFile(env: Environment): string {
  return path.join(path.resolve(env["DATA_DIR"] || "var"), "secret-keys");
}

function newKey(): string {
  return `k${Date.now().toString(36)}:${randomBytes(32).toString("base64")}`;
}
