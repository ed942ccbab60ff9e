import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { pino } from "pino";
import type { Caller, CallLimit, CallPlace } from "../../src/liantis/call-limit.ts";
import { createLiantis } from "../../src/liantis/liantis.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { ProviderLimits } from "../../src/queue/provider-calls.sql.ts";
import { startRunWatch } from "../../src/queue/run-watch.ts";
import { createSharedCallLimit } from "../../src/queue/shared-call-limit.ts";
import { createTestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createEmployer, settingsOf, startProvider } from "../support/simulated-liantis.ts";

const logger = pino({ level: "silent" });
const manyASecond = 1000;

/** Three processes on one database, each with its own line to it. */
async function processesOn(context: TestContext, limits: Partial<ProviderLimits>) {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  const startProcess = () => {
    const watch = startRunWatch(database.url, logger);
    const limit = createSharedCallLimit({
      db: database.db,
      watch,
      logger,
      limits: { callsAtOnce: 2, callsPerSecond: manyASecond, ...limits },
    });
    t.after(watch.close);
    t.after(() => limit.close());
    return limit;
  };
  const processes = [startProcess(), startProcess(), startProcess()] as const;
  const line = async () =>
    (
      await database.owner.query<{ waiting: number }>(
        "select count(*) filter (where started_at is null)::int as waiting from provider_calls",
      )
    ).rows[0]?.waiting;
  return { database, processes, line };
}

const night = (customerId: string): Caller => ({ customerId, urgent: false });
const urgentCaller = (customerId: string): Caller => ({ customerId, urgent: true });

/** Calls that enter one after the other; `order` says who got a place when, and each gives it back at once. */
async function throughOnePlace(limit: CallLimit, callers: [string, Caller][], line: () => Promise<unknown>) {
  const order: string[] = [];
  const calls = [];
  for (const [name, caller] of callers) {
    const waits = calls.length + 1;
    calls.push(
      limit.enter(caller, undefined).then(async (place) => {
        order.push(name);
        place.leave(null);
      }),
    );
    while ((await line()) !== waits);
  }
  return { order, all: Promise.all(calls) };
}

test("processes share the places for calls: a call in progress in one leaves fewer places for the others", async (t) => {
  const { processes, line } = await processesOn(t, { callsAtOnce: 4 });
  let underWay = 0;
  const released = Promise.withResolvers<void>();
  const call = async (limit: CallLimit) => {
    const place = await limit.enter(night(newId()), undefined);
    underWay += 1;
    await released.promise;
    place.leave(null);
  };
  const all = Promise.all(Array.from({ length: 60 }, (_, n) => call(processes.at(n % 3) ?? processes[0])));
  while ((await line()) !== 56);
  assert.equal(underWay, 4);
  released.resolve();
  await all;
  assert.equal(underWay, 60);
});

test("requested runs call before nightly ones, and customers take turns", async (t) => {
  const { processes, line } = await processesOn(t, { callsAtOnce: 1 });
  const [one, other] = processes;
  const [large, small, hurried] = [newId(), newId(), newId()];
  const held = await other.enter(night(newId()), undefined);
  const { order, all } = await throughOnePlace(
    one,
    [
      ["large 1", night(large)],
      ["large 2", night(large)],
      ["large 3", night(large)],
      ["small", night(small)],
      ["urgentCaller waits", urgentCaller(hurried)],
    ],
    line,
  );
  held.leave(null);
  await all;
  assert.deepEqual(order, ["urgentCaller waits", "large 1", "small", "large 2", "large 3"]);
});

test("the calls begun in a second are limited too, and a provider that asks for rest gets it from everybody", async (t) => {
  const { database, processes } = await processesOn(t, { callsAtOnce: 100, callsPerSecond: 5 });
  const [one, other] = processes;
  const began = performance.now();
  const secondsFor = async (limit: CallLimit) => {
    const place = await limit.enter(night(newId()), undefined);
    const seconds = (performance.now() - began) / 1000;
    return { place, seconds };
  };
  const calls = await Promise.all(Array.from({ length: 8 }, (_, i) => secondsFor(i % 2 === 0 ? one : other)));
  const times = calls.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  assert.ok((times[4] ?? 9) < 0.7, `a second's worth starts at once: ${times.join(" ")}`);
  assert.ok((times[7] ?? 0) > 0.55, `the eighth waits for three fifths of a second: ${times.join(" ")}`);
  const [first, ...rest] = calls;
  for (const { place } of rest) place.leave(null);
  const asked = performance.now();
  first?.place.leave(600);
  // From the moment on at which it is known that the provider wants to rest.
  while ((await database.owner.query("select from provider_calls")).rowCount !== 0);
  const place = await other.enter(urgentCaller(newId()), undefined);
  assert.ok(performance.now() - asked >= 550, "the other process left the provider alone as well");
  place.leave(null);
});

test("a call that is given up leaves the queue, and the places of a process that died become free", async (t) => {
  const { database, processes, line } = await processesOn(t, { callsAtOnce: 1 });
  const [one, other] = processes;
  await one.enter(night(newId()), undefined);
  const controller = new AbortController();
  const given = other.enter(night(newId()), controller.signal);
  while ((await line()) !== 1);
  const reason = new Error("switched off");
  controller.abort(reason);
  await assert.rejects(given, reason);
  while ((await line()) !== 0);
  const next = other.enter(night(newId()), undefined);
  while ((await line()) !== 1);
  // What a process that was killed no longer does: say that it needs its place.
  await database.owner.query(
    "update provider_calls set holder_id = gen_random_uuid(), alive_until = 'epoch' where started_at is not null",
  );
  (await next).leave(null);
});

test("the client of Liantis asks for a place for each call, and reports an answer to slow down", async (t) => {
  const provider = await startProvider();
  t.after(() => provider.close());
  const { simulator } = provider;
  const { enterpriseNumber } = createEmployer(simulator, { consent: "granted" });
  const heard: (Caller | undefined | number | null)[] = [];
  const callLimit: CallLimit = {
    enter: async (caller) => {
      heard.push(caller);
      const place: CallPlace = { leave: (restMs) => void heard.push(restMs) };
      return place;
    },
  };
  const liantis = createLiantis(settingsOf(provider), { callLimit });
  t.after(() => liantis.close());
  simulator.control.armFault({ kind: "rate-limited", times: 1, retryAfterSeconds: 0 });
  const caller = night(newId());
  await liantis.fetchWorkerPage(enterpriseNumber, { cursor: null, limit: 2, caller });
  assert.deepEqual(heard, [caller, 0, caller, null]);
});
