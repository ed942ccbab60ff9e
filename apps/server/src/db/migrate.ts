import { Migrator } from "kysely/migration";
import { AppError } from "../domain/app-error.ts";
import { type Database, openDatabase } from "./database.ts";
import { migrations } from "./migrations/index.ts";

/**
 * Brings the tables of a database to this version of the code. Needs a role that may create tables and roles (the owner).
 * @throws AppError MIGRATION_FAILED; what a failed migration had written is rolled back
 */
export async function migrateTables(ownerUrl: string): Promise<void> {
  const { db, close } = openDatabase(ownerUrl, { max: 2 });
  try {
    const { error } = await migrator(db).migrateToLatest();
    if (error) throw new AppError("MIGRATION_FAILED", "The database could not be brought up to date.", { cause: error });
  } finally {
    await close();
  }
}

function migrator(db: Database): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}
