import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import type { SyncControl } from "../../src/runs/run-requests.ts";
import { chooseContractsOfDay } from "../../src/people/contracts/contracts-of-day.ts";
import { runSync } from "../../src/sync/run.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createSyncHouse, serverWithQueue, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker, contractFields, openCodes, personOf } from "../support/people.ts";

interface AskedHold {
  hold_id: string;
  kind: string;
  worker_id: string;
  status: string;
  reasons: { code: string }[];
  fields: { field: string; before: string | null; after: string | null }[];
}

/** A firm of people in order, and the admin's decisions about what is held of them. */
async function openDesk(context: TestContext) {
  const t = lastInFirstOut(context);
  const house = await createSyncHouse(t, { workers: 0, batchSize: 2 });
  const { control } = await serverWithQueue(t, house);
  return { house, control };
}

async function holds(house: SyncHouse, status = "open"): Promise<AskedHold[]> {
  return await house.rows<AskedHold>("select * from holds where status = $1 order by worker_id, created_at", [
    status,
  ]);
}

/** Accepts, and works off the run that was asked for. */
async function decide(
  house: SyncHouse,
  control: SyncControl,
  hold: AskedHold | undefined,
  what: "acceptHold" | "rejectHold",
) {
  assert.ok(hold);
  const decided = await control[what](house.scope, hold.hold_id, { actorKind: "account", actorId: newId() });
  assert.equal(decided.kind, "decided");
  if (decided.kind !== "decided" || decided.runId === null) return;
  const { customerId } = house.scope;
  await runSync(house.engine, { customerId, runId: decided.runId }, AbortSignal.timeout(60_000));
}

/** What an admin rejected and Liantis still sends. */
async function standing(house: SyncHouse): Promise<number> {
  return (await house.rows("select from holds where status = 'rejected' and over_at is null")).length;
}

async function grossOf(house: SyncHouse, workerId: string): Promise<string | null> {
  const [contract] = await house.rows<{ gross_amount: string | null }>(
    "select c.gross_amount from wage_contracts c join links l on l.employee_id = c.employee_id where l.worker_id = $1",
    [workerId],
  );
  return contract?.gross_amount ?? null;
}

test("a wage that is twelve times yesterday's waits for an admin, and nothing else of the person does", async (t) => {
  const { house, control } = await openDesk(t);
  const anna = addWorker(house, "Anna");
  const bram = addWorker(house, "Bram");
  assert.equal((await house.sync("first")).verdict, "in_order");
  const raise = (amount: string) => ({
    wageContracts: [contractFields(`${anna}-1`, { grossAmount: amount })],
  });
  house.simulator.control.patchWorker(house.number, anna, { ...raise("36000.00"), lastName: "Maes" });
  house.simulator.control.patchWorker(house.number, bram, { lastName: "Claes" });

  const run = await house.sync();
  assert.deepEqual([run.verdict, run.counts.held, run.counts.updated], ["needs_attention", 1, 1]);
  assert.deepEqual(
    [(await personOf(house, anna)).last_name, await grossOf(house, anna)],
    ["Maes", "3000.00"],
  );
  const [asked] = await holds(house);
  assert.deepEqual([asked?.kind, asked?.worker_id, asked?.reasons[0]?.code], ["wage", anna, "WAGE_UP"]);
  assert.deepEqual(
    asked?.fields.map(({ field, before, after }) => [field, before, after]),
    [
      ["grossAmount", "3000.00", "36000.00"],
      ["grossMonthly", "3000.00", "36000.00"],
    ],
  );

  assert.equal((await house.sync("nightly")).counts.held, 1, "asked again every night");
  assert.equal((await holds(house)).length, 1, "but it is one question");
  await decide(house, control, asked, "rejectHold");
  const quiet = await house.sync("nightly");
  assert.deepEqual(
    [quiet.verdict, quiet.counts.unchanged, await grossOf(house, anna)],
    ["in_order", 2, "3000.00"],
  );
  assert.deepEqual(await holds(house), [], "what was rejected is not asked again");
  assert.equal(await standing(house), 1, "but it is remembered that it keeps something back");

  house.simulator.control.patchWorker(house.number, anna, raise("35000.00"));
  assert.equal((await house.sync("nightly")).counts.held, 1, "another amount is another question");
  assert.equal(await standing(house), 0, "what was rejected is no longer sent");
  const [second] = await holds(house);
  await decide(house, control, second, "acceptHold");
  assert.equal(await grossOf(house, anna), "35000.00");
  const after = await house.sync("nightly");
  assert.deepEqual([after.verdict, after.changeSeq, after.counts.unchanged], ["in_order", 0, 2]);

  house.simulator.control.patchWorker(house.number, anna, raise("3100.00"));
  await house.sync("nightly");
  house.simulator.control.patchWorker(house.number, anna, raise("35000.00"));
  assert.equal((await house.sync("nightly")).verdict, "in_order");
  assert.deepEqual(await holds(house), [], "a question that answered itself is gone");
});

test("a wage that begins to count on another contract's last day waits, and no day brings it unasked", async (t) => {
  const { house, control } = await openDesk(t);
  const { control: simulator } = house.simulator;
  const anna = addWorker(house, "Anna");
  await house.sync("first");
  const [first, second] = [`${anna}-1`, `${anna}-2`];
  const wageContracts = [
    contractFields(first, { endDate: "2026-11-25" }),
    contractFields(second, { startDate: "2026-11-25", grossAmount: "36000.00" }),
  ];
  simulator.patchWorker(house.number, anna, { wageContracts });
  const passDay = async () => {
    simulator.advanceClock(24 * 3600);
    await chooseContractsOfDay(house.database.db, new Date(simulator.now()));
    return (await personOf(house, anna)).current_contract_id;
  };

  assert.equal((await house.sync()).counts.held, 1);
  for (let day = 0; day < 6; day += 1) assert.equal(await passDay(), first);
  assert.equal((await house.sync("nightly")).counts.held, 1, "it is still one question");
  const asked = await holds(house);
  assert.deepEqual(
    asked.map((hold) => hold.reasons.map(({ code }) => code)),
    [["WAGE_UP"]],
  );
  await decide(house, control, asked[0], "acceptHold");
  assert.equal((await personOf(house, anna)).current_contract_id, second);
  assert.equal((await house.sync("nightly")).verdict, "in_order");
});

test("a warning that was accepted stays so when another change of the wage is held", async (t) => {
  const { house } = await openDesk(t);
  const anna = addWorker(house, "Anna");
  const pay = (grossAmount: string) => ({
    wageContracts: [contractFields(`${anna}-1`, { grossAmount, workRegimePercentage: "105.00" })],
  });
  house.simulator.control.patchWorker(house.number, anna, pay("3000.00"));
  await house.sync("first");
  assert.deepEqual(await openCodes(house), [["REGIME_OVER_100", anna]]);
  await house.rows("update issues set status = 'accepted'");
  house.simulator.control.patchWorker(house.number, anna, pay("36000.00"));
  assert.equal((await house.sync()).counts.held, 1);
  assert.deepEqual(await house.rows("select status, params->>'effect' as effect from issues"), [
    { status: "accepted", effect: "held" },
  ]);
});

test("two who exchange their addresses are held, and change hands together once it is accepted", async (t) => {
  const { house, control } = await openDesk(t);
  const [anna, bram, cleo] = ["Anna", "Bram", "Cleo"].map((name) => addWorker(house, name));
  for (const name of ["Dirk", "Elke", "Frans", "Greet", "Hugo"]) addWorker(house, name);
  assert.ok(anna && bram && cleo);
  await house.sync("first");
  const patch = (workerId: string, email: string) =>
    house.simulator.control.patchWorker(house.number, workerId, { email: `${email}@fietsen.example` });
  patch(anna, "cleo");
  patch(cleo, "anna");

  const run = await house.sync();
  assert.deepEqual([run.verdict, run.counts.held, run.changeSeq], ["needs_attention", 2, 0]);
  assert.deepEqual(await openCodes(house), []);
  const asked = await holds(house);
  assert.deepEqual(
    asked.map((hold) => [hold.kind, hold.worker_id, hold.reasons[0]?.code]),
    [anna, cleo].map((workerId) => ["identity_swap", workerId, "EMAIL_SWAPPED"]),
  );

  const { customerId } = house.scope;
  const decided = await control.acceptHold(house.scope, asked[0]?.hold_id ?? "", {
    actorKind: "account",
    actorId: newId(),
  });
  assert.ok(decided.kind === "decided" && decided.runId !== null);
  assert.deepEqual(await holds(house), [], "one answer is an answer for both");
  await runSync(house.engine, { customerId, runId: decided.runId }, AbortSignal.timeout(60_000));
  assert.deepEqual(
    [
      (await personOf(house, anna)).email,
      (await personOf(house, cleo)).email,
      (await personOf(house, anna)).sign_in,
    ],
    ["cleo@fietsen.example", "anna@fietsen.example", "cleo@fietsen.example"],
  );
  const [ended] = await house.rows<{ counts: { updated: number; unchanged: number }; verdict: string }>(
    "select counts, verdict from runs where run_id = $1",
    [decided.runId],
  );
  assert.deepEqual([ended?.verdict, ended?.counts.updated, ended?.counts.unchanged], ["in_order", 2, 6]);
  const again = await house.sync("nightly");
  assert.deepEqual([again.verdict, again.changeSeq, again.counts.unchanged], ["in_order", 0, 8]);

  patch(anna, "bram");
  patch(bram, "cleo");
  assert.equal((await house.sync()).counts.held, 2);
  const [second] = await holds(house);
  await decide(house, control, second, "rejectHold");
  assert.equal((await house.sync("nightly")).verdict, "in_order", "a rejected exchange is not asked again");
  assert.equal((await personOf(house, bram)).email, "bram@fietsen.example");
});

test("addresses that go round among three change hands, also when one of them goes on signing in with the old one", async (t) => {
  const { house, control } = await openDesk(t);
  const ring = ["Anna", "Bram", "Cleo"].map((name) => addWorker(house, name));
  for (const name of ["Dirk", "Elke", "Frans", "Greet", "Hugo", "Ines", "Joke"]) addWorker(house, name);
  await house.sync("first");
  const [, , cleo = ""] = ring;
  await house.rows("update employees set invited_at = now() where employee_id = $1", [
    (await personOf(house, cleo)).employee_id,
  ]);
  const goals = ["bram", "cleo", "anna"].map((name) => `${name}@fietsen.example`);
  for (const [index, workerId] of ring.entries())
    house.simulator.control.patchWorker(house.number, workerId, { email: goals[index] });
  assert.equal((await house.sync()).counts.held, 3);
  await decide(house, control, (await holds(house))[0], "acceptHold");
  const people = await Promise.all(ring.map((workerId) => personOf(house, workerId)));
  assert.deepEqual(
    people.map((person) => person.email),
    goals,
  );
  // Cleo keeps hers, so that nobody can have it, and whoever waits for that one neither.
  assert.deepEqual(
    people.map((person) => person.sign_in),
    ["anna@fietsen.example", "bram@fietsen.example", "cleo@fietsen.example"],
  );
  assert.equal((await house.sync("nightly")).verdict, "in_order");
});

test("when too many get another name or address at once, each of them is held", async (t) => {
  const { house } = await openDesk(t);
  const workers = ["Anna", "Bram", "Cleo", "Dirk", "Elke"].map((name) => addWorker(house, name));
  await house.sync("first");
  for (const [index, workerId] of workers.slice(0, 3).entries())
    house.simulator.control.patchWorker(house.number, workerId, { lastName: `Anders${index}` });
  const run = await house.sync();
  assert.deepEqual([run.counts.held, run.counts.unchanged, run.changeSeq], [3, 2, 0]);
  assert.deepEqual(
    new Set((await holds(house)).map((hold) => hold.reasons[0]?.code)),
    new Set(["MANY_IDENTITIES_CHANGED"]),
  );
  house.simulator.control.patchWorker(house.number, workers[0] ?? "", { lastName: "Peeters" });
  const mended = await house.sync();
  assert.deepEqual([mended.counts.held, mended.counts.updated], [0, 2], "two of five may");
  assert.deepEqual(await holds(house), []);
});
