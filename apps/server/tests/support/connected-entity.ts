import type { RunTrigger } from "@payflip/contract/syncs.ts";
import type { TestContext } from "node:test";
import { type Simulator, startSimulator } from "../../../simulator/src/simulator.ts";
import { newId } from "../../src/postgres/ids.ts";
import { type TenantScope, tenantTransaction } from "../../src/postgres/transaction.ts";
import { startBoss } from "../../src/queue/boss.ts";
import type { RunJob } from "../../src/runs/run-queue.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import type { ServerOverrides } from "../../src/server-overrides.ts";
import type { Server } from "../../src/server.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { composeTestServer, testConfig } from "./test-server.ts";

/** A customer with one connected entity, a simulated Liantis behind it, and the real engine over a real database. */
export interface ConnectedEntity {
  database: TestDatabase;
  simulator: Simulator;
  engine: SyncEngine;
  scope: TenantScope;
  entityId: string;
  number: string;
  /** Queues a run and carries it to its end; answers it as stored. */
  sync(trigger?: RunTrigger, options?: { acceptedHoldId?: string }): Promise<StoredRun>;
  /** Inserts a run without working on it. */
  queue(trigger?: RunTrigger): Promise<RunJob>;
  /** Rows as the superuser sees them. */
  rows<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>;
}

const enterpriseNumber = "0746748857";

export async function createConnectedEntity(
  t: Pick<TestContext, "after">,
  {
    workers = 25,
    pageSize = 10,
    batchSize = 7,
    seed = 1,
  }: { workers?: number; pageSize?: number; batchSize?: number; seed?: number } = {},
): Promise<ConnectedEntity> {
  const database = await createTestDatabase(t);
  const simulator = await startSimulator({
    seed,
    now: "2026-11-20T10:00:00Z",
    redirectUris: ["http://127.0.0.1/api/v1/liantis/callback"],
  });
  t.after(() => simulator.close());
  simulator.control.createEmployer({
    enterpriseNumber: enterpriseNumber,
    name: "Fietsen De Vos",
    workers,
    seed,
    consent: "granted",
  });
  const server = await composeTestServer(t, database, {
    config: testConfig(simulator),
    now: () => Date.parse(simulator.control.now()),
    provider: { headersTimeoutMs: 1000, bodyTimeoutMs: 1000 },
    engine: {
      random: () => 0,
      pause: async () => {},
      retriesMax: 1,
      pageSize,
      batchSize,
    },
  });
  const customerId = newId();
  const entityId = await connectEntity(database, {
    customerId,
    name: "Fietsen De Vos",
    number: enterpriseNumber,
  });
  const scope: TenantScope = { customerId, entityIds: "all" };
  const { engine } = server;
  return {
    database,
    simulator,
    engine,
    scope,
    entityId,
    number: enterpriseNumber,
    ...runsOf(database, server, scope, entityId),
  };
}

function runsOf(
  database: TestDatabase,
  server: Server,
  scope: TenantScope,
  entityId: string,
): Pick<ConnectedEntity, "sync" | "queue" | "rows"> {
  const { customerId } = scope;
  const queue = (trigger: RunTrigger = "manual", options: { acceptedHoldId?: string } = {}) =>
    server.queueRun({ customerId, entityId, trigger, ...options });
  return {
    queue,
    sync: async (trigger = "manual", options = {}) => {
      const key = await queue(trigger, options);
      await server.carryOut(key, AbortSignal.timeout(60_000));
      const run = await tenantTransaction(database.db, scope, "app", (trx) =>
        findRun(trx, customerId, key.runId),
      );
      if (!run) throw new Error("the run is gone");
      return run;
    },
    rows: async <Row extends object>(query: string, values: unknown[] = []) =>
      (await database.owner.query<Row>(query, values)).rows,
  };
}

/** The server of a connected entity with a real queue, which nothing works on before `startWorkers`. */
export async function serverWithQueue(
  t: { after(end: () => Promise<void>): void },
  { database, simulator, engine }: ConnectedEntity,
  { role = "worker", ...overrides }: ServerOverrides & { role?: "web" | "worker" } = {},
): Promise<Server> {
  const queue = await startBoss(database.url, { logger: engine.logger, supervise: false });
  t.after(() => queue.stop({ graceful: false }));
  return await composeTestServer(t, database, {
    config: testConfig(simulator, { ROLE: role }),
    queue,
    now: engine.now,
    engine,
    ...overrides,
    jobs: { lanes: [{ workers: 1, takes: ["urgent", "nightly", "long"] }], ...overrides.jobs },
  });
}

/** A customer's entity with an active connection in full mode, as activation leaves it. */
export async function connectEntity(
  { db }: TestDatabase,
  {
    customerId,
    name,
    number,
    entityId = newId(),
  }: { customerId: string; name: string; number: string; entityId?: string },
): Promise<string> {
  const createdAt = new Date().toISOString();
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await trx
      .insertInto("customers")
      .values({
        customer_id: customerId,
        name,
        language: "nl",
        created_at: createdAt,
        liantis_available_at: createdAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await trx
      .insertInto("entities")
      .values({
        customer_id: customerId,
        entity_id: entityId,
        name,
        created_at: createdAt,
        vat_number: number,
        email_domain: null,
        confirmed_number: number,
        confirmed_at: createdAt,
      })
      .execute();
    await trx
      .insertInto("connections")
      .values({
        customer_id: customerId,
        entity_id: entityId,
        state: "active",
        mode: "full",
        enterprise_number: number,
        paused_reason: null,
        last_success_at: null,
        last_scheduled_date: null,
        activated_at: createdAt,
        updated_at: createdAt,
      })
      .execute();
  });
  return entityId;
}
