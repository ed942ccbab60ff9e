import assert from "node:assert/strict";
import test from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import { newId } from "../../src/postgres/ids.ts";
import { strangerTransaction } from "../../src/postgres/transaction.ts";
import { startBoss } from "../../src/queue/boss.ts";
import { queues } from "../../src/queue/queues.sql.ts";
import { startRunWatch } from "../../src/queue/run-watch.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

// A database server that restarts ends every connection. An error event without a listener would end this process too: the
// test runner reports it as a failure of the test that runs.

const logger = pino({ level: "silent" });

async function endAllConnections({ owner }: TestDatabase): Promise<void> {
  await owner.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'payflip_app'",
  );
}

test("a transaction whose connection is lost fails, and the next one has another connection", async (t) => {
  const database = await createTestDatabase(t);
  await assert.rejects(
    strangerTransaction(database.db, async (trx) => {
      await Promise.all([sql`select pg_sleep(60)`.execute(trx), endAllConnections(database)]);
    }),
  );
  await assert.rejects(
    strangerTransaction(database.db, async (trx) => {
      await sql`select 1`.execute(trx);
      await endAllConnections(database);
      await sql`select 1`.execute(trx);
    }),
  );
  const { rows } = await strangerTransaction(database.db, (trx) =>
    sql<{ one: number }>`select 1 as one`.execute(trx),
  );
  assert.deepEqual(rows, [{ one: 1 }]);
});

test("a watcher of a run is notified to look again after the listening connection was lost", async (t) => {
  const database = await createTestDatabase(t);
  const watch = startRunWatch(database.url, logger);
  let notified = Promise.withResolvers<void>();
  watch.watch("a-run", () => notified.resolve());
  try {
    await notified.promise;
    notified = Promise.withResolvers();
    await endAllConnections(database);
    await notified.promise;
    notified = Promise.withResolvers();
    await database.owner.query("select pg_notify('run_changed', 'a-run')");
    await notified.promise;
  } finally {
    await watch.close();
  }
});

test("the job queue continues after its connections were lost", async (context) => {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  const boss = await startBoss(database.url, { logger, supervise: true });
  t.after(() => boss.stop({ graceful: false }));
  const done = Promise.withResolvers<void>();
  await boss.work(queues.mail.name, { pollingIntervalSeconds: 1 }, async () => done.resolve());
  await endAllConnections(database);
  const send = async (): Promise<void> => {
    await boss.send(queues.mail.name, { customerId: newId(), mailId: newId() }).catch(send);
  };
  await send();
  await done.promise;
});
