import { AppError } from "../domain/values/app-error.ts";
import { isBehind, migrateDatabase, readyDatabase } from "../ready-database.ts";
import { type Command, commandConfig, print } from "./command.ts";

/** Brings the database up to date as the role of DATABASE_URL. Only this command may run as a superuser. */
export const migrateCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env, out }) => {
    const config = commandConfig(env);
    if (config.databaseUrl === null) await (await readyDatabase(config)).stop();
    else await migrateAs(config.databaseUrl);
    if (json) print({ out }, { migrated: true });
    else out("The database is up to date. The server signs in as the role payflip_app (or a member of it).");
    return 0;
  },
};

/** Fails for a role that may not change the tables only when they are behind. */
async function migrateAs(url: string): Promise<void> {
  try {
    await migrateDatabase(url);
  } catch (cause) {
    if (cause instanceof AppError && cause.code.startsWith("DATABASE_")) throw cause;
    if (!(await isBehind(url).catch(() => true))) return;
    throw new AppError(
      "MIGRATION_FAILED",
      "The database could not be brought up to date: check that DATABASE_URL can be reached and signs in as the database's owner.",
      { cause },
    );
  }
}
