import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { chooseContractsOfDay } from "../../src/people/contracts/contracts-of-day.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { SyncControl } from "../../src/runs/run-requests.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker, contractFields, openCodes, personOf } from "../support/people.ts";

interface AskedHold {
  hold_id: string;
  kind: string;
  worker_id: string;
  status: string;
  reasons: { code: string }[];
  fields: { field: string; before: string | null; after: string | null }[];
}

/** A connected entity, and the admin's decisions about its holds. */
async function openDesk(context: TestContext) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 0, batchSize: 2 });
  const { control } = await serverWithQueue(t, connected);
  return { connected, control };
}

async function holds(connected: ConnectedEntity, status = "open"): Promise<AskedHold[]> {
  return await connected.rows<AskedHold>(
    "select * from holds where status = $1 order by worker_id, created_at",
    [status],
  );
}

/** Decides, and carries out the requested run. */
async function decide(
  connected: ConnectedEntity,
  control: SyncControl,
  hold: AskedHold | undefined,
  what: "acceptHold" | "rejectHold",
) {
  assert.ok(hold);
  const decided = await control[what](connected.scope, hold.hold_id, {
    actorKind: "account",
    actorId: newId(),
  });
  assert.equal(decided.kind, "decided");
  if (decided.kind !== "decided" || decided.runId === null) return;
  const { customerId } = connected.scope;
  await runSync(connected.engine, { customerId, runId: decided.runId }, AbortSignal.timeout(60_000));
}

/** Counts the rejected holds whose values Liantis still sends. */
async function rejectedHolds(connected: ConnectedEntity): Promise<number> {
  return (await connected.rows("select from holds where status = 'rejected' and over_at is null")).length;
}

async function grossOf(connected: ConnectedEntity, workerId: string): Promise<string | null> {
  const [contract] = await connected.rows<{ gross_amount: string | null }>(
    "select c.gross_amount from wage_contracts c join links l on l.employee_id = c.employee_id where l.worker_id = $1",
    [workerId],
  );
  return contract?.gross_amount ?? null;
}

test("a wage that becomes twelve times as high is held for an admin, and the other fields of the person are written", async (t) => {
  const { connected, control } = await openDesk(t);
  const anna = addWorker(connected, "Anna");
  const bram = addWorker(connected, "Bram");
  assert.equal((await connected.sync("first")).verdict, "in_order");
  const raise = (amount: string) => ({
    wageContracts: [contractFields(`${anna}-1`, { grossAmount: amount })],
  });
  connected.simulator.control.patchWorker(connected.number, anna, { ...raise("36000.00"), lastName: "Maes" });
  connected.simulator.control.patchWorker(connected.number, bram, { lastName: "Claes" });

  const run = await connected.sync();
  assert.deepEqual([run.verdict, run.counts.held, run.counts.updated], ["needs_attention", 1, 1]);
  assert.deepEqual(
    [(await personOf(connected, anna)).last_name, await grossOf(connected, anna)],
    ["Maes", "3000.00"],
  );
  const [asked] = await holds(connected);
  assert.deepEqual([asked?.kind, asked?.worker_id, asked?.reasons[0]?.code], ["wage", anna, "WAGE_UP"]);
  assert.deepEqual(
    asked?.fields.map(({ field, before, after }) => [field, before, after]),
    [
      ["grossAmount", "3000.00", "36000.00"],
      ["grossMonthly", "3000.00", "36000.00"],
    ],
  );

  assert.equal((await connected.sync("nightly")).counts.held, 1, "asked again every night");
  assert.equal((await holds(connected)).length, 1, "but it is one question");
  await decide(connected, control, asked, "rejectHold");
  const quiet = await connected.sync("nightly");
  assert.deepEqual(
    [quiet.verdict, quiet.counts.unchanged, await grossOf(connected, anna)],
    ["in_order", 2, "3000.00"],
  );
  assert.deepEqual(await holds(connected), [], "what was rejected is not asked again");
  assert.equal(await rejectedHolds(connected), 1, "but it is remembered that it keeps something back");

  connected.simulator.control.patchWorker(connected.number, anna, raise("35000.00"));
  assert.equal((await connected.sync("nightly")).counts.held, 1, "another amount is another question");
  assert.equal(await rejectedHolds(connected), 0, "what was rejected is no longer sent");
  const [second] = await holds(connected);
  await decide(connected, control, second, "acceptHold");
  assert.equal(await grossOf(connected, anna), "35000.00");
  const after = await connected.sync("nightly");
  assert.deepEqual([after.verdict, after.changeSeq, after.counts.unchanged], ["in_order", 0, 2]);

  connected.simulator.control.patchWorker(connected.number, anna, raise("3100.00"));
  await connected.sync("nightly");
  connected.simulator.control.patchWorker(connected.number, anna, raise("35000.00"));
  assert.equal((await connected.sync("nightly")).verdict, "in_order");
  assert.deepEqual(await holds(connected), [], "a question that answered itself is gone");
});

test("a held wage that would become current after another contract ends stays held on every later day", async (t) => {
  const { connected, control } = await openDesk(t);
  const { control: simulator } = connected.simulator;
  const anna = addWorker(connected, "Anna");
  await connected.sync("first");
  const [first, second] = [`${anna}-1`, `${anna}-2`];
  const wageContracts = [
    contractFields(first, { endDate: "2026-11-25" }),
    contractFields(second, { startDate: "2026-11-25", grossAmount: "36000.00" }),
  ];
  simulator.patchWorker(connected.number, anna, { wageContracts });
  const passDay = async () => {
    simulator.advanceClock(24 * 3600);
    await chooseContractsOfDay(connected.database.db, new Date(simulator.now()));
    return (await personOf(connected, anna)).current_contract_id;
  };

  assert.equal((await connected.sync()).counts.held, 1);
  for (let day = 0; day < 6; day += 1) assert.equal(await passDay(), first);
  assert.equal((await connected.sync("nightly")).counts.held, 1, "it is still one question");
  const asked = await holds(connected);
  assert.deepEqual(
    asked.map((hold) => hold.reasons.map(({ code }) => code)),
    [["WAGE_UP"]],
  );
  await decide(connected, control, asked[0], "acceptHold");
  assert.equal((await personOf(connected, anna)).current_contract_id, second);
  assert.equal((await connected.sync("nightly")).verdict, "in_order");
});

test("a warning that was accepted stays so when another change of the wage is held", async (t) => {
  const { connected } = await openDesk(t);
  const anna = addWorker(connected, "Anna");
  const pay = (grossAmount: string) => ({
    wageContracts: [contractFields(`${anna}-1`, { grossAmount, workRegimePercentage: "105.00" })],
  });
  connected.simulator.control.patchWorker(connected.number, anna, pay("3000.00"));
  await connected.sync("first");
  assert.deepEqual(await openCodes(connected), [["REGIME_OVER_100", anna]]);
  await connected.rows("update issues set status = 'accepted'");
  connected.simulator.control.patchWorker(connected.number, anna, pay("36000.00"));
  assert.equal((await connected.sync()).counts.held, 1);
  assert.deepEqual(await connected.rows("select status, params->>'effect' as effect from issues"), [
    { status: "accepted", effect: "held" },
  ]);
});

test("two people who swap their addresses are held, and both are written once the hold is accepted", async (t) => {
  const { connected, control } = await openDesk(t);
  const [anna, bram, cleo] = ["Anna", "Bram", "Cleo"].map((name) => addWorker(connected, name));
  for (const name of ["Dirk", "Elke", "Frans", "Greet", "Hugo"]) addWorker(connected, name);
  assert.ok(anna && bram && cleo);
  await connected.sync("first");
  const patch = (workerId: string, email: string) =>
    connected.simulator.control.patchWorker(connected.number, workerId, {
      email: `${email}@fietsen.example`,
    });
  patch(anna, "cleo");
  patch(cleo, "anna");

  const run = await connected.sync();
  assert.deepEqual([run.verdict, run.counts.held, run.changeSeq], ["needs_attention", 2, 0]);
  assert.deepEqual(await openCodes(connected), []);
  const asked = await holds(connected);
  assert.deepEqual(
    asked.map((hold) => [hold.kind, hold.worker_id, hold.reasons[0]?.code]),
    [anna, cleo].map((workerId) => ["identity_swap", workerId, "EMAIL_SWAPPED"]),
  );

  const { customerId } = connected.scope;
  const decided = await control.acceptHold(connected.scope, asked[0]?.hold_id ?? "", {
    actorKind: "account",
    actorId: newId(),
  });
  assert.ok(decided.kind === "decided" && decided.runId !== null);
  assert.deepEqual(await holds(connected), [], "one answer is an answer for both");
  await runSync(connected.engine, { customerId, runId: decided.runId }, AbortSignal.timeout(60_000));
  assert.deepEqual(
    [
      (await personOf(connected, anna)).email,
      (await personOf(connected, cleo)).email,
      (await personOf(connected, anna)).sign_in,
    ],
    ["cleo@fietsen.example", "anna@fietsen.example", "cleo@fietsen.example"],
  );
  const [ended] = await connected.rows<{ counts: { updated: number; unchanged: number }; verdict: string }>(
    "select counts, verdict from runs where run_id = $1",
    [decided.runId],
  );
  assert.deepEqual([ended?.verdict, ended?.counts.updated, ended?.counts.unchanged], ["in_order", 2, 6]);
  const again = await connected.sync("nightly");
  assert.deepEqual([again.verdict, again.changeSeq, again.counts.unchanged], ["in_order", 0, 8]);

  patch(anna, "bram");
  patch(bram, "cleo");
  assert.equal((await connected.sync()).counts.held, 2);
  const [second] = await holds(connected);
  await decide(connected, control, second, "rejectHold");
  assert.equal(
    (await connected.sync("nightly")).verdict,
    "in_order",
    "a rejected exchange is not asked again",
  );
  assert.equal((await personOf(connected, bram)).email, "bram@fietsen.example");
});

test("an accepted e-mail swap of three people is written, also when one of them still signs in with the old address", async (t) => {
  const { connected, control } = await openDesk(t);
  const ring = ["Anna", "Bram", "Cleo"].map((name) => addWorker(connected, name));
  for (const name of ["Dirk", "Elke", "Frans", "Greet", "Hugo", "Ines", "Joke"]) addWorker(connected, name);
  await connected.sync("first");
  const [, , cleo = ""] = ring;
  await connected.rows("update employees set invited_at = now() where employee_id = $1", [
    (await personOf(connected, cleo)).employee_id,
  ]);
  const goals = ["bram", "cleo", "anna"].map((name) => `${name}@fietsen.example`);
  for (const [index, workerId] of ring.entries())
    connected.simulator.control.patchWorker(connected.number, workerId, { email: goals[index] });
  assert.equal((await connected.sync()).counts.held, 3);
  await decide(connected, control, (await holds(connected))[0], "acceptHold");
  const people = await Promise.all(ring.map((workerId) => personOf(connected, workerId)));
  assert.deepEqual(
    people.map((person) => person.email),
    goals,
  );
  // Cleo keeps her address, so the person who waits for it keeps theirs as well.
  assert.deepEqual(
    people.map((person) => person.sign_in),
    ["anna@fietsen.example", "bram@fietsen.example", "cleo@fietsen.example"],
  );
  assert.equal((await connected.sync("nightly")).verdict, "in_order");
});

test("when too many get another name or address at once, each of them is held", async (t) => {
  const { connected } = await openDesk(t);
  const workers = ["Anna", "Bram", "Cleo", "Dirk", "Elke"].map((name) => addWorker(connected, name));
  await connected.sync("first");
  for (const [index, workerId] of workers.slice(0, 3).entries())
    connected.simulator.control.patchWorker(connected.number, workerId, { lastName: `Anders${index}` });
  const run = await connected.sync();
  assert.deepEqual([run.counts.held, run.counts.unchanged, run.changeSeq], [3, 2, 0]);
  assert.deepEqual(
    new Set((await holds(connected)).map((hold) => hold.reasons[0]?.code)),
    new Set(["MANY_IDENTITIES_CHANGED"]),
  );
  connected.simulator.control.patchWorker(connected.number, workers[0] ?? "", { lastName: "Peeters" });
  const mended = await connected.sync();
  assert.deepEqual([mended.counts.held, mended.counts.updated], [0, 2], "two of five may");
  assert.deepEqual(await holds(connected), []);
});
