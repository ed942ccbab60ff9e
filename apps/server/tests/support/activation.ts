import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { TestContext } from "node:test";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import type { PgBoss } from "pg-boss";
import { pino } from "pino";
import { walkAuthorization } from "../../../simulator/src/consent-browser.ts";
import { type Simulator, startSimulator } from "../../../simulator/src/simulator.ts";
import { createApiKey } from "../../src/access/api-keys.ts";
import { startSession } from "../../src/access/sessions.ts";
import type { ActivationDeps } from "../../src/connection/activation-deps.ts";
import { newId } from "../../src/postgres/ids.ts";
import { buildApp } from "../../src/routes.ts";
import type { AppDeps } from "../../src/web/app-deps.ts";
import { enqueueMail, startBoss } from "../../src/queue/boss.ts";
import { requestDecidedRun, requestPreviewRun, restartRun } from "../../src/queue/decided-run.ts";
import { createLiantis, type Liantis } from "../../src/liantis/liantis.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export const publicUrl = "http://127.0.0.1:3999";

/** Activation with everything real behind it: database, queue, routes, and a simulated Liantis. */
export interface ActivationHouse {
  database: TestDatabase;
  simulator: Simulator;
  deps: ActivationDeps;
  liantis: Liantis;
  app: FastifyInstance;
  clock: { now: Date };
}

/** Opened once for a test file; it ends with the file. */
export async function openActivationHouse(context: {
  after(work: () => Promise<void>): void;
}): Promise<ActivationHouse> {
  const stops: (() => Promise<unknown>)[] = [];
  // Registered before the database's own end, so that nobody works on it any more when it is dropped.
  context.after(async () => {
    for (const stop of stops) await stop();
  });
  const simulator = await startSimulator({ redirectUris: [`${publicUrl}/api/v1/liantis/callback`] });
  const database = await createTestDatabase(context as Pick<TestContext, "after">);
  const logger = pino({ level: "silent" });
  const boss = await startBoss(database.url, { logger, supervise: false });
  const liantis = createLiantis({
    apiUrl: simulator.url,
    issuerUrl: simulator.issuerUrl,
    myLiantisUrl: simulator.myUrl,
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
    retryPauseMs: 1,
  });
  const clock = { now: new Date() };
  const deps = activationDeps({ database, liantis, boss, logger, clock });
  const app = await buildTestApp(deps, simulator);
  stops.push(
    () => app.close(),
    () => liantis.close(),
    () => boss.stop({ graceful: false }),
    () => simulator.close(),
  );
  return { database, simulator, deps, liantis, app, clock };
}

function activationDeps(parts: {
  database: TestDatabase;
  liantis: Liantis;
  boss: PgBoss;
  logger: ActivationDeps["logger"];
  clock: { now: Date };
}): ActivationDeps {
  const { database, liantis, boss, logger, clock } = parts;
  return {
    db: database.db,
    liantis,
    keyRing: [{ id: "test", key: randomBytes(32) }],
    publicUrl,
    supportEmail: "support@payflip.example",
    logger,
    now: () => clock.now,
    requestRun: (trx, request) => requestDecidedRun(boss, trx, request),
    restartRun: (trx, request) => restartRun(boss, trx, request),
    requestPreview: (trx, request) => requestPreviewRun(boss, trx, request),
    runsLeft: async () => {},
    enqueueMail: (trx, mail) => enqueueMail(boss, trx, mail),
  };
}

/** The whole HTTP interface; nothing but activation is used of it. */
async function buildTestApp(activation: ActivationDeps, simulator: Simulator): Promise<FastifyInstance> {
  const logger = pino({ level: "silent" });
  const deps: AppDeps = {
    db: activation.db,
    logger,
    now: activation.now,
    publicUrl,
    keyRing: activation.keyRing,
    myLiantisUrl: simulator.myUrl,
    liantisIssuerUrl: simulator.issuerUrl,
    supportEmail: activation.supportEmail,
    oidc: null,
    webDirectory: null,
    readiness: async () => ({ database: true, queue: true, migrations: true }),
    sync: {
      requestSync: () => Promise.reject(new Error("not part of activation")),
      checkPerson: () => Promise.reject(new Error("not part of activation")),
      checkWorker: () => Promise.reject(new Error("not part of activation")),
      followPerson: () => Promise.reject(new Error("not part of activation")),
      watchRun: () => () => {},
      acceptHold: () => Promise.reject(new Error("not part of activation")),
      rejectHold: () => Promise.reject(new Error("not part of activation")),
    },
    activation,
  };
  return await buildApp(deps);
}

/** Who asks: an admin in a browser, or a program with a key. */
export type Caller = { session: string } | { key: string };

export interface House {
  customerId: string;
  entityId: string;
  accountId: string;
  adminEmail: string;
  customerName: string;
}

/** A customer with one entity and one admin. */
export async function createCustomer(
  { database, clock }: ActivationHouse,
  options: {
    vatNumber?: string | null;
    available?: boolean;
    migrated?: boolean;
    confirmedNumber?: string | null;
    customerName?: string;
  } = {},
): Promise<House> {
  const mark = randomBytes(4).toString("hex");
  const [customerId, entityId, accountId] = [newId(), newId(), newId()];
  const at = clock.now.toISOString();
  const customerName = options.customerName ?? `Customer ${mark}`;
  const adminEmail = `admin-${mark}@example.be`;
  const { owner } = database;
  await owner.query("insert into customers values ($1, $2, 'nl', $3, $4, $5)", [
    customerId,
    customerName,
    options.migrated ?? false,
    (options.available ?? true) ? at : null,
    at,
  ]);
  await owner.query(
    "insert into entities (customer_id, entity_id, name, vat_number, confirmed_number, created_at) values ($1, $2, $3, $4, $5, $6)",
    [customerId, entityId, `Entity ${mark}`, options.vatNumber ?? null, options.confirmedNumber ?? null, at],
  );
  await owner.query(
    "insert into accounts (account_id, email, customer_id, name, language, created_at) values ($1, $2, $3, 'An Admin', 'fr', $4)",
    [accountId, adminEmail, customerId, at],
  );
  await owner.query("insert into memberships values ($1, 'admin', $2, null, true, $3)", [
    accountId,
    customerId,
    at,
  ]);
  return { customerId, entityId, accountId, adminEmail, customerName };
}

export async function signIn(
  { database, clock }: ActivationHouse,
  { accountId }: House,
): Promise<Caller & { session: string }> {
  return { session: await startSession(database.db, accountId, clock.now) };
}

export async function apiKeyOf({ database, clock }: ActivationHouse, { customerId }: House): Promise<Caller> {
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
  { app }: ActivationHouse,
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

export function startConsent(house: ActivationHouse, caller: Caller, { entityId }: House): Promise<Answer> {
  return call(house, caller, { method: "POST", path: `/entities/${entityId}/liantis/activation` });
}

/** Brings the browser back from Liantis and answers where it ends. */
export async function comeBack(house: ActivationHouse, back: URL, cookies: string): Promise<URL> {
  const response = await house.app.inject({
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
  house: ActivationHouse,
  {
    employer,
    customer,
    caller,
  }: { employer: { mainUser: string }; customer: House; caller: { session: string } },
): Promise<void> {
  const { body } = await startConsent(house, caller, customer);
  const back = await walkAuthorization(String(body["authorizationUrl"]), { username: employer.mainUser });
  const landed = await comeBack(house, back, `session=${caller.session}`);
  assert.equal(landed.searchParams.get("activation"), "granted");
}

export interface StoredConnection {
  state: string;
  mode: string | null;
  enterprise_number: string | null;
  paused_reason: string | null;
  last_activation_error: { code: string; params?: Record<string, string> } | null;
}

export async function connectionOf(
  { database }: ActivationHouse,
  { entityId }: House,
): Promise<StoredConnection | undefined> {
  const { rows } = await database.owner.query<StoredConnection>(
    "select * from connections where entity_id = $1",
    [entityId],
  );
  return rows[0];
}

export async function rowsOf<Row extends object>(
  { database }: ActivationHouse,
  query: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await database.owner.query<Row>(query, values)).rows;
}
