import assert from "node:assert/strict";
import { test } from "node:test";
import { createApiKey } from "../../src/access/api-keys.ts";
import { deactivate, reactivate, type Writing } from "../../src/people/employee-writes.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker, employee, enterByHand, openCodes, personOf } from "../support/people.ts";

/** A connected entity whose API starts real runs; only `checkNow` carries them out. */
async function connectWithApi(context: Parameters<typeof lastInFirstOut>[0]) {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 0 });
  const server = await serverWithQueue(t, connected, { role: "web" });
  const now = () => new Date(connected.simulator.control.now());
  const key = {
    customerId: connected.scope.customerId,
    role: "admin",
    entityIds: null,
    wages: true,
  } as const;
  const authorization = `Bearer ${await createApiKey(connected.database.db, key, now())}`;
  const ask = async (workerId: string) => {
    const url = `/api/v1/entities/${connected.entityId}/liantis/workers/${encodeURIComponent(workerId)}/check`;
    const answer = await server.app?.inject({ method: "POST", url, headers: { authorization } });
    assert.ok(answer);
    return { status: answer.statusCode, body: answer.json() };
  };
  const checkNow = async (workerId: string) => {
    const { status, body } = await ask(workerId);
    assert.equal(status, 202);
    return await carryOut(connected, body.runId);
  };
  return { connected, ask, checkNow };
}

async function carryOut({ engine, database, scope }: ConnectedEntity, runId: string): Promise<StoredRun> {
  await runSync(engine, { customerId: scope.customerId, runId }, AbortSignal.timeout(60_000));
  const run = await tenantTransaction(database.db, scope, "app", (trx) =>
    findRun(trx, scope.customerId, runId),
  );
  assert.ok(run);
  return run;
}

test("a worker without an e-mail is created once they have one and are checked, and the issue is closed", async (t) => {
  const { connected, ask, checkNow } = await connectWithApi(t);
  const { control } = connected.simulator;
  const [noor, other] = [
    addWorker(connected, "Noor", { email: null }),
    addWorker(connected, "Piet", { email: null }),
  ];
  const ann = addWorker(connected, "Ann");
  await connected.sync("first");
  const missing = (workerId: string) => ["EMAIL_MISSING", workerId];
  assert.deepEqual(await openCodes(connected), [noor, other].toSorted().map(missing));

  const same = await checkNow(noor);
  assert.deepEqual([same.counts.failed, same.verdict], [1, "needs_attention"]);
  assert.deepEqual(await openCodes(connected), [noor, other].toSorted().map(missing));

  for (const [workerId, email] of [
    [noor, "noor@fietsen.example"],
    [other, "piet@fietsen.example"],
  ] as const)
    control.patchWorker(connected.number, workerId, { email });
  const [first, again] = [await ask(noor), await ask(noor)];
  assert.equal(first.status, 202);
  assert.deepEqual(again.body, first.body, "asking twice is asking once");
  const run = await carryOut(connected, first.body.runId);
  assert.deepEqual([run.trigger, run.counts.created, run.verdict], ["person", 1, "in_order"]);
  assert.equal((await personOf(connected, noor)).email, "noor@fietsen.example");
  assert.deepEqual(await openCodes(connected), [missing(other)], "nobody else was looked at");

  assert.deepEqual((await ask("w-made-up")).body.code, "NOT_FOUND");
  assert.equal((await checkNow(ann)).counts.unchanged, 1, "whoever is linked is checked alike");
  await connected.rows("update connections set state = 'paused'");
  const paused = await ask(noor);
  assert.deepEqual([paused.status, paused.body.code], [409, "WRONG_STATE"]);
});

test("in selective mode only those who were chosen are checked", async (t) => {
  const { connected, ask } = await connectWithApi(t);
  const noor = addWorker(connected, "Noor", { email: null });
  await connected.sync("first");
  await connected.rows("update connections set mode = 'selective'");
  const choose = (choice: string) =>
    connected.rows(
      `insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at) values ($1, $2, $3, $4, now())
       on conflict (customer_id, entity_id, worker_id) do update set choice = excluded.choice`,
      [connected.scope.customerId, connected.entityId, noor, choice],
    );
  assert.equal((await ask(noor)).status, 409);
  for (const choice of ["waiting", "excluded", "released"]) {
    await choose(choice);
    assert.deepEqual([(await ask(noor)).status, choice], [409, choice]);
  }
  await choose("selected");
  assert.equal((await ask(noor)).status, 202);
});

test("a check of one newcomer gives the same result as a run of the whole listing", async (t) => {
  const { connected, checkNow } = await connectWithApi(t);
  const { control } = connected.simulator;
  const [ann, bram] = [
    addWorker(connected, "Ann"),
    addWorker(connected, "Bram", { email: "ann@fietsen.example" }),
  ];
  const cleo = addWorker(connected, "Cleo");
  const noor = addWorker(connected, "Noor", { email: null });
  await connected.sync("first");
  const codeOf = async (workerId: string) =>
    (await openCodes(connected)).flatMap(([code, id]) => (id === workerId ? [code] : []));
  const listed = async () => {
    const alone = await codeOf(noor);
    await connected.sync();
    assert.deepEqual(await codeOf(noor), alone, "the listing says the same");
    return alone;
  };

  control.patchWorker(connected.number, noor, { email: "ann@fietsen.example" });
  assert.equal((await checkNow(noor)).counts.failed, 1, "an address that two others share");
  assert.deepEqual(await listed(), ["EMAIL_DUPLICATE_IN_LIANTIS"]);
  control.patchWorker(connected.number, noor, { email: "cleo@fietsen.example" });
  assert.equal((await checkNow(noor)).counts.failed, 1, "a colleague's address");
  // In the listing Cleo is unchanged and not read again: hers is simply taken.
  assert.deepEqual(await listed(), ["EMAIL_ALREADY_IN_USE_SAME_ENTITY"]);

  const byHand = { email: "noor@fietsen.example", firstName: "Noor", lastName: "Peeters" };
  const employeeId = await enterByHand(connected, byHand);
  control.patchWorker(connected.number, noor, { email: byHand.email, employeeNumber: "N-Cleo" });
  await connected.rows(
    "insert into unlinked_pairs (customer_id, entity_id, worker_id, employee_id, unlinked_at) values ($1, $2, $3, $4, now())",
    [connected.scope.customerId, connected.entityId, noor, employeeId],
  );
  assert.equal((await checkNow(noor)).counts.held, 1, "taken apart by hand");
  assert.deepEqual(await listed(), ["AMBIGUOUS_MATCH"]);
  await connected.rows("delete from unlinked_pairs");

  const writing: Writing = {
    actorKind: "account",
    actorId: newId(),
    customerId: connected.scope.customerId,
    now: control.now(),
    language: "en",
    myLiantisUrl: "",
  };
  const inApp = (work: Parameters<typeof tenantTransaction<void>>[3]) =>
    tenantTransaction(connected.database.db, connected.scope, "app", work);
  await inApp((trx) => deactivate(trx, writing, employeeId, "2026-11-20"));
  assert.equal((await checkNow(noor)).counts.held, 1, "somebody who left");
  assert.deepEqual(await listed(), ["REHIRE_OF_DEACTIVATED_USER"]);
  await inApp((trx) => reactivate(trx, writing, employeeId));
  const { counts } = await checkNow(noor);
  assert.equal(counts.linked, 1);
  assert.equal((await employee(connected, employeeId)).employee_number, null, "a colleague's number");
  assert.deepEqual(await listed(), ["PAYROLL_ID_DUPLICATE"]);
  for (const workerId of [ann, bram])
    assert.deepEqual(await codeOf(workerId), ["EMAIL_DUPLICATE_IN_LIANTIS"]);
  assert.equal((await personOf(connected, cleo)).email, "cleo@fietsen.example");
});
