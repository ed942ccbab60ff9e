import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { pino } from "pino";
import { addDays, brusselsInstant } from "../../src/domain/values/calendar-date.ts";
import { newId } from "../../src/postgres/ids.ts";
import { createRunQueue, startBoss } from "../../src/queue/boss.ts";
import { nightlyTick } from "../../src/queue/nightly.ts";
import { connectEntity } from "../support/connected-entity.ts";
import { createTestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

/** Enterprise numbers with right check digits, one for each connection. */
function numberOf(index: number): string {
  const head = 10_000_000 + index;
  return `0${String(head).padStart(8, "0").slice(1)}${String(97 - (head % 97)).padStart(2, "0")}`;
}

/**
 * Lets the nights of these dates pass over the real tables of runs and jobs, and looks that each connection had one run for
 * each date. Two processes look at the same moment, every night; jobs that are queued twice would be seen as runs.
 */
export async function passNights(
  context: TestContext,
  { dates, connections }: { dates: string[]; connections: number },
): Promise<void> {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  for (let index = 0; index < connections; index += 1)
    await connectEntity(database, { customerId: newId(), name: `Firma ${index}`, number: numberOf(index) });
  const [first = ""] = dates;
  await database.owner.query("update connections set activated_at = $1, updated_at = $1", [
    new Date(brusselsInstant(addDays(first, -1), 12 * 3_600)).toISOString(),
  ]);
  const boss = await startBoss(database.url, { logger: pino({ level: "silent" }), supervise: false });
  t.after(() => boss.stop({ graceful: false }));
  const tick = (ms: number) =>
    nightlyTick({ db: database.db, queue: createRunQueue(boss), now: () => new Date(ms) });
  for (const date of dates) {
    const morning = brusselsInstant(date, 5 * 3_600);
    await tick(morning - 2 * 3_600_000);
    await Promise.all([tick(morning), tick(morning)]);
    await tick(morning - 3 * 3_600_000);
    await database.owner.query(
      "update runs set status = 'finished', verdict = 'in_order', finished_at = $1 where status = 'queued'",
      [new Date(morning).toISOString()],
    );
    await database.owner.query("delete from pgboss.job where name = 'sync'");
  }
  const { rows } = await database.owner.query<{ runs: string; dates: string; connections: string }>(
    `select count(*) as runs, count(distinct scheduled_for) as dates, count(distinct entity_id) as connections
     from runs where trigger = 'nightly' and scheduled_for::text = any ($1)`,
    [dates],
  );
  assert.deepEqual(rows, [
    {
      runs: String(dates.length * connections),
      dates: String(dates.length),
      connections: String(connections),
    },
  ]);
  const { rows: all } = await database.owner.query("select count(*)::int as runs from runs");
  assert.deepEqual(all, [{ runs: dates.length * connections }], "and no other run");
}
