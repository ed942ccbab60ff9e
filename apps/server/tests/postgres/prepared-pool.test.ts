import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { sql } from "kysely";
import type { Database } from "../../src/postgres/database.ts";
import { createTestDatabase } from "../support/database.ts";

async function createWords(t: TestContext) {
  const { db, owner } = await createTestDatabase(t);
  await owner.query("create table words (id int, word text); grant select on words to payflip_app");
  await owner.query("insert into words values (1, 'one')");
  return { db, owner };
}

/** Within a transaction, so that both calls have the same connection. */
async function twoOf<Row>(db: Database, read: (db: Database) => Promise<Row>): Promise<[Row, Row]> {
  return await db.transaction().execute(async (trx) => [await read(trx), await read(trx)]);
}

const words = async (db: Database) => (await sql`select * from words where id = ${1}`.execute(db)).rows;

test("a statement with values is read and planned once for a connection", async (t) => {
  const { db } = await createWords(t);
  await db.transaction().execute(async (trx) => {
    for (let times = 0; times < 3; times += 1) await words(trx);
    const { rows } = await sql`
      select generic_plans + custom_plans as uses from pg_prepared_statements where statement like '%from words%'
    `.execute(trx);
    assert.deepEqual(rows, [{ uses: 3 }]);
  });
});

test("columns that change under open connections fail one transaction, and none after it", async (t) => {
  const { db, owner } = await createWords(t);
  const [one, other] = await Promise.all([twoOf(db, words), twoOf(db, words)]);
  assert.deepEqual([one, other].flat(2), Array(4).fill({ id: 1, word: "one" }));
  await owner.query("alter table words add column language text");
  await assert.rejects(twoOf(db, words), { code: "0A000" });
  const now = { id: 1, word: "one", language: null };
  const later = await Promise.all([twoOf(db, words), twoOf(db, words), twoOf(db, words)]);
  assert.deepEqual(later.flat(2), Array(6).fill(now));
});

test("statements whose text differs each time do not accumulate", async (t) => {
  const { db } = await createWords(t);
  await db.transaction().execute(async (trx) => {
    for (let id = 0; id < 600; id += 1)
      await sql`select ${sql.lit(id)} as id from words where id = ${id}`.execute(trx);
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from pg_prepared_statements`.execute(trx);
    assert.ok((rows[0]?.count ?? 0) <= 501, `${rows[0]?.count} are kept`);
    assert.deepEqual(await words(trx), [{ id: 1, word: "one" }]);
  });
});
