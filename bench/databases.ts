import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../apps/server/src/postgres/embedded.ts";
import { floorTables } from "./floor-tables.ts";
import type { Tenant } from "./messages.ts";

export interface BenchCluster {
  /** The data directory: its processes are found by it. */
  directory: string;
  /** A fresh database with our tables, the floor's, and two customers. */
  createDatabase(name: string): Promise<BenchDatabase>;
  /** Writes dirty pages to disk, so that no measurement pays for the one before. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchDatabase {
  /** Signs in as the runtime's role. */
  url: string;
  measured: Tenant;
  warmUp: Tenant;
  /** Rows as the superuser sees them. */
  rows<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** The embedded PostgreSQL with the durable settings of production, on a data directory of its own. */
export async function startCluster(): Promise<BenchCluster> {
  const cluster = await startEmbeddedDatabase(path.resolve(import.meta.dirname, "../var/bench"));
  const admin = new pg.Pool({ connectionString: cluster.ownerUrl, max: 1 });
  await dropLeftovers(admin);
  await admin.query(`create database ${template}`);
  migrate(inDatabase(cluster.ownerUrl, template));
  await withClient(inDatabase(cluster.ownerUrl, template), (client) => client.query(floorTables));
  return {
    directory: cluster.directory,
    createDatabase: (name) => createDatabase(cluster, admin, name),
    settle: async () => {
      await admin.query("checkpoint");
    },
    stop: async () => {
      await admin.query(`drop database ${template}`);
      await admin.end();
      await cluster.stop();
    },
  };
}

const template = "bench_template";

/** By the command line, as an operator does. */
function migrate(ownerUrl: string): void {
  const program = path.resolve(import.meta.dirname, "../apps/server/src/cli.ts");
  execFileSync(process.execPath, [program, "migrate"], { env: { DATABASE_URL: ownerUrl }, stdio: "pipe" });
}

/** Drops the databases of an interrupted benchmark. */
async function dropLeftovers(admin: pg.Pool): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select datname as name from pg_database where datname like 'bench\\_%'",
  );
  for (const { name } of rows) await admin.query(`drop database ${name} with (force)`);
}

async function createDatabase(
  cluster: EmbeddedDatabase,
  admin: pg.Pool,
  suffix: string,
): Promise<BenchDatabase> {
  const name = `bench_${suffix}`;
  await admin.query(`create database ${name} template ${template}`);
  const owner = new pg.Pool({ connectionString: inDatabase(cluster.ownerUrl, name), max: 1 });
  return {
    url: inDatabase(cluster.url, name),
    measured: await createTenant(owner, "0746748857"),
    warmUp: await createTenant(owner, "0203201340"),
    rows: async <Row extends object>(query: string, values: unknown[] = []) =>
      (await owner.query<Row>(query, values)).rows,
    drop: async () => {
      await owner.end();
      await admin.query(`drop database ${name}`);
    },
  };
}

/** A customer with one entity and an active connection, as activation leaves it. */
async function createTenant(owner: pg.Pool, enterpriseNumber: string): Promise<Tenant> {
  const tenant = { customerId: randomUUID(), entityId: randomUUID(), enterpriseNumber };
  const ids = [tenant.customerId, tenant.entityId];
  const createdAt = new Date().toISOString();
  await owner.query(
    "insert into customers (customer_id, name, language, created_at) values ($1, 'Fietsen De Vos', 'nl', $2)",
    [tenant.customerId, createdAt],
  );
  await owner.query(
    "insert into entities (customer_id, entity_id, name, created_at) values ($1, $2, 'Fietsen De Vos', $3)",
    [...ids, createdAt],
  );
  await owner.query(
    `insert into connections (customer_id, entity_id, state, mode, enterprise_number, updated_at)
     values ($1, $2, 'active', 'full', $3, $4)`,
    [...ids, enterpriseNumber, createdAt],
  );
  return tenant;
}

function inDatabase(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
