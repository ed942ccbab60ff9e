import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { cancelOpenRuns } from "../../src/runs/cancel-run.sql.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity, serverWithQueue } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker, openCodes, personOf } from "../support/people.ts";

/** Carries a run about one worker to its end. */
async function check(connected: ConnectedEntity, workerId: string): Promise<StoredRun> {
  const { customerId } = connected.scope;
  const runId = newId();
  const now = connected.simulator.control.now();
  const inApp = <T>(work: Parameters<typeof tenantTransaction<T>>[3]) =>
    tenantTransaction(connected.database.db, connected.scope, "app", work);
  const run = {
    customerId,
    runId,
    entityId: connected.entityId,
    kind: "person",
    trigger: "person",
    now,
    workerId,
  } as const;
  await inApp((trx) => insertRun(trx, run));
  await runSync(connected.engine, { customerId, runId }, AbortSignal.timeout(60_000));
  const ended = await inApp((trx) => findRun(trx, customerId, runId));
  assert.ok(ended);
  return ended;
}

test("checking one person applies their changes and touches no other person", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ann, bram, cleo] = ["Ann", "Bram", "Cleo"].map((name) => addWorker(connected, name));
  assert.ok(ann && bram && cleo);
  control.patchWorker(connected.number, ann, { employeeNumber: null });
  control.patchWorker(connected.number, bram, { employeeNumber: null });
  await connected.sync("first");
  const before = await connected.rows("select last_success_at from connections");
  control.patchWorker(connected.number, ann, { firstName: "Anna", employeeNumber: "N-1" });
  control.patchWorker(connected.number, bram, { firstName: "Bram II" });
  control.removeWorker(connected.number, cleo);
  control.setClock("2026-11-20T11:00:00Z");

  const run = await check(connected, ann);
  assert.deepEqual([run.status, run.verdict, run.workerId], ["finished", "in_order", ann]);
  assert.deepEqual([run.counts.fetched, run.counts.updated, run.counts.absent], [1, 1, 0]);
  assert.equal((await personOf(connected, ann)).first_name, "Anna");
  assert.equal((await personOf(connected, bram)).first_name, "Bram");
  assert.deepEqual(await openCodes(connected), [["PAYROLL_ID_MISSING", bram]]);
  assert.deepEqual(await connected.rows("select last_success_at from connections"), before);
  assert.deepEqual(await connected.rows("select from links where absent_since is not null"), []);

  const again = await check(connected, ann);
  assert.deepEqual([again.counts.fetched, again.counts.unchanged], [1, 1]);
  assert.deepEqual(await connected.rows("select from changes where run_id = $1", [again.runId]), []);

  const gone = await check(connected, cleo);
  assert.deepEqual([gone.verdict, gone.counts.fetched, gone.counts.absent], ["in_order", 0, 1]);
  assert.equal((await personOf(connected, cleo)).first_name, "Cleo");
  assert.deepEqual(await connected.rows("select from links where absent_since is not null"), []);
  assert.deepEqual(await connected.rows("select from staged_workers"), []);
});

test("one person's check neither passes a shared address nor opens issues of the whole connection", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ann, bram] = [
    addWorker(connected, "Ann"),
    addWorker(connected, "Bram", { email: "ann@fietsen.example" }),
  ];
  const cleo = addWorker(connected, "Cleo");
  await connected.sync("first");
  const shared = [
    ["EMAIL_DUPLICATE_IN_LIANTIS", ann],
    ["EMAIL_DUPLICATE_IN_LIANTIS", bram],
  ];
  const paramsOf = () =>
    connected.rows("select worker_id, params from issues where status = 'open' order by 1");
  const params = await paramsOf();
  for (const workerId of [ann, bram]) {
    const { counts, verdict } = await check(connected, workerId);
    assert.deepEqual([counts.failed, counts.created, verdict], [1, 0, "needs_attention"]);
  }
  assert.deepEqual(await openCodes(connected), shared);
  assert.deepEqual(await paramsOf(), params, "the issues stay the same");
  // A person who is given an address that two others share does not get it either.
  control.patchWorker(connected.number, cleo, { email: "ann@fietsen.example" });
  assert.equal((await check(connected, cleo)).counts.unchanged, 1);
  assert.equal((await personOf(connected, cleo)).email, "cleo@fietsen.example");
  // Another address is judged by itself.
  control.patchWorker(connected.number, bram, { email: "bram@fietsen.example" });
  assert.equal((await check(connected, bram)).counts.created, 1);

  control.armFault({ kind: "unavailable", always: true });
  const failed = await check(connected, bram);
  assert.deepEqual([failed.verdict, failed.errorCode], ["failed", "LIANTIS_UNAVAILABLE"]);
  assert.ok((await openCodes(connected)).every(([code]) => code !== "LIANTIS_UNAVAILABLE"));
  control.clearFaults();
  control.setConsent(connected.number, "revoked");
  const revoked = await check(connected, bram);
  assert.deepEqual([revoked.verdict, revoked.errorCode], ["failed", "CONSENT_REVOKED"]);
  const state = await connected.rows("select state, paused_reason from connections");
  assert.deepEqual(state, [{ state: "paused", paused_reason: "consent_revoked" }]);
});

test("in selective mode a worker who is not selected is not fetched", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const ann = addWorker(connected, "Ann");
  await connected.sync("first");
  await connected.rows("update connections set mode = 'selective'");
  connected.simulator.control.clearRequests();
  assert.equal((await check(connected, ann)).counts.waiting, 1);
  const choose = (choice: string) =>
    connected.rows(
      `insert into choices (customer_id, entity_id, worker_id, choice, first_seen_at) values ($1, $2, $3, $4, now())
       on conflict (customer_id, entity_id, worker_id) do update set choice = excluded.choice`,
      [connected.scope.customerId, connected.entityId, ann, choice],
    );
  await choose("released");
  assert.equal((await check(connected, ann)).counts.excluded, 1);
  assert.deepEqual(connected.simulator.control.requests(), []);
  await choose("selected");
  assert.equal((await check(connected, ann)).counts.unchanged, 1);
});

test("checked within 5 seconds at a provider that takes a second, beside a long run; twice is once", async (context) => {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 30, pageSize: 1 });
  const engine = { ...connected.engine, pageSize: 100 };
  const first = await connected.queue("first");
  await runSync(engine, first, AbortSignal.timeout(60_000));
  const server = await serverWithQueue(t, connected);
  t.after(() => server.queue.stop({ graceful: true, timeout: 5_000 }));
  const { control } = server;
  await server.startWorkers();
  const actor = { actorKind: "account", actorId: newId() } as const;
  connected.simulator.control.armFault({ kind: "latency", always: true, latencyMs: 1000, path: "/" });
  const long = await control.requestSync(connected.scope, connected.entityId, actor);
  assert.ok(long.kind === "requested");
  const statusOf = async (runId: string) =>
    (await connected.rows<{ status: string }>("select status from runs where run_id = $1", [runId]))[0]
      ?.status;
  while ((await statusOf(long.runId)) !== "running");

  const [linked] = await connected.rows<{ employee_id: string; worker_id: string }>(
    "select * from links limit 1",
  );
  assert.ok(linked);
  connected.simulator.control.patchWorker(connected.number, linked.worker_id, { firstName: "Wiebe" });
  const askedAt = performance.now();
  const asked = await control.checkPerson(connected.scope, linked.employee_id, actor);
  assert.ok(asked.kind === "requested");
  assert.deepEqual(await control.checkPerson(connected.scope, linked.employee_id, actor), asked);
  while ((await statusOf(asked.runId)) !== "finished");
  assert.ok(performance.now() - askedAt < 5_000, "within five seconds");
  assert.equal((await personOf(connected, linked.worker_id)).first_name, "Wiebe");
  assert.equal(await statusOf(long.runId), "running", "the long run goes on");

  await tenantTransaction(connected.database.db, connected.scope, "app", (trx) =>
    cancelOpenRuns(trx, connected.scope.customerId, connected.entityId, connected.simulator.control.now()),
  );
  connected.simulator.control.clearFaults();
  await connected.rows("update connections set state = 'disabled'");
  assert.deepEqual(await control.checkPerson(connected.scope, linked.employee_id, actor), {
    kind: "not_possible",
  });
  await connected.rows("update connections set state = 'active'");
  await connected.rows("delete from links where employee_id = $1", [linked.employee_id]);
  assert.deepEqual(await control.checkPerson(connected.scope, linked.employee_id, actor), {
    kind: "not_possible",
  });
});

test("a hold of a person from the whole listing is not bypassed by a check of that person", async (t) => {
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { control } = connected.simulator;
  const [ann, bram] = [addWorker(connected, "Ann"), addWorker(connected, "Bram")];
  for (const name of ["Cleo", "Dirk", "Els", "Fien"]) addWorker(connected, name);
  await connected.sync("first");
  const [annBefore, bramBefore] = [await personOf(connected, ann), await personOf(connected, bram)];
  control.patchWorker(connected.number, ann, { email: bramBefore.email, employeeNumber: "N-Bram" });
  control.patchWorker(connected.number, bram, { email: annBefore.email, employeeNumber: "N-Ann" });
  await connected.sync();
  const asked = () =>
    connected.rows(
      "select worker_id, fingerprint, status from holds where worker_id <> '' order by created_at, worker_id",
    );
  const questions = await asked();
  assert.equal(questions.length, 2);
  for (const workerId of [ann, bram]) assert.equal((await check(connected, workerId)).counts.held, 1);
  assert.deepEqual(await asked(), questions, "the same is asked as before");
  assert.deepEqual(await personOf(connected, ann), annBefore);
  // Corrected at Liantis, the hold of this person closes by itself, and the other's stays.
  control.patchWorker(connected.number, ann, { email: annBefore.email, employeeNumber: "N-Ann" });
  assert.equal((await check(connected, ann)).counts.unchanged, 1);
  assert.deepEqual(
    (await connected.rows<{ worker_id: string }>("select worker_id from holds where status = 'open'")).map(
      (row) => row.worker_id,
    ),
    [bram],
  );
});
