import { canWrite } from "../postgres/can-write.sql.ts";
import type { Database } from "../postgres/database.ts";
import { pendingMigrations } from "../postgres/migrate.ts";
import type { Readiness } from "./app-deps.ts";

/** Which parts of the process can do their work now. `database` is false also for one that is full or read-only. */
export async function readReadiness(db: Database, findQueue: () => Promise<unknown>): Promise<Readiness> {
  const migrations = await pendingMigrations(db).catch(() => null);
  const isWritable = await canWrite(db).catch(() => false);
  const queueIsThere = await findQueue().then(Boolean, () => false);
  return {
    database: migrations !== null && isWritable,
    queue: queueIsThere,
    migrations: migrations?.length === 0,
  };
}
