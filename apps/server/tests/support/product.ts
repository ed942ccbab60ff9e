import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { TestContext } from "node:test";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { walkAuthorization } from "../../../simulator/src/consent-browser.ts";
import { type Simulator, startSimulator } from "../../../simulator/src/simulator.ts";
import { createApiKey } from "../../src/access/api-keys.ts";
import { startSession } from "../../src/access/sessions.ts";
import type { ActivationDeps } from "../../src/connection/activation-deps.ts";
import type { Liantis } from "../../src/liantis/liantis.ts";
import { newId } from "../../src/postgres/ids.ts";
import { startBoss } from "../../src/queue/boss.ts";
import type { Server } from "../../src/server.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { composeTestServer, testConfig } from "./test-server.ts";

export const publicUrl = "http://127.0.0.1:3999";

/** Activation with everything real behind it: database, queue, routes, and a simulated Liantis. */
export interface Product {
  database: TestDatabase;
  simulator: Simulator;
  deps: ActivationDeps;
  liantis: Liantis;
  app: FastifyInstance;
  clock: { now: Date };
  server: Server;
  engine: SyncEngine;
  /** What was logged, as JSON lines. */
  log: string[];
}

/** Opened once for a test file; it ends with the file. */
export async function openProduct(context: { after(work: () => Promise<void>): void }): Promise<Product> {
  const ends: (() => Promise<void>)[] = [];
  // Registered before the database's own end, so that nothing works on it any more when it is dropped.
  context.after(async () => {
    for (const end of ends.toReversed()) await end();
  });
  const simulator = await startSimulator({ redirectUris: [`${publicUrl}/api/v1/liantis/callback`] });
  ends.push(() => simulator.close());
  const database = await createTestDatabase(context as Pick<TestContext, "after">);
  const log: string[] = [];
  const logger = pino({ level: "trace" }, { write: (line: string) => void log.push(line) });
  const queue = await startBoss(database.url, { logger: pino({ level: "silent" }), supervise: false });
  ends.push(() => queue.stop({ graceful: false }));
  const clock = { now: new Date() };
  const server = await composeTestServer({ after: (end) => void ends.push(end) }, database, {
    config: testConfig(simulator, { ROLE: "web", PUBLIC_URL: publicUrl }),
    queue,
    logger,
    now: () => clock.now.getTime(),
    engine: {
      random: () => 0,
      pause: async () => {},
      retriesMax: 1,
      pageSize: 4,
      batchSize: 3,
    },
    activation: { runsLeft: async () => {} },
    app: { webDirectory: null, readiness: async () => ({ database: true, queue: true, migrations: true }) },
  });
  const { app, activation: deps, liantis, engine } = server;
  if (app === null) throw new Error("a web process has an app");
  return { database, simulator, server, deps, liantis, engine, app, clock, log };
}

/** Who asks: an admin in a browser, or a program with a key. */
export type Caller = { session: string } | { key: string };

export interface TestCustomer {
  customerId: string;
  entityId: string;
  accountId: string;
  adminEmail: string;
  customerName: string;
}

/** A customer with one entity and one admin. */
export async function createCustomer(
  { database, clock }: Product,
  options: {
    vatNumber?: string | null;
    available?: boolean;
    migrated?: boolean;
    confirmedNumber?: string | null;
    customerName?: string;
  } = {},
): Promise<TestCustomer> {
  const mark = randomBytes(4).toString("hex");
  const [customerId, entityId, accountId] = [newId(), newId(), newId()];
  const createdAt = clock.now.toISOString();
  const customerName = options.customerName ?? `Customer ${mark}`;
  const adminEmail = `admin-${mark}@example.be`;
  const { owner } = database;
  await owner.query("insert into customers values ($1, $2, 'nl', $3, $4, $5)", [
    customerId,
    customerName,
    options.migrated ?? false,
    (options.available ?? true) ? createdAt : null,
    createdAt,
  ]);
  await owner.query(
    "insert into entities (customer_id, entity_id, name, vat_number, confirmed_number, created_at) values ($1, $2, $3, $4, $5, $6)",
    [
      customerId,
      entityId,
      `Entity ${mark}`,
      options.vatNumber ?? null,
      options.confirmedNumber ?? null,
      createdAt,
    ],
  );
  await owner.query(
    "insert into accounts (account_id, email, customer_id, name, language, created_at) values ($1, $2, $3, 'An Admin', 'fr', $4)",
    [accountId, adminEmail, customerId, createdAt],
  );
  await owner.query("insert into memberships values ($1, 'admin', $2, null, true, $3)", [
    accountId,
    customerId,
    createdAt,
  ]);
  return { customerId, entityId, accountId, adminEmail, customerName };
}

export async function signIn(
  { database, clock }: Product,
  { accountId }: TestCustomer,
): Promise<Caller & { session: string }> {
  return { session: await startSession(database.db, accountId, clock.now) };
}

export async function apiKeyOf({ database, clock }: Product, { customerId }: TestCustomer): Promise<Caller> {
  return {
    key: await createApiKey(
      database.db,
      { customerId, role: "admin", entityIds: null, wages: false },
      clock.now,
    ),
  };
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: LightMyRequestResponse["headers"];
}

/** One call of the API. */
export async function call(
  { app }: Product,
  caller: Caller,
  request: { method: "GET" | "POST" | "PUT" | "PATCH"; path: string; body?: object; language?: string },
): Promise<Answer> {
  const who =
    "key" in caller
      ? { authorization: `Bearer ${caller.key}` }
      : { cookie: `session=${caller.session}`, origin: publicUrl };
  const response = await app.inject({
    method: request.method,
    url: `/api/v1${request.path}`,
    headers: {
      ...who,
      ...(request.method === "GET" ? {} : { "content-type": "application/json" }),
      "accept-language": request.language ?? "en",
    },
    ...(request.method === "GET" ? {} : { payload: JSON.stringify(request.body ?? {}) }),
  });
  return { status: response.statusCode, body: response.json(), headers: response.headers };
}

export function startConsent(product: Product, caller: Caller, { entityId }: TestCustomer): Promise<Answer> {
  return call(product, caller, { method: "POST", path: `/entities/${entityId}/liantis/activation` });
}

/** Brings the browser back from Liantis and answers where it ends. */
export async function comeBack(product: Product, back: URL, cookies: string): Promise<URL> {
  const response = await product.app.inject({
    method: "GET",
    url: `${back.pathname}${back.search}`,
    headers: { cookie: cookies },
  });
  if (response.statusCode !== 303)
    throw new Error(`the callback answered ${response.statusCode}: ${response.body}`);
  return new URL(String(response.headers.location));
}

/** The admin is a main user of the employer, and gives the consent in their own browser. */
export async function grantConsent(
  product: Product,
  {
    employer,
    customer,
    caller,
  }: { employer: { mainUser: string }; customer: TestCustomer; caller: { session: string } },
): Promise<void> {
  const { body } = await startConsent(product, caller, customer);
  const back = await walkAuthorization(String(body["authorizationUrl"]), { username: employer.mainUser });
  const landed = await comeBack(product, back, `session=${caller.session}`);
  assert.equal(landed.searchParams.get("activation"), "granted");
}

export interface ConnectionFacts {
  state: string;
  mode: string | null;
  enterprise_number: string | null;
  paused_reason: string | null;
  last_activation_error: { code: string; params?: Record<string, string> } | null;
}

export async function connectionOf(
  { database }: Product,
  { entityId }: TestCustomer,
): Promise<ConnectionFacts | undefined> {
  const { rows } = await database.owner.query<ConnectionFacts>(
    "select * from connections where entity_id = $1",
    [entityId],
  );
  return rows[0];
}

export async function rowsOf<Row extends object>(
  { database }: Product,
  query: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await database.owner.query<Row>(query, values)).rows;
}
