import assert from "node:assert/strict";
import test from "node:test";
import { pino } from "pino";
import { newId } from "../../src/postgres/ids.ts";
import { createRunQueue, startBoss } from "../../src/queue/boss.ts";
import { nightlyTick } from "../../src/queue/nightly.ts";
import { connectEntity } from "../support/connected-entity.ts";
import { createTestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";

const hourMs = 3_600_000;

async function connectForNights(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  const customerId = newId();
  const entityId = await connectEntity(database, {
    customerId,
    name: "Fietsen De Vos",
    number: "0746748857",
  });
  await database.owner.query(
    "update connections set activated_at = '2026-01-01T00:00:00Z', updated_at = '2026-01-01T00:00:00Z'",
  );
  const boss = await startBoss(database.url, { logger: pino({ level: "silent" }), supervise: false });
  t.after(() => boss.stop({ graceful: false }));
  const tick = (now: string) =>
    nightlyTick({ db: database.db, queue: createRunQueue(boss), now: () => new Date(now) });
  const runs = async () =>
    (
      await database.owner.query<{ trigger: string; date: string | null }>(
        "select trigger, scheduled_for::text as date from runs order by created_at",
      )
    ).rows;
  const end = (verdict: string, code: string | null, finishedAt: string) =>
    database.owner.query(
      "update runs set status = 'finished', verdict = $1, error_code = $2, finished_at = $3 where status <> 'finished'",
      [verdict, code, finishedAt],
    );
  return { database, boss, tick, runs, end, entityId };
}

test("one nightly run per Brussels date, however often it is asked, also over both changes of the clock", async (t) => {
  const { tick, runs, end } = await connectForNights(t);
  for (const date of ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"]) {
    for (let hour = 0; hour < 40; hour += 1) {
      await tick(new Date(Date.parse(`${date}T00:00:00Z`) + (hour * hourMs) / 2).toISOString());
      await end("in_order", null, `${date}T04:00:00Z`);
    }
  }
  assert.deepEqual(
    (await runs()).map(({ trigger, date }) => `${trigger} ${date}`),
    ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"].map(
      (date) => `nightly ${date}`,
    ),
  );
});

test("a start that was missed is caught up once; trouble at the provider is tried again after 2 hours and paused after 28 days", async (t) => {
  const { database, tick, runs, end } = await connectForNights(t);
  await tick("2026-11-20T11:00:00Z");
  await tick("2026-11-20T11:10:00Z");
  assert.deepEqual(await runs(), [{ trigger: "nightly", date: "2026-11-20" }]);
  await database.owner.query("update runs set created_at = '2026-11-20T11:00:00Z'");
  await end("failed", "LIANTIS_UNAVAILABLE", "2026-11-20T11:20:00Z");
  await tick("2026-11-20T13:10:00Z");
  assert.equal((await runs()).length, 1, "not before two hours have passed");
  await tick("2026-11-20T13:20:00Z");
  assert.deepEqual(
    (await runs()).map((run) => run.trigger),
    ["nightly", "retry"],
  );
  await end("failed", "LIANTIS_UNAVAILABLE", "2026-12-18T14:00:00Z");
  await database.owner.query("update connections set last_scheduled_date = '2026-12-18'");
  await tick("2026-12-18T15:00:00Z");
  const { rows } = await database.owner.query("select state, paused_reason from connections");
  assert.deepEqual(rows, [{ state: "paused", paused_reason: "failing" }]);
  const { rows: tasks } = await database.owner.query(
    "select kind, status, params->>'date' as since from tasks",
  );
  assert.deepEqual(tasks, [{ kind: "support", status: "open", since: "2026-11-20" }]);
  // Switched on again, it is tried at once, and paused again only when that fails too.
  const { length: before } = await runs();
  await database.owner.query("update connections set state = 'active', updated_at = '2026-12-18T15:10:00Z'");
  await tick("2026-12-18T15:20:00Z");
  assert.deepEqual(
    (await runs()).slice(before).map((run) => run.trigger),
    ["retry"],
  );
  await end("failed", "LIANTIS_UNAVAILABLE", "2026-12-18T15:30:00Z");
  await tick("2026-12-18T15:40:00Z");
  const { rows: again } = await database.owner.query("select state from connections");
  assert.deepEqual(again, [{ state: "paused" }]);
});

test("a listing that contradicts itself is tried again by the same ladder, in one series with an unreachable provider", async (t) => {
  const { database, tick, runs, end } = await connectForNights(t);
  await tick("2026-11-20T11:00:00Z");
  await database.owner.query("update runs set created_at = '2026-11-20T11:00:00Z'");
  await end("incomplete", "LISTING_INCOMPLETE", "2026-11-20T11:20:00Z");
  await tick("2026-11-20T13:10:00Z");
  assert.equal((await runs()).length, 1, "not before two hours have passed");
  await tick("2026-11-20T13:20:00Z");
  await end("failed", "LIANTIS_UNAVAILABLE", "2026-11-20T13:30:00Z");
  await tick("2026-11-20T19:20:00Z");
  assert.equal((await runs()).length, 2, "after the second failure not before six hours");
  await tick("2026-11-20T19:30:00Z");
  assert.deepEqual(
    (await runs()).map((run) => run.trigger),
    ["nightly", "retry", "retry"],
  );
  await end("incomplete", "LISTING_INCOMPLETE", "2026-12-18T14:00:00Z");
  await database.owner.query("update connections set last_scheduled_date = '2026-12-18'");
  await tick("2026-12-18T15:00:00Z");
  const { rows } = await database.owner.query("select state, paused_reason from connections");
  assert.deepEqual(rows, [{ state: "paused", paused_reason: "failing" }]);
  const { rows: tasks } = await database.owner.query("select kind, params->>'date' as since from tasks");
  assert.deepEqual(tasks, [{ kind: "support", since: "2026-11-20" }]);
});

test("an error of our own is not retried as trouble at the provider, and starts the series of failures again", async (t) => {
  const { database, tick, runs, end } = await connectForNights(t);
  await tick("2026-11-20T11:00:00Z");
  await end("incomplete", "LISTING_INCOMPLETE", "2026-11-20T11:20:00Z");
  await tick("2026-11-20T13:20:00Z");
  await end("failed", "INTERNAL", "2026-12-18T14:00:00Z");
  await database.owner.query("update connections set last_scheduled_date = '2026-12-18'");
  await tick("2026-12-18T20:00:00Z");
  assert.equal((await runs()).length, 2);
  const { rows } = await database.owner.query("select state from connections");
  assert.deepEqual(rows, [{ state: "active" }]);
});

test("a refused credential of ours is retried by the same ladder, and pauses no connection", async (t) => {
  const { database, tick, runs, end } = await connectForNights(t);
  await tick("2026-11-20T11:00:00Z");
  await end("failed", "PARTNER_AUTH_FAILED", "2026-11-20T11:20:00Z");
  await tick("2026-11-20T13:10:00Z");
  assert.equal((await runs()).length, 1);
  await tick("2026-11-20T13:20:00Z");
  assert.deepEqual(
    (await runs()).map((run) => run.trigger),
    ["nightly", "retry"],
  );
  await end("failed", "PARTNER_AUTH_FAILED", "2027-01-18T14:00:00Z");
  await database.owner.query("update connections set last_scheduled_date = '2027-01-20'");
  await tick("2027-01-20T15:00:00Z");
  const { rows } = await database.owner.query("select state from connections");
  assert.deepEqual(rows, [{ state: "active" }]);
  assert.deepEqual((await database.owner.query("select from tasks")).rows, []);
});

test("a failure to schedule one customer does not stop the schedule of the others", async (t) => {
  const { database, boss, runs } = await connectForNights(t);
  const customerId = newId();
  await connectEntity(database, { customerId, name: "Banden", number: "1009001225" });
  await database.owner.query("update connections set activated_at = '2026-01-01T00:00:00Z'");
  const [first] = (
    await database.owner.query<{ customer_id: string }>("select customer_id from connections order by 1")
  ).rows;
  const send: typeof boss.send = async (...args: unknown[]) => {
    if (JSON.stringify(args[1]).includes(first?.customer_id ?? "")) throw new Error("the queue says no");
    return await (boss.send as (...all: unknown[]) => Promise<string | null>).call(boss, ...args);
  };
  const lame = new Proxy(boss, {
    get: (target, name) => (name === "send" ? send : Reflect.get(target, name)),
  });
  const now = () => new Date("2026-11-20T11:00:00Z");
  await assert.rejects(nightlyTick({ db: database.db, queue: createRunQueue(lame), now }));
  assert.deepEqual(await runs(), [{ trigger: "nightly", date: "2026-11-20" }]);
  await nightlyTick({ db: database.db, queue: createRunQueue(boss), now });
  assert.equal((await runs()).length, 2, "the turn that failed left nothing behind and is taken again");
});

test("a run without a job gets exactly one new job", async (t) => {
  const { database, tick, runs } = await connectForNights(t);
  await tick("2026-11-20T11:00:00Z");
  const jobs = async () =>
    (await database.owner.query("select state from pgboss.job where name = 'sync'")).rows;
  assert.equal((await jobs()).length, 1);
  await tick("2026-11-20T11:10:00Z");
  assert.equal((await jobs()).length, 1, "the job that is there is enough");
  await database.owner.query("update pgboss.job set state = 'failed' where name = 'sync'");
  await tick("2026-11-20T11:20:00Z");
  const states = (await jobs()).map((job) => String(job.state));
  assert.deepEqual(new Set(states), new Set(["created", "failed"]));
  assert.equal((await runs()).length, 1);
});
