import assert from "node:assert/strict";
import process from "node:process";
import test, { type TestContext } from "node:test";
import { watchCommits } from "../../../../simulation/runner/commit-watch.ts";
import { linkByHand, type Linking, unlinkByHand } from "../../src/link-desk/link-desk.ts";
import { openDatabase } from "../../src/postgres/database.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction, type TenantTransaction } from "../../src/postgres/transaction.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker, contractFields, enterByHand, personOf } from "../support/people.ts";

/** Lets an admin act during a run, after its n-th step, when the next batch is planned. @returns the number of steps */
async function runWithActAt(
  connected: ConnectedEntity,
  t: { after(end: () => unknown): void },
  step: number,
  act: () => Promise<unknown>,
): Promise<number> {
  const handle = openDatabase(connected.database.url);
  t.after(handle.close);
  const commits = watchCommits(handle.pool);
  commits.set(async (moment, commit) => {
    if (moment !== "after" || commit !== step) return;
    await commits.quiet(0);
    await act();
  });
  const key = await connected.queue();
  const end = await runSync({ ...connected.engine, db: handle.db }, key, AbortSignal.timeout(60_000));
  assert.ok(end.kind === "ended" && end.verdict !== "failed", JSON.stringify(end));
  return commits.count();
}

/** Every day each setting takes every third step, beginning with another one; the heavy tier takes them all. */
const isEveryStep = process.env["TEST_TIER"] === "kill";

/** At every step of a run, each time in a connected entity of its own. */
async function atEveryStep(
  context: TestContext,
  first: 1 | 2 | 3,
  setting: (connected: ConnectedEntity, run: (act: () => Promise<unknown>) => Promise<void>) => Promise<void>,
): Promise<void> {
  const t = lastInFirstOut(context);
  const [firstStep, stride] = isEveryStep ? [1, 1] : [first, 3];
  for (let step = firstStep, steps = firstStep; step <= steps; step += stride) {
    const connected = await createConnectedEntity(t, { workers: 0, batchSize: 1 });
    let acted = false;
    await setting(connected, async (act) => {
      steps = await runWithActAt(connected, t, step, async () => {
        acted = true;
        await act();
      });
    });
    assert.ok(acted || step === steps, `nobody acted at step ${step} of ${steps}`);
  }
}

function byHand<T>(
  connected: ConnectedEntity,
  work: (trx: TenantTransaction, linking: Linking) => Promise<T>,
) {
  const { customerId } = connected.scope;
  const doneAt = new Date().toISOString();
  const linking = {
    customerId,
    actorKind: "account",
    actorId: newId(),
    reason: "Iemand anders",
    doneAt,
  } as const;
  return tenantTransaction(connected.database.db, connected.scope, "app", (trx) => work(trx, linking));
}

async function wageOf(connected: ConnectedEntity, employeeId: string): Promise<string | null> {
  const rows = await connected.rows<{ gross_amount: string }>(
    "select gross_amount from wage_contracts where employee_id = $1 and not withdrawn",
    [employeeId],
  );
  return rows[0]?.gross_amount ?? null;
}

function raise(connected: ConnectedEntity, workerId: string): void {
  const wageContracts = [contractFields(`${workerId}-1`, { grossAmount: "3100.00" })];
  connected.simulator.control.patchWorker(connected.number, workerId, { wageContracts });
}

test("a pair that is unlinked during a run keeps its data and is not linked again", async (t) => {
  await atEveryStep(t, 1, async (connected, run) => {
    const [, bram] = [
      addWorker(connected, "Anna"),
      addWorker(connected, "Bram"),
      addWorker(connected, "Cleo"),
    ];
    await connected.sync("first");
    const { employee_id: employeeId } = await personOf(connected, bram);
    for (const workerId of await workersOf(connected)) raise(connected, workerId);
    let wage: string | null = null;
    await run(async () => {
      await byHand(connected, (trx, linking) => unlinkByHand(trx, linking, employeeId));
      wage = await wageOf(connected, employeeId);
    });
    await connected.sync();
    assert.equal(await wageOf(connected, employeeId), wage);
    assert.deepEqual(await connected.rows("select from links where employee_id = $1", [employeeId]), []);
  });
});

test("an employee who is linked to another worker during a run ends with that worker's data only", async (t) => {
  await atEveryStep(t, 2, async (connected, run) => {
    const otherId = await enterByHand(connected, {
      email: "elders@prive.example",
      firstName: "Bram",
      lastName: "Peeters",
    });
    const [, bram] = [
      addWorker(connected, "Anna"),
      addWorker(connected, "Bram"),
      addWorker(connected, "Cleo"),
    ];
    await connected.sync("first");
    const { employee_id: wrongId } = await personOf(connected, bram);
    for (const workerId of await workersOf(connected)) raise(connected, workerId);
    let wage: string | null = null;
    await run(async () => {
      const pair = { entityId: connected.entityId, workerId: bram, employeeId: otherId };
      await byHand(connected, (trx, linking) => linkByHand(trx, linking, pair));
      wage = await wageOf(connected, wrongId);
    });
    await connected.sync();
    assert.equal(await wageOf(connected, wrongId), wage);
    assert.deepEqual(
      [(await personOf(connected, bram)).employee_id, await wageOf(connected, otherId)],
      [otherId, "3100.00"],
    );
  });
});

test("a newcomer who is linked by hand during a run is not created a second time", async (t) => {
  await atEveryStep(t, 3, async (connected, run) => {
    const otherId = await enterByHand(connected, {
      email: "elders@prive.example",
      firstName: "Bram",
      lastName: "Peeters",
    });
    const [, bram] = [
      addWorker(connected, "Anna"),
      addWorker(connected, "Bram", { email: null }),
      addWorker(connected, "Cleo"),
    ];
    await connected.sync("first");
    connected.simulator.control.patchWorker(connected.number, bram, { email: "bram@fietsen.example" });
    raise(connected, (await workersOf(connected))[0] ?? "");
    await run(async () => {
      const known = await connected.rows("select from links where worker_id = $1", [bram]);
      // Created already: linking them now is another case.
      if (known.length > 0) return;
      const pair = { entityId: connected.entityId, workerId: bram, employeeId: otherId };
      await byHand(connected, (trx, linking) => linkByHand(trx, linking, pair));
    });
    await connected.sync();
    const { employee_id: employeeId } = await personOf(connected, bram);
    assert.equal(await wageOf(connected, employeeId), "3000.00");
    const people = await connected.rows("select from employees");
    assert.equal(people.length, employeeId === otherId ? 3 : 4);
  });
});

async function workersOf(connected: ConnectedEntity): Promise<string[]> {
  return (await connected.rows<{ worker_id: string }>("select worker_id from links order by worker_id")).map(
    (row) => row.worker_id,
  );
}
