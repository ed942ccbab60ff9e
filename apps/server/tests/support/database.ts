import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { type DatabaseHandle, openDatabase } from "../../src/postgres/database.ts";
import { startEmbeddedDatabase } from "../../src/postgres/embedded.ts";
import { newId } from "../../src/postgres/ids.ts";
import { migrateTables } from "../../src/postgres/migrate.ts";
import { installQueues } from "../../src/queue/queues.sql.ts";
import { giveBack, inCluster, takeSpare, watchOverCopies } from "./spare-databases.ts";

export interface TestDatabase extends DatabaseHandle {
  /** Signs in as the runtime's role. */
  url: string;
  /** Signs in as the superuser, past every policy: for looking at what was written. */
  ownerUrl: string;
  owner: pg.Pool;
  /** Connections of their own to the same database; the caller closes them. */
  openAgain(options: { connectionsMax: number }): DatabaseHandle;
}

/**
 * A database of its own for one test, or one test file: real PostgreSQL, migrated, empty. Made from a template that is
 * migrated once per version of the migrations, or of a database that an earlier test is done with.
 */
export async function createTestDatabase(context: {
  after(end: () => unknown): void;
}): Promise<TestDatabase> {
  cluster ??= readyCluster();
  const { clusterUrl, template } = await cluster;
  const name = `test_${newId().replaceAll("-", "")}`;
  if (!(await takeSpare(clusterUrl, name))) {
    // The template's files are copied: for a database this small that is a fraction of writing each page to the log.
    await inCluster(clusterUrl, [`create database ${name} template ${template} strategy file_copy`]);
  }
  const ownerUrl = databaseUrl(clusterUrl, name);
  const url = databaseUrl(clusterUrl, name, "payflip_app");
  const handle = openDatabase(url);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  owner.on("error", () => {});
  context.after(async () => {
    await handle.close();
    await owner.end();
    giveBack(clusterUrl, name);
  });
  const openAgain = ({ connectionsMax }: { connectionsMax: number }) =>
    openDatabase(url, { max: connectionsMax });
  return { ...handle, url, ownerUrl, owner, openAgain };
}

let cluster: Promise<{ clusterUrl: string; template: string }> | undefined;

async function readyCluster(): Promise<{ clusterUrl: string; template: string }> {
  const clusterUrl = process.env["TEST_DATABASE_URL"] ?? (await ownCluster());
  return { clusterUrl, template: await readyTemplate(clusterUrl) };
}

/** One cluster for all test runs on this machine; it stays up between them, so that a second run starts at once. */
async function ownCluster(): Promise<string> {
  const cluster = await startEmbeddedDatabase(path.resolve(import.meta.dirname, "../../../../var/test"), {
    durable: false,
  });
  return cluster.ownerUrl;
}

/** Several test files may ask at the same moment: an advisory lock lets one of them migrate. */
async function readyTemplate(clusterUrl: string): Promise<string> {
  const name = `template_${sourceHash()}`;
  await withClient(clusterUrl, async (client) => {
    await client.query("select pg_advisory_lock(4711)");
    const found = await client.query("select from pg_database where datname = $1 and datistemplate", [name]);
    if (found.rowCount !== 0) return;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    await migrateTables(databaseUrl(clusterUrl, name));
    await installQueues(databaseUrl(clusterUrl, name));
    await withClient(databaseUrl(clusterUrl, name), (owner) => owner.query(watchOverCopies));
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

function sourceHash(): string {
  const hash = createHash("sha256");
  const schema = path.resolve(import.meta.dirname, "../../src/postgres/schema");
  for (const file of readdirSync(schema).toSorted()) hash.update(readFileSync(path.join(schema, file)));
  for (const file of [
    "../../src/postgres/migrations.ts",
    "../../src/queue/queues.sql.ts",
    "spare-databases.ts",
  ])
    hash.update(readFileSync(path.resolve(import.meta.dirname, file)));
  return hash.digest("hex").slice(0, 16);
}

function databaseUrl(clusterUrl: string, database: string, role?: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  if (role) {
    url.username = role;
    url.password = "";
  }
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
