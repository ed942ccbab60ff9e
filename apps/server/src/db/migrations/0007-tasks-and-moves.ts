import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import { ownDefinerFunctions } from "./policies.ts";

/** What tasks remember, and moving a person from one entity to another: for admins of both, and for support without seeing people. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const file = path.join(import.meta.dirname, "0007-tasks-and-moves.sql");
  await sql.raw(readFileSync(file, "utf8")).execute(db);
  const parameters = "boolean, uuid, text, uuid, text, timestamptz";
  const [carryOut, own, any] = [
    `carry_out_move(uuid, uuid, ${parameters})`,
    `decide_own_move(uuid, ${parameters})`,
    `decide_any_move(uuid, uuid, ${parameters})`,
  ];
  await ownDefinerFunctions(db, [carryOut, own, any]);
  // Each is for one kind of caller alone; what carries a decision out is for nobody but the two of them.
  await sql.raw(`revoke execute on function ${carryOut} from payflip_app, payflip_sync`).execute(db);
  await sql.raw(`revoke execute on function ${own} from payflip_sync`).execute(db);
  await sql.raw(`revoke execute on function ${any} from payflip_app, payflip_sync`).execute(db);
  await sql.raw(`grant execute on function ${any} to payflip_platform`).execute(db);
}
