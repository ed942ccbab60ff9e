import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Rows of 100 bytes: more than the memory that the sort may use. */
const rows = 4000;

/**
 * Whether the database takes writes. False for a read-only one; throws for one whose disk is full. The probe changes nothing: a
 * sort that does not fit its memory writes a temporary file on the disk of the data.
 */
export async function canWrite(db: Database): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await sql`set local work_mem = '64kB'`.execute(trx);
    const { rows: answers } = await sql<{ writable: boolean }>`
      select current_setting('transaction_read_only') = 'off' and not pg_is_in_recovery() and sorted.last is not null as writable
      from (
        select max(row_number) as last
        from (
          select row_number() over (order by md5(number::text) || repeat('-', 68))
          from generate_series(1, ${rows}::int) as number
        ) as numbered
      ) as sorted`.execute(trx);
    return answers[0]?.writable === true;
  });
}
