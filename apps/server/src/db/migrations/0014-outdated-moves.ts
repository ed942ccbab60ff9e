import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";

/** A move is carried out only while the case still says what is so. Nobody calls it but the two functions that ask who decides. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const file = path.join(import.meta.dirname, "0014-outdated-moves.sql");
  await sql.raw(readFileSync(file, "utf8")).execute(db);
  const carryOut = sql.raw("carry_out_move(uuid, uuid, boolean, uuid, text, uuid, text, timestamptz)");
  await sql`revoke all on function ${carryOut} from public`.execute(db);
  await sql`grant create on schema public to payflip_definer`.execute(db);
  await sql`alter function ${carryOut} owner to payflip_definer`.execute(db);
  await sql`revoke create on schema public from payflip_definer`.execute(db);
}
