import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelOpenRuns } from "../../src/runs/cancel-run.sql.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { deleteOutdated } from "../../src/queue/housekeeping.ts";
import { LiantisFault } from "../../src/liantis/faults.ts";
import { changeCompanyDetails } from "../../src/connection/company-details.ts";
import { removeWageContract } from "../../src/people/contracts/wage-contracts.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";
import { runSync } from "../../src/sync/run.ts";
import { createConnectedEntity, type ConnectedEntity } from "../support/connected-entity.ts";
import { addWorker, openCodes, personOf } from "../support/people.ts";

const actor = { actorKind: "account", actorId: newId() } as const;

function inApp<T>(connected: ConnectedEntity, work: Parameters<typeof tenantTransaction<T>>[3]): Promise<T> {
  return tenantTransaction(connected.database.db, connected.scope, "app", work);
}

/** The engine, with something that happens before its n-th question to Liantis. */
function before(connected: ConnectedEntity, call: number, happens: () => Promise<void>): SyncEngine {
  let calls = 0;
  return {
    ...connected.engine,
    liantis: {
      ...connected.engine.liantis,
      fetchWorkerPage: async (enterpriseNumber, ask) => {
        calls += 1;
        if (calls === call) await happens();
        return await connected.engine.liantis.fetchWorkerPage(enterpriseNumber, ask);
      },
    },
  };
}

/** Until so many pages of the open run are staged and committed. */
async function untilPages(connected: ConnectedEntity, pages: number): Promise<void> {
  for (;;) {
    const [run] = await connected.rows<{ pages: number }>("select pages from runs where status = 'running'");
    if (run && run.pages >= pages) return;
  }
}

async function stagedRows(connected: ConnectedEntity): Promise<number> {
  const [row] = await connected.rows<{ staged: string }>(
    "select (select count(*) from staged_workers) + (select count(*) from staged_pages) as staged",
  );
  return Number(row?.staged);
}

test("a contract that was removed by hand while the integration was off comes back with the next run", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ann");
  await connected.sync("first");
  const { employee_id: employeeId } = await personOf(connected, workerId);
  await connected.rows("update connections set state = 'disabled'");
  const { customerId } = connected.scope;
  const writing = {
    ...actor,
    customerId,
    now: connected.simulator.control.now(),
    language: "en",
    myLiantisUrl: "",
  } as const;
  await inApp(connected, (trx) => removeWageContract(trx, writing, employeeId, `${workerId}-1`));
  await connected.rows("update connections set state = 'active'");
  const run = await connected.sync();
  assert.equal(run.counts.updated, 1);
  assert.deepEqual(await connected.rows("select contract_id from wage_contracts"), [
    { contract_id: `${workerId}-1` },
  ]);
});

test("once the e-mail domain of a company is filled in, each person is checked against it, also unchanged people", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ann");
  await connected.sync("first");
  const change = async (emailDomain: string | null) => {
    const { customerId } = connected.scope;
    const now = connected.simulator.control.now();
    const about = { ...actor, customerId, entityId: connected.entityId, change: { emailDomain }, now };
    await inApp(connected, (trx) => changeCompanyDetails(trx, about));
  };
  await change("elders.example");
  await connected.sync();
  assert.deepEqual(await openCodes(connected), [["EMAIL_DOMAIN_UNUSUAL", workerId]]);
  await change("fietsen.example");
  assert.equal((await connected.sync()).verdict, "in_order");
  assert.deepEqual(await openCodes(connected), []);
});

test("a cancelled run leaves no personal data behind", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 30 });
  const { customerId } = connected.scope;
  const engine = before(connected, 3, async () => {
    await untilPages(connected, 1);
    await inApp(connected, (trx) =>
      cancelOpenRuns(trx, customerId, connected.entityId, connected.simulator.control.now()),
    );
  });
  const end = await runSync(engine, await connected.queue("first"), AbortSignal.timeout(60_000));
  assert.deepEqual(end, { kind: "over" });
  assert.equal(await stagedRows(connected), 0);
});

test("company details that name another company end the run that reads the old one", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 30 });
  const { customerId } = connected.scope;
  const now = connected.simulator.control.now();
  const engine = before(connected, 2, async () => {
    const about = {
      ...actor,
      customerId,
      entityId: connected.entityId,
      change: { vatNumber: "BE 1009001225" },
      now: now,
    };
    await inApp(connected, (trx) => changeCompanyDetails(trx, about));
  });
  await runSync(engine, await connected.queue("first"), AbortSignal.timeout(60_000));
  assert.deepEqual(await connected.rows("select status from runs"), [{ status: "cancelled" }]);
  assert.deepEqual(await connected.rows("select from employees"), []);
});

test("housekeeping removes expired data, also of a customer whose integration is off", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const workerId = addWorker(connected, "Ann");
  const run = await connected.sync("first");
  await connected.rows("update connections set state = 'disabled'");
  await connected.rows(
    `insert into staged_workers (customer_id, run_id, worker_id, entity_id, content_hash, filled, record)
     values ($1, $2, $3, $4, '', 0, '{}')`,
    [connected.scope.customerId, run.runId, workerId, connected.entityId],
  );
  const months = async (count: number) => {
    const now = new Date(connected.simulator.control.now());
    now.setUTCMonth(now.getUTCMonth() + count);
    await deleteOutdated(connected.database.db, now);
    return await connected.rows<{ wages: boolean }>(
      "select contract_id is not null as wages from changes group by 1 order by 1",
    );
  };
  assert.deepEqual(await months(12), [{ wages: false }, { wages: true }]);
  assert.equal(await stagedRows(connected), 0);
  assert.deepEqual(await months(14), [{ wages: false }], "changes of wages are kept for 13 months");
});

test("a worker whose run was taken over while a cursor expired under it writes nothing more", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 30 });
  const engine = before(connected, 2, async () => {
    await untilPages(connected, 1);
    await connected.rows("update runs set attempt = attempt + 1");
    throw new LiantisFault("CURSOR_EXPIRED", "the cursor has expired");
  });
  const end = await runSync(engine, await connected.queue("first"), AbortSignal.timeout(60_000));
  assert.deepEqual(end, { kind: "over" });
  assert.deepEqual(await connected.rows("select status, pages from runs"), [{ status: "running", pages: 1 }]);
});

test("a run that has ended reports all people as processed", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 3 });
  const { done, declaredTotal } = await connected.sync("first");
  assert.deepEqual({ done, declaredTotal }, { done: 3, declaredTotal: 3 });
});
