import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { preparedPool } from "./prepared-pool.ts";
import type { Schema } from "./rows/schema.ts";

export type Database = Kysely<Schema>;

const typeOids = { int8: 20, date: 1082, timestamptz: 1184 };

/** Calendar dates stay text (a date has no time zone); instants are RFC 3339 UTC; int8 counts fit a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (oid === typeOids.date) return (text: string) => text;
    if (oid === typeOids.timestamptz) return (text: string) => new Date(text).toISOString();
    if (oid === typeOids.int8) return (text: string) => Number(text);
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

export interface DatabaseHandle {
  db: Database;
  pool: pg.Pool;
  close: () => Promise<void>;
}

/**
 * Opens a pool of connections. Work for a customer goes through `tenantTransaction`; the pool itself sees no rows.
 * @param max at most this many connections of this process
 */
export function openDatabase(url: string, { max = 10 }: { max?: number } = {}): DatabaseHandle {
  const pool = new pg.Pool({ connectionString: url, max, types, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server ends (a restart, a dropped test database) is replaced at the next use.
  pool.on("error", () => {});
  // A connection that is lost in a transaction fails its statement and then emits an error event. Without a listener that event
  // would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) });
  return { db, pool, close: () => db.destroy() };
}
