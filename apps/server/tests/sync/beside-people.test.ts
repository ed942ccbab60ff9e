import assert from "node:assert/strict";
import process from "node:process";
import test, { type TestContext } from "node:test";
import { watchCommits } from "../../../../simulation/runner/commit-watch.ts";
import { openDatabase } from "../../src/postgres/database.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction, type TenantTransaction } from "../../src/postgres/transaction.ts";
import { linkByHand, type Linking, unlinkByHand } from "../../src/link-desk/link-desk.ts";
import { runSync } from "../../src/sync/run.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { createSyncHouse, type SyncHouse } from "../support/connected-entity.ts";
import { addWorker, contractFields, enterByHand, personOf } from "../support/people.ts";

/** An admin's act while a run goes on, after its n-th step, when the next batch has been planned. @returns how many steps there were */
async function runWithActAt(
  house: SyncHouse,
  t: { after(end: () => unknown): void },
  step: number,
  act: () => Promise<unknown>,
): Promise<number> {
  const handle = openDatabase(house.database.url);
  t.after(handle.close);
  const commits = watchCommits(handle.pool);
  commits.set(async (moment, commit) => {
    if (moment !== "after" || commit !== step) return;
    await commits.quiet(0);
    await act();
  });
  const key = await house.queue();
  const end = await runSync({ ...house.engine, db: handle.db }, key, AbortSignal.timeout(60_000));
  assert.ok(end.kind === "ended" && end.verdict !== "failed", JSON.stringify(end));
  return commits.count();
}

/** Every day each scene takes every third step, beginning with another one; the heavy tier takes them all. */
const isEveryStep = process.env["TEST_TIER"] === "kill";

/** At every step of a run, each time in a house of its own. */
async function atEveryStep(
  context: TestContext,
  first: 1 | 2 | 3,
  scene: (house: SyncHouse, run: (act: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const t = lastInFirstOut(context);
  const [from, stride] = isEveryStep ? [1, 1] : [first, 3];
  for (let step = from, steps = from; step <= steps; step += stride) {
    const house = await createSyncHouse(t, { workers: 0, batchSize: 1 });
    let acted = false;
    await scene(house, async (act) => {
      steps = await runWithActAt(house, t, step, async () => {
        acted = true;
        await act();
      });
    });
    assert.ok(acted || step === steps, `nobody acted at step ${step} of ${steps}`);
  }
}

function byHand<T>(house: SyncHouse, work: (trx: TenantTransaction, linking: Linking) => Promise<T>) {
  const { customerId } = house.scope;
  const doneAt = new Date().toISOString();
  const linking = {
    customerId,
    actorKind: "account",
    actorId: newId(),
    reason: "Iemand anders",
    doneAt,
  } as const;
  return tenantTransaction(house.database.db, house.scope, "app", (trx) => work(trx, linking));
}

async function wageOf(house: SyncHouse, employeeId: string): Promise<string | null> {
  const rows = await house.rows<{ gross_amount: string }>(
    "select gross_amount from wage_contracts where employee_id = $1 and not withdrawn",
    [employeeId],
  );
  return rows[0]?.gross_amount ?? null;
}

function raise(house: SyncHouse, workerId: string): void {
  const wageContracts = [contractFields(`${workerId}-1`, { grossAmount: "3100.00" })];
  house.simulator.control.patchWorker(house.number, workerId, { wageContracts });
}

test("whoever is taken apart while a run goes on keeps what they had, and is not put together again", async (t) => {
  await atEveryStep(t, 1, async (house, run) => {
    const [, bram] = [addWorker(house, "Anna"), addWorker(house, "Bram"), addWorker(house, "Cleo")];
    await house.sync("first");
    const { employee_id: employeeId } = await personOf(house, bram);
    for (const workerId of await workersOf(house)) raise(house, workerId);
    let wage: string | null = null;
    await run(async () => {
      await byHand(house, (trx, linking) => unlinkByHand(trx, linking, employeeId));
      wage = await wageOf(house, employeeId);
    });
    await house.sync();
    assert.equal(await wageOf(house, employeeId), wage);
    assert.deepEqual(await house.rows("select from links where employee_id = $1", [employeeId]), []);
  });
});

test("whoever is linked to another worker while a run goes on has that worker's data in the end, and nobody else's", async (t) => {
  await atEveryStep(t, 2, async (house, run) => {
    const otherId = await enterByHand(house, {
      email: "elders@prive.example",
      firstName: "Bram",
      lastName: "Peeters",
    });
    const [, bram] = [addWorker(house, "Anna"), addWorker(house, "Bram"), addWorker(house, "Cleo")];
    await house.sync("first");
    const { employee_id: wrongId } = await personOf(house, bram);
    for (const workerId of await workersOf(house)) raise(house, workerId);
    let wage: string | null = null;
    await run(async () => {
      const pair = { entityId: house.entityId, workerId: bram, employeeId: otherId };
      await byHand(house, (trx, linking) => linkByHand(trx, linking, pair));
      wage = await wageOf(house, wrongId);
    });
    await house.sync();
    assert.equal(await wageOf(house, wrongId), wage);
    assert.deepEqual(
      [(await personOf(house, bram)).employee_id, await wageOf(house, otherId)],
      [otherId, "3100.00"],
    );
  });
});

test("a newcomer whom somebody links by hand while a run goes on is not brought in a second time", async (t) => {
  await atEveryStep(t, 3, async (house, run) => {
    const otherId = await enterByHand(house, {
      email: "elders@prive.example",
      firstName: "Bram",
      lastName: "Peeters",
    });
    const [, bram] = [
      addWorker(house, "Anna"),
      addWorker(house, "Bram", { email: null }),
      addWorker(house, "Cleo"),
    ];
    await house.sync("first");
    house.simulator.control.patchWorker(house.number, bram, { email: "bram@fietsen.example" });
    raise(house, (await workersOf(house))[0] ?? "");
    await run(async () => {
      const known = await house.rows("select from links where worker_id = $1", [bram]);
      // Brought in already: linking them now is another story.
      if (known.length > 0) return;
      const pair = { entityId: house.entityId, workerId: bram, employeeId: otherId };
      await byHand(house, (trx, linking) => linkByHand(trx, linking, pair));
    });
    await house.sync();
    const { employee_id: employeeId } = await personOf(house, bram);
    assert.equal(await wageOf(house, employeeId), "3000.00");
    const people = await house.rows("select from employees");
    assert.equal(people.length, employeeId === otherId ? 3 : 4);
  });
});

async function workersOf(house: SyncHouse): Promise<string[]> {
  return (await house.rows<{ worker_id: string }>("select worker_id from links order by worker_id")).map(
    (row) => row.worker_id,
  );
}
