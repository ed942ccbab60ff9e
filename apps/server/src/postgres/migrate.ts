import { sql } from "kysely";
import { Migrator } from "kysely/migration";
import { AppError } from "../domain/values/app-error.ts";
import { type Database, openDatabase } from "./database.ts";
import { migrations } from "./migrations.ts";

/** The first migration of databases from before the first release. One schema replaced those migrations. */
const firstBeforeRelease = "0001-house";

/**
 * Brings the tables of a database to this version of the code. Needs a role that may create tables and roles (the owner).
 * @throws AppError MIGRATION_FAILED after rolling the migrations back; and what pendingMigrations throws
 */
export async function migrateTables(ownerUrl: string): Promise<void> {
  const { db, close } = openDatabase(ownerUrl, { max: 2 });
  try {
    await pendingMigrations(db);
    const { error } = await migrator(db).migrateToLatest();
    if (error)
      throw new AppError("MIGRATION_FAILED", "The database could not be brought up to date.", {
        cause: error,
      });
    // The runtime's role may only read which migrations are done.
    await sql`grant select on kysely_migration to payflip_app`.execute(db);
  } finally {
    await close();
  }
}

/**
 * The names of the migrations that the database does not have yet.
 * @throws AppError DATABASE_BEFORE_RELEASE, DATABASE_IS_NEWER: the database has migrations that this version does not know
 */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const known = Object.keys(migrations);
  const { rows } = await sql<{
    there: boolean;
  }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!rows[0]?.there) return known;
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const executed = new Set(done.rows.map((row) => row.name));
  if (executed.has(firstBeforeRelease))
    throw new AppError(
      "DATABASE_BEFORE_RELEASE",
      "The database was made by a version before the first release, and its tables cannot be brought up to date: drop it, create it again and run `npm run cli -- migrate` with DATABASE_URL of the database's owner.",
    );
  const unknown = [...executed].find((name) => !known.includes(name));
  if (unknown)
    throw new AppError(
      "DATABASE_IS_NEWER",
      `The database has migration ${unknown}, which this version does not know: start a newer version.`,
    );
  return known.filter((name) => !executed.has(name));
}

function migrator(db: Database): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}
