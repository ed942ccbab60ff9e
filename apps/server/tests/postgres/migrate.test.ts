import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import pg from "pg";
import { migrateCommand } from "../../src/cli/migrate.ts";
import { startEmbeddedDatabase } from "../../src/postgres/embedded.ts";
import { migrateDatabase, readyDatabase } from "../../src/ready-database.ts";
import { createTestDatabase } from "../support/database.ts";

test("a database from before the first release is refused, with what to do, at the start and by migrate", async (t) => {
  const { url, ownerUrl, owner } = await createTestDatabase(t);
  await owner.query("update kysely_migration set name = '0001-house'");
  const refusal = { code: "DATABASE_BEFORE_RELEASE", message: /drop it, create it again and run .* migrate/ };
  await assert.rejects(readyDatabase({ databaseUrl: url, dataDir: "var" }), refusal);
  await assert.rejects(migrateDatabase(ownerUrl), refusal);
  await assert.rejects(migrate(ownerUrl), refusal);
});

test("a database with a migration that this version does not know is refused, at the start and by migrate", async (t) => {
  const { url, ownerUrl, owner } = await createTestDatabase(t);
  await owner.query("insert into kysely_migration (name, timestamp) values ('0999-later', '2030-01-01')");
  const refusal = { code: "DATABASE_IS_NEWER", message: /0999-later.*start a newer version/ };
  await assert.rejects(readyDatabase({ databaseUrl: url, dataDir: "var" }), refusal);
  await assert.rejects(migrate(ownerUrl), refusal);
});

test("of an embedded database from before the first release the refusal names the directory to remove", async (t) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "embedded-"));
  chmodSync(dataDir, 0o755);
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const embedded = await startEmbeddedDatabase(dataDir, { durable: false });
  const client = new pg.Client({ connectionString: embedded.ownerUrl });
  await client.connect();
  await client.query("create table kysely_migration (name text, timestamp text)");
  await client.query(
    "insert into kysely_migration values ('0001-house', '2026-01-01'), ('0002-access', '2026-01-01')",
  );
  await client.end();
  await assert.rejects(readyDatabase({ databaseUrl: null, dataDir }), (error: Error) => {
    assert.ok(error.message.includes(`remove ${dataDir}, then start again`), error.message);
    return true;
  });
  await embedded.stop();
  assert.equal(existsSync(path.join(embedded.directory, "data", "postmaster.pid")), false);
});

async function migrate(url: string): Promise<number> {
  const say = () => {};
  return await migrateCommand.run({
    options: {},
    json: true,
    env: { DATABASE_URL: url },
    out: say,
    err: say,
  });
}
