import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import pg from "pg";
import { createCustomer } from "../apps/server/src/access/customers.ts";
import { hashPassword } from "../apps/server/src/access/password.ts";
import { readConfig } from "../apps/server/src/config.ts";
import { setLiantisAvailability } from "../apps/server/src/connection/availability.ts";
import { startServer } from "../apps/server/src/server.ts";
import { createTestDatabase, type TestDatabase } from "../apps/server/tests/support/database.ts";
import { lastInFirstOut } from "../apps/server/tests/support/last-in-first-out.ts";
import { type Simulator, startSimulator } from "../apps/simulator/src/simulator.ts";
import { freePort } from "../scripts/free-port.ts";

/** The whole product: server with its workers, web app, simulated Liantis and one customer. */
export interface Product {
  url: string;
  simulator: Simulator;
  database: TestDatabase;
  customerId: string;
  entityId: string;
  enterpriseNumber: string;
  admin: { email: string; password: string };
  /** Without a mail server, mails are written to this directory. */
  mailDirectory: string;
}

export interface StartOptions {
  language?: "nl" | "fr" | "en";
  workers?: number;
  vatNumber?: string | null;
  migratedFromFlexPlan?: boolean;
  /** Settings that replace those for the simulated Liantis. */
  settings?: Record<string, string>;
}

const enterpriseNumber = "1009001225";
const admin = { email: "hanne@fietsen.example", password: "een lang wachtwoord" };

export async function startProduct(
  context: Pick<TestContext, "after">,
  options: StartOptions = {},
): Promise<Product> {
  const t = lastInFirstOut(context);
  const database = await createTestDatabase(t);
  const port = await freePort("127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const simulator = await startSimulator({
    seed: 7,
    redirectUris: [`${url}/api/v1/liantis/callback`],
    signInRedirectUris: [`${url}/api/v1/session/oidc/callback`],
    idTokenAlgorithm: "RS256",
  });
  t.after(() => simulator.close());
  simulator.control.createEmployer({
    enterpriseNumber,
    name: "Fietsen De Vos",
    workers: options.workers ?? 24,
    seed: 7,
  });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-e2e-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await startServer(
    readConfig({ ...settings(database, simulator, { port, dataDir }), ...options.settings }),
  );
  t.after(() => server.close());
  const { customerId, entityIds } = await createCustomer(
    database.db,
    {
      name: "Fietsen De Vos Groep",
      language: options.language ?? "en",
      migratedFromFlexPlan: options.migratedFromFlexPlan ?? false,
      entities: [
        {
          name: "Fietsen De Vos",
          vatNumber: options.vatNumber === undefined ? `BE ${enterpriseNumber}` : options.vatNumber,
        },
      ],
      admins: [
        {
          email: admin.email,
          name: "Hanne De Vos",
          language: options.language ?? "en",
          entityPositions: null,
          passwordHash: await hashPassword(admin.password),
        },
      ],
    },
    new Date(),
  );
  await setLiantisAvailability(database.db, customerId, { available: true, now: new Date() });
  return {
    url,
    simulator,
    database,
    customerId,
    entityId: entityIds[0] ?? "",
    enterpriseNumber,
    admin,
    mailDirectory: path.join(dataDir, "mails"),
  };
}

function settings(
  database: TestDatabase,
  simulator: Simulator,
  { port, dataDir }: { port: number; dataDir: string },
) {
  return {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: String(port),
    LIANTIS_API_URL: simulator.url,
    LIANTIS_ISSUER_URL: simulator.issuerUrl,
    LIANTIS_CLIENT_ID: simulator.clientId,
    LIANTIS_CLIENT_SECRET: simulator.clientSecret,
    MYLIANTIS_URL: simulator.myUrl,
    OIDC_ISSUER_URL: simulator.signIn.issuerUrl,
    OIDC_CLIENT_ID: simulator.signIn.clientId,
    OIDC_CLIENT_SECRET: simulator.signIn.clientSecret,
    SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    LOG_LEVEL: "silent",
  };
}

export interface RunRecord {
  id: string;
  status: string;
  verdict: string | null;
  counts: Record<string, number>;
}

/** The run that was created last, as stored. Previews do not count. */
export async function newestRun(product: Product): Promise<RunRecord> {
  const run = await findNewestRun(product);
  if (!run) throw new Error("The product has no run yet.");
  return run;
}

async function findNewestRun({ database }: Product): Promise<RunRecord | undefined> {
  const { rows } = await database.owner.query<RunRecord>(
    "select run_id as id, status, verdict, counts from runs where kind <> 'preview' order by created_at desc, run_id desc limit 1",
  );
  return rows[0];
}

/** Starts listening for ended runs. `wait` resolves once a run newer than the present one has ended. */
export async function untilNextRunEnds(product: Product): Promise<{ wait(): Promise<RunRecord> }> {
  const before = await findNewestRun(product);
  const client = new pg.Client({ connectionString: product.database.ownerUrl });
  await client.connect();
  await client.query("listen run_changed");
  const wait = async () => {
    try {
      for (;;) {
        const changed = once(client, "notification", { signal: AbortSignal.timeout(30_000) });
        changed.catch(() => {});
        const run = await findNewestRun(product);
        if (run && run.id !== before?.id && run.status === "finished") return run;
        await changed;
      }
    } finally {
      await client.end();
    }
  };
  return { wait };
}
