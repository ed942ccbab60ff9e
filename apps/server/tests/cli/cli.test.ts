import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { runProgram } from "../../src/cli/program.ts";
import { startSyncWorker } from "../kill/sync-worker.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { createTestDatabase } from "../support/database.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker } from "../support/people.ts";

interface Output {
  code: number;
  out: string;
  err: string;
}

/** A command as an operator types it, in this process. */
async function cli(env: Record<string, string>, ...args: string[]): Promise<Output> {
  const lines = { out: "", err: "" };
  const code = await runProgram(args, env, {
    out: (line) => {
      lines.out += `${line}\n`;
    },
    err: (line) => {
      lines.err += `${line}\n`;
    },
  });
  return { code, ...lines };
}

/** The same in a process of its own. */
async function cliProcess(env: Record<string, string>, ...args: string[]): Promise<Output> {
  const program = path.resolve(import.meta.dirname, "../../src/cli.ts");
  const { NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: Number(code), out, err };
}

/** A connected entity whose runs a worker carries out. */
async function connectWithWorker(context: Parameters<typeof lastInFirstOut>[0]): Promise<{
  connected: ConnectedEntity;
  sync: (...more: string[]) => Promise<Output>;
  preview: (...more: string[]) => Promise<Output>;
}> {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 0 });
  const { url, issuerUrl, myUrl, clientId, clientSecret } = connected.simulator;
  const liantis = { apiUrl: url, issuerUrl, myLiantisUrl: myUrl, clientId, clientSecret };
  const now = connected.simulator.control.now();
  const worker = await startSyncWorker({ databaseUrl: connected.database.url, liantis, now }, () => {});
  t.after(() => worker.close());
  await worker.work();
  const command =
    (name: string) =>
    (...more: string[]) =>
      cli({ DATABASE_URL: connected.database.url }, "sync", name, "--entity", connected.entityId, ...more);
  return { connected, sync: command("now"), preview: command("preview") };
}

test("sync now --wait prints the run as the API does and exits by its verdict", async (t) => {
  const { connected, sync } = await connectWithWorker(t);
  const workerId = addWorker(connected, "Ann");
  const first = await sync("--wait");
  assert.equal(first.code, 0, first.err);
  const run = JSON.parse(first.out);
  assert.deepEqual(
    [run.status, run.verdict, run.trigger, run.counts.created, run.progress.done, run.holds],
    ["finished", "in_order", "manual", 1, 1, []],
  );
  connected.simulator.control.patchWorker(connected.number, workerId, { email: null });
  const second = await sync("--wait", "--json");
  assert.deepEqual([second.code, JSON.parse(second.out).verdict], [3, "needs_attention"]);
  connected.simulator.control.removeWorker(connected.number, workerId);
  const held = await sync("--wait");
  const [hold] = JSON.parse(held.out).holds;
  assert.deepEqual([held.code, hold.status, hold.people[0].workerId], [3, "open", workerId]);
  connected.simulator.control.setConsent(connected.number, "revoked");
  const failed = await sync("--wait");
  assert.deepEqual([failed.code, JSON.parse(failed.out).errorCode], [1, "CONSENT_REVOKED"]);
  const paused = await sync("--wait");
  assert.deepEqual([paused.code, paused.out], [1, ""]);
  assert.match(paused.err, /not active/);
});

test("sync preview --wait prints what a sync would do, writes nothing, and exits as that sync would", async (t) => {
  const { connected, preview } = await connectWithWorker(t);
  addWorker(connected, "Ann");
  const first = await preview("--wait");
  assert.equal(first.code, 0, first.err);
  const made = JSON.parse(first.out);
  assert.deepEqual(
    [made.status, made.mode, made.counts.created, made.operations.items[0].bucket, made.hash.length],
    ["ready", "full", 1, "created", 64],
  );
  assert.deepEqual(await connected.rows("select 1 from employees"), []);
  addWorker(connected, "Bob", { email: null });
  const second = await preview("--wait");
  const shown = JSON.parse(second.out);
  assert.deepEqual([second.code, shown.counts.failed], [3, 1]);
  const bob = shown.operations.items.find((one: { bucket: string }) => one.bucket === "failed");
  assert.deepEqual([bob.issues[0].code, bob.issues[0].cause], ["EMAIL_MISSING", "E-mail address missing"]);
  await connected.rows("update customers set migrated_from_flex_plan = true");
  const refused = await preview();
  assert.deepEqual([refused.code, refused.out], [1, ""]);
  assert.match(refused.err, /selective/);
  await connected.rows("update connections set mode = 'selective'");
  const chosen = await preview("--wait");
  assert.deepEqual([chosen.code, JSON.parse(chosen.out).counts.waiting], [0, 2]);
  await connected.rows("update connections set state = 'paused'");
  assert.equal((await preview()).code, 1);
});

test("an unknown or existing record is reported in one sentence; the usage is shown for mistyped commands only", async (t) => {
  const { url } = await createTestDatabase(t);
  const env = { DATABASE_URL: url };
  const unknownId = "00000000-0000-4000-8000-000000000000";
  const refused: [string[], number, RegExp][] = [
    [["sync", "now", "--entity", unknownId, "--wait"], 1, /^There is no entity with this id\.\n$/],
    [["liantis", "enable", "--customer", unknownId], 1, /^There is no customer with this id\.\n$/],
    [
      ["api-key", "create", "--customer", unknownId, "--role", "admin"],
      1,
      /^There is no customer with this id\.\n$/,
    ],
    [
      ["operator", "create", "--email", "nobody", "--role", "support"],
      2,
      /--email must be an e-mail address[^]*Usage/,
    ],
    [
      ["customer", "create", "--name", "A", "--admin-email", "a b", "--entity", "A:1"],
      2,
      /--admin-email must be/,
    ],
    [["sync", "now"], 2, /--entity is needed[^]*Usage/],
    [["sync", "preview", "--entity", unknownId], 1, /^There is no entity with this id\.\n$/],
  ];
  for (const [args, code, says] of refused) {
    const output = await cli(env, ...args);
    assert.equal(output.code, code, args.join(" "));
    assert.match(output.err, says);
    assert.equal(output.out, "");
  }
  const [args = [], code, says = /./] = refused.at(-1) ?? [];
  const output = await cliProcess(env, ...args);
  assert.deepEqual([output.code, output.out], [code, ""], "a process ends with the code");
  assert.match(output.err, says);
});

test("doctor prints one line for each part, in order, also without a database", async (t) => {
  const { url } = await createTestDatabase(t);
  const parts = (output: Output) => JSON.parse(output.out).map(({ part }: { part: string }) => part);
  const order = ["database", "provider", "clock", "keys", "schedule"];
  const well = await cli({ DATABASE_URL: url }, "doctor", "--json");
  assert.deepEqual(parts(well), order);
  const away = await cli({ DATABASE_URL: "postgres://payflip_app@127.0.0.1:9/none" }, "doctor", "--json");
  assert.deepEqual([away.code, parts(away)], [1, order]);
  const lines = await cliProcess({ DATABASE_URL: url }, "doctor");
  assert.equal(lines.out.trim().split("\n").length, order.length);
});

test("migrate succeeds for any role when there is nothing to do, and completes a start that was killed before its queues", async (t) => {
  const { url, ownerUrl, owner } = await createTestDatabase(t);
  for (const DATABASE_URL of [ownerUrl, url]) {
    const { code, out } = await cli({ DATABASE_URL }, "migrate", "--json");
    assert.deepEqual([code, JSON.parse(out)], [0, { migrated: true }]);
  }
  await owner.query("drop schema pgboss cascade");
  const { code, err } = await cli({ DATABASE_URL: url }, "migrate");
  assert.equal(code, 1);
  assert.match(err, /signs in as the database's owner/);
  assert.equal((await cli({ DATABASE_URL: ownerUrl }, "migrate")).code, 0);
  assert.equal((await cli({ DATABASE_URL: url }, "customer", "list", "--json")).out.trim(), "[]");
});
