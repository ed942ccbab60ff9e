import { migrateDatabase, readyDatabase } from "../database-start.ts";
import { type Command, commandConfig, print } from "./command.ts";

/** Brings the database up to date, signing in as whatever DATABASE_URL says: here, and only here, a superuser is welcome. */
export const migrateCommand: Command = {
  help: "",
  options: {},
  run: async ({ json, env }) => {
    const config = commandConfig(env);
    if (config.databaseUrl === null) await (await readyDatabase(config)).stop();
    else await migrateDatabase(config.databaseUrl);
    if (json) print({ migrated: true });
    else
      console.log(
        "The database is up to date. The server signs in as the role payflip_app (or a member of it).",
      );
    return 0;
  },
};
