import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";
import pg from "pg";
import { startEmbeddedDatabase } from "../../src/postgres/embedded.ts";

/** Beyond the highest process number of any system. */
const nobodysPid = 2 ** 30;

test("a database whose creation was killed is created again; two processes share one, and the last process stops it", async (t) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "embedded-"));
  chmodSync(dataDir, 0o755);
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const abandoned = path.join(dataDir, "postgres", `data.${nobodysPid}`);
  mkdirSync(abandoned, { recursive: true });
  writeFileSync(path.join(abandoned, "PG_VERSION"), "18\n");
  const one = await startEmbeddedDatabase(dataDir, { durable: false });
  const other = await startEmbeddedDatabase(dataDir, { durable: false });
  try {
    assert.equal(one.ownerUrl, other.ownerUrl);
    const client = new pg.Client({ connectionString: one.ownerUrl });
    await client.connect();
    await other.stop();
    const { rows } = await client.query("select 1 as one");
    assert.deepEqual(rows, [{ one: 1 }], "somebody uses it still");
    await client.end();
    assert.equal(existsSync(abandoned), false);
    const made = readdirSync(one.directory).filter((entry) => entry.startsWith("data"));
    assert.deepEqual(made, ["data"]);
  } finally {
    await one.stop();
  }
  const processFile = path.join(one.directory, "data", "postmaster.pid");
  assert.equal(existsSync(processFile), false);
  // What a kill -9 leaves behind, when the number has become another program's: this one's.
  const lines = [process.pid, path.join(one.directory, "data"), 1, 5432, "", "", "", "ready", ""];
  writeFileSync(processFile, lines.join("\n"), { mode: 0o666 });
  chmodSync(processFile, 0o666);
  const again = await startEmbeddedDatabase(dataDir, { durable: false });
  const client = new pg.Client({ connectionString: again.ownerUrl });
  await client.connect();
  await client.end();
  await again.stop();
});
