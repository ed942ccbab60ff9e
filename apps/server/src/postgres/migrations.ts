import type { Migration } from "kysely/migration";
import { createSchema } from "./schema/index.ts";

/** All migrations, in order. There is no way back; the server does not start on a database that is ahead of the code. */
export const migrations: Record<string, Migration> = {
  "0001-initial-schema": { up: createSchema },
};
