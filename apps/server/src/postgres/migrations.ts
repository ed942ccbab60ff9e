import type { Migration } from "kysely/migration";
import { createSchema } from "./schema/index.ts";

/** Every migration, in order. They only go forward; a database that is ahead of the code refuses to start. */
export const migrations: Record<string, Migration> = {
  "0001-initial-schema": { up: createSchema },
};
