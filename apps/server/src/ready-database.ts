import path from "node:path";
import pg from "pg";
import type { Config } from "./config.ts";
import { AppError } from "./domain/values/app-error.ts";
import { openDatabase } from "./postgres/database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./postgres/embedded.ts";
import { migrateTables, pendingMigrations } from "./postgres/migrate.ts";
import { areQueuesInstalled, installQueues } from "./queue/queues.sql.ts";

export interface ReadyDatabase {
  /** Signs in as a role that row-level security holds for. */
  url: string;
  /** Where the embedded database lies, or null. */
  directory: string | null;
  /** Stops the embedded database, unless another process uses it. */
  stop: () => Promise<void>;
}

/**
 * The database of the settings, up to date and safe to serve from: the embedded one when DATABASE_URL is not set.
 * @throws AppError DATABASE_UNREACHABLE, DATABASE_ROLE_UNSAFE, MIGRATION_FAILED, DATABASE_IS_NEWER, DATABASE_BEFORE_RELEASE:
 * one sentence that says what to do
 */
export async function readyDatabase(config: Pick<Config, "databaseUrl" | "dataDir">): Promise<ReadyDatabase> {
  if (config.databaseUrl === null) return await readyEmbedded(config.dataDir);
  await assertSafeRole(config.databaseUrl);
  if (await isBehind(config.databaseUrl)) await migrateAsRuntime(config.databaseUrl);
  return { url: config.databaseUrl, directory: null, stop: async () => {} };
}

/** The owner brings the database up to date by itself. Any other login gets an error that says who can. */
async function migrateAsRuntime(url: string): Promise<void> {
  try {
    await migrateDatabase(url);
  } catch (cause) {
    throw new AppError(
      "MIGRATION_FAILED",
      "The database of DATABASE_URL is not up to date and this login may not change that: run `npm run cli -- migrate` with DATABASE_URL of the database's owner, then start again.",
      { cause },
    );
  }
}

/** Installs tables and queues as the owner; without effect where they are up to date. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  await migrateTables(ownerUrl);
  await installQueues(ownerUrl);
}

async function readyEmbedded(dataDir: string): Promise<ReadyDatabase> {
  const embedded: EmbeddedDatabase = await startEmbeddedDatabase(dataDir);
  try {
    if (await isBehind(embedded.ownerUrl)) await migrateDatabase(embedded.ownerUrl);
    await assertSafeRole(embedded.url);
  } catch (error) {
    // Without this, the database server would keep running after the failed start.
    await embedded.stop();
    throw isBeforeRelease(error) ? embeddedBeforeRelease(dataDir, embedded.directory) : error;
  }
  return { url: embedded.url, directory: embedded.directory, stop: embedded.stop };
}

function isBeforeRelease(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "DATABASE_BEFORE_RELEASE";
}

/** The refusal of an embedded database, with the directories to remove. */
function embeddedBeforeRelease(dataDir: string, databaseDirectory: string): AppError {
  const isWithin = databaseDirectory.startsWith(`${path.resolve(dataDir)}${path.sep}`);
  const directories = isWithin ? path.resolve(dataDir) : `${path.resolve(dataDir)} and ${databaseDirectory}`;
  return new AppError(
    "DATABASE_BEFORE_RELEASE",
    `The embedded database was made by a version before the first release, and its tables cannot be brought up to date: remove ${directories}, then start again.`,
  );
}

/** Whether this version needs tables or queues that are missing. */
export async function isBehind(url: string): Promise<boolean> {
  const { db, close } = openDatabase(url, { max: 1 });
  try {
    return (await pendingMigrations(db)).length > 0 || !(await areQueuesInstalled(db));
  } finally {
    await close();
  }
}

/** Row-level security does not apply to a superuser: serving as one would show all customers to each of them. */
async function assertSafeRole(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    throw new AppError(
      "DATABASE_UNREACHABLE",
      "The database of DATABASE_URL cannot be reached: check the address and that it runs, or unset DATABASE_URL to use the embedded one.",
      { cause },
    );
  }
  try {
    const { rows } = await client.query<{ unsafe: boolean }>(
      "select rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user",
    );
    if (rows[0]?.unsafe === false) return;
  } finally {
    await client.end();
  }
  throw new AppError(
    "DATABASE_ROLE_UNSAFE",
    "DATABASE_URL signs in as a superuser or with BYPASSRLS, for whom customers are not kept apart: run `npm run cli -- migrate` with it once, then sign in as the role payflip_app (or another member of it) that owns nothing.",
  );
}
