import type { RunTrigger } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import process from "node:process";
import type { TestContext } from "node:test";
import pg from "pg";
import { moveConnection } from "../../src/connection/connections.sql.ts";
import { isBalanced } from "../../src/domain/plan/counts.ts";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { insertPreview } from "../../src/preview/previews.sql.ts";
import { createRunQueue } from "../../src/queue/boss.ts";
import { requestRun } from "../../src/runs/request-run.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import { runSync } from "../../src/sync/run.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { finalState } from "./final-state.ts";
import { type CommitWatch, startSyncWorker, type SyncWorker, type WorkerSettings } from "./sync-worker.ts";
import type { KillPlace } from "./worker.ts";

/** A named moment of an undisturbed run at which a worker can be killed. */
export interface NamedPlace extends KillPlace {
  name: string;
}

/** One story of a run, told undisturbed once, and then again with workers that die. */
export interface KillableRun {
  /** The moments around every commit that moved the undisturbed run on. */
  places: NamedPlace[];
  /** Kills a worker at the place, lets a second one take the run over, and compares how it ended. */
  assertSurvives(t: TestContext, place: KillPlace): Promise<void>;
}

type Story = "first load" | "changed run" | "confirmed preview";

const now = "2026-11-20T10:00:00Z";

export async function prepareKillableRun(t: TestContext, story: Story): Promise<KillableRun> {
  const connected = await createConnectedEntity(t, { workers: 25 });
  const trigger: RunTrigger = story === "first load" ? "first" : "nightly";
  if (story !== "first load") {
    await connected.sync("first");
    changeEverything(connected);
  }
  if (story === "confirmed preview") await confirmPreview(connected);
  const undisturbed = await copyOf(connected, t);
  const whereabouts: string[] = [];
  const ended = Promise.withResolvers<void>();
  const after: CommitWatch["after"] = async () => {
    whereabouts.push(await whereabout(undisturbed));
  };
  const worker = await startSyncWorker(settingsOf(connected, undisturbed), () => ended.resolve(), { after });
  const runId = await ask(connected, worker, trigger);
  await worker.work();
  await ended.promise;
  await worker.close();
  const wanted = await finalState(undisturbed.owner, runId);
  return {
    places: whereabouts.flatMap((where, index) => placesAround(where, index + 1)),
    assertSurvives: (test, killed) => assertSurvives(test, { connected, trigger, wanted }, killed),
  };
}

/** Changes for every kind of write: names, e-mails, wages, a withdrawn contract, newcomers, an absent person, issues. */
function changeEverything({ simulator: { control }, number }: ConnectedEntity): void {
  const ids = control.workerIds(number);
  for (const [index, workerId] of ids.entries()) {
    const contracts = Object(control.worker(number, workerId)).wageContracts as Record<string, unknown>[];
    if (index % 3 === 0) control.patchWorker(number, workerId, { firstName: `Anders${index}` });
    if (index % 4 === 0) control.patchWorker(number, workerId, { email: `anders${index}@fietsen.example` });
    if (index % 5 === 0) {
      const raised = contracts.map((one) => ({ ...one, employerSocialSecurityPercentage: "31.50" }));
      control.patchWorker(number, workerId, { wageContracts: raised });
    }
    if (index === 7) control.patchWorker(number, workerId, { wageContracts: [] });
    if (index === 9) control.patchWorker(number, workerId, { email: "geen adres" });
    if (index === 11) control.removeWorker(number, workerId);
  }
  for (const firstName of ["Nele", "Noor", "Nina"]) {
    const email = `${firstName.toLowerCase()}@fietsen.example`;
    control.addWorker(number, { firstName, lastName: "Nieuw", email, employmentStartDate: "2026-11-02" });
  }
}

/** A change to selective mode that was looked at and confirmed: the next run compares, and puts it in force. */
async function confirmPreview({
  engine,
  scope,
  entityId,
  simulator,
  number,
}: ConnectedEntity): Promise<void> {
  const { customerId } = scope;
  const previewId = newId();
  const workerIds = simulator.control.workerIds(number).slice(0, 20);
  const order = { mode: "selective", workerIds, differsFrom: null, requestedBy: null } as const;
  await tenantTransaction(engine.db, scope, "app", async (trx) => {
    await insertRun(trx, {
      customerId,
      entityId,
      runId: previewId,
      kind: "preview",
      trigger: "mode",
      now,
    });
    await insertPreview(trx, {
      customerId,
      entityId,
      previewId,
      ...order,
      now,
      expiresAt: "2026-11-27T10:00:00Z",
    });
  });
  await runSync(engine, { customerId, runId: previewId }, AbortSignal.timeout(60_000));
  await tenantTransaction(engine.db, scope, "app", (trx) =>
    moveConnection(trx, customerId, entityId, {
      fromStates: ["active"],
      nextState: "active",
      now: now,
      confirming: { previewId, stateBefore: "active", modeBefore: "full" },
    }),
  );
}

interface Copy {
  url: string;
  owner: pg.Pool;
}

/** A copy of the database as it is now. */
async function copyOf(connected: ConnectedEntity, t: Pick<TestContext, "after">): Promise<Copy> {
  const name = `test_${newId().replaceAll("-", "")}`;
  const source = new URL(connected.database.ownerUrl).pathname.slice(1);
  const admin = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: inDatabase(connected.database.ownerUrl, "postgres") });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await admin(
    // Copies are made one at a time, of a database without connections.
    "select pg_advisory_lock(4712)",
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}'`,
    `create database ${name} template ${source} strategy file_copy`,
  );
  const owner = new pg.Pool({ connectionString: inDatabase(connected.database.ownerUrl, name), max: 2 });
  owner.on("error", () => {});
  t.after(async () => {
    await owner.end();
    await admin(`drop database ${name} with (force)`);
  });
  return { url: inDatabase(connected.database.url, name), owner };
}

function inDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

function settingsOf({ simulator }: ConnectedEntity, copy: Copy): WorkerSettings {
  const { url, issuerUrl, myUrl, clientId, clientSecret } = simulator;
  const liantis = { apiUrl: url, issuerUrl, myLiantisUrl: myUrl, clientId, clientSecret };
  return { databaseUrl: copy.url, liantis, now };
}

function placesAround(where: string, commit: number): NamedPlace[] {
  const moments = ["before", "after"] as const;
  return moments.map((moment) => ({ moment, commit, name: `${moment} commit ${commit} (${where})` }));
}

/** How far the run is that was asked for last. */
async function whereabout(copy: Copy): Promise<string> {
  const { rows } = await copy.owner.query<{ text: string }>(`
    select concat_ws(', ', status, phase, 'page ' || pages, 'change ' || change_seq, 'person ' || apply_after) as text
    from runs order by run_id desc limit 1`);
  return rows[0]?.text ?? "no run";
}

async function ask(
  { scope, entityId }: ConnectedEntity,
  worker: SyncWorker,
  trigger: RunTrigger,
): Promise<string> {
  const request = { customerId: scope.customerId, entityId, trigger, requestedBy: null, now };
  const run = await tenantTransaction(worker.handle.db, scope, "app", (trx) =>
    requestRun(createRunQueue(worker.boss), trx, request),
  );
  assert.ok(run && !run.joined);
  return run.runId;
}

interface Expected {
  connected: ConnectedEntity;
  trigger: RunTrigger;
  wanted: unknown;
}

async function assertSurvives(
  t: TestContext,
  { connected, trigger, wanted }: Expected,
  killed: KillPlace,
): Promise<void> {
  const copy = await copyOf(connected, t);
  const settings = settingsOf(connected, copy);
  const ended = Promise.withResolvers<void>();
  const second = await startSyncWorker(settings, () => ended.resolve());
  const runId = await ask(connected, second, trigger);
  try {
    await killedWorker(settings, killed);
    await second.work();
    await ended.promise;
    const run = await tenantTransaction(second.handle.db, connected.scope, "app", (trx) =>
      findRun(trx, connected.scope.customerId, runId),
    );
    assert.ok(run);
    assertWhole(run);
    assert.deepEqual(await finalState(copy.owner, runId), wanted);
  } finally {
    await second.close();
  }
}

function assertWhole(run: StoredRun): void {
  assert.equal(run.status, "finished");
  assert.ok(isBalanced(run.counts), JSON.stringify(run.counts));
}

/** A worker in a process of its own that dies at the place. */
async function killedWorker(settings: WorkerSettings, killed: KillPlace): Promise<void> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "worker.ts")], {
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, WORKER_SETTINGS: JSON.stringify(settings), KILL_PLACE: JSON.stringify(killed) },
  });
  const { promise, resolve, reject } = Promise.withResolvers<NodeJS.Signals | number | null>();
  child.once("error", reject);
  child.once("exit", (code, signal) => resolve(signal ?? code));
  assert.equal(await promise, "SIGKILL", "the worker came past the place alive");
}
