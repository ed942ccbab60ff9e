import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { openDatabase } from "../../src/postgres/database.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, connectEntity, createConnectedEntity } from "../support/connected-entity.ts";

/**
 * Counted in database pages read, not in seconds: a plan that compares each person with all others shows
 * at once, on any machine. Four times the people may cost four times the pages, and a little for deeper indexes.
 */
test("four times the people cost four times the work, also for a customer whom the planner does not know yet", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 300, pageSize: 100, batchSize: 100 });
  await connected.sync("first");
  // From here on the planner's statistics know one customer only.
  await connected.rows("analyze");
  const small = await costOf(t, connected, { number: "0400106291", people: 250 });
  const large = await costOf(t, connected, { number: "0203430576", people: 1000 });
  for (const phase of ["first", "again", "everybody"] as const) {
    const growth = large[phase] / small[phase];
    assert.ok(growth < 6, `${phase}: ${small[phase]} pages became ${large[phase]}`);
  }
});

interface Cost {
  first: number;
  again: number;
  /** Every name changed. */
  everybody: number;
}

async function costOf(
  t: TestContext,
  connected: ConnectedEntity,
  { number, people }: { number: string; people: number },
): Promise<Cost> {
  const { control } = connected.simulator;
  control.createEmployer({
    enterpriseNumber: number,
    name: "Bakkerij",
    workers: people,
    seed: people,
    consent: "granted",
  });
  const customerId = newId();
  const entityId = await connectEntity(connected.database, { customerId, name: "Bakkerij", number });
  const run = () => pagesOfRun(t, connected, { customerId, entityId });
  const first = await run();
  const again = await run();
  for (const workerId of control.workerIds(number))
    control.patchWorker(number, workerId, { lastName: "Anders" });
  return { first, again, everybody: await run() };
}

/** The pages that one run reads. It has connections of its own: closing them flushes their counters. */
async function pagesOfRun(
  t: TestContext,
  connected: ConnectedEntity,
  { customerId, entityId }: { customerId: string; entityId: string },
): Promise<number> {
  const before = await pages(connected);
  const database = openDatabase(connected.database.url);
  const runId = newId();
  await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", (trx) =>
    insertRun(trx, {
      customerId,
      runId,
      entityId,
      kind: "full_listing",
      trigger: "manual",
      now: new Date().toISOString(),
    }),
  );
  const end = await runSync({ ...connected.engine, db: database.db }, { customerId, runId }, t.signal);
  assert.equal(end.kind, "ended");
  await database.close();
  await untilAlone(connected);
  return (await pages(connected)) - before;
}

async function pages(connected: ConnectedEntity): Promise<number> {
  const [row] = await connected.rows<{ pages: number }>(
    "select (blks_hit + blks_read)::int as pages from pg_stat_database where datname = current_database()",
  );
  assert.ok(row);
  return row.pages;
}

/** Waits until only the earlier connections are left. */
async function untilAlone(connected: ConnectedEntity): Promise<void> {
  for (;;) {
    const others = await connected.rows(
      "select pid from pg_stat_activity where datname = current_database() and usename = 'payflip_app'",
    );
    if (others.length <= connected.database.pool.totalCount) return;
  }
}
