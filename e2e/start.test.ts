import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import test from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../scripts/free-port.ts";

const root = path.resolve(import.meta.dirname, "..");

interface Started {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the exit code once the process has ended. */
  ended: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(LIANTIS_|DATABASE_URL|TEST_|NODE_TEST)/.test(name)),
  );
  const child = spawn(process.execPath, [path.join(root, "scripts/start.ts")], {
    cwd: root,
    env: { ...clean, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  return { child, output: () => text, ended };
}

/** Waits for the line that says it is ready. If the process ends before, fails with its output. */
async function untilReady(started: Started): Promise<void> {
  while (!started.output().includes("Ctrl-C stops all of it")) {
    const over = await Promise.race([
      started.ended.then(() => true),
      once(started.child.stdout ?? started.child, "data").then(() => false),
    ]);
    assert.ok(!over, started.output());
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const patience = AbortSignal.timeout(20_000); !(await condition()); )
    await pause(50, undefined, { signal: patience });
}

const isAnswering = (url: string) =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );

test("npm start starts, restarts after a kill -9, reports a taken port, and stops cleanly", async (t) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-start-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const [port, simulatorPort] = [await freePort("127.0.0.1"), await freePort("127.0.0.1")];
  const env = { PORT: String(port), SIM_PORT: String(simulatorPort), DATA_DIR: dataDir };
  const url = `http://127.0.0.1:${port}`;

  const first = start(env);
  t.after(() => first.child.kill("SIGKILL"));
  await untilReady(first);
  assert.ok(await isAnswering(`${url}/readyz`));
  first.child.kill("SIGKILL");
  await first.ended;
  await until(async () => !(await isAnswering(`http://127.0.0.1:${simulatorPort}/_sim/clock`)));

  const second = start(env);
  t.after(() => second.child.kill("SIGKILL"));
  await untilReady(second);
  const credentials = /HR admin\s+(\S+)\s+(\S+)/.exec(second.output());
  const signedIn = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email: credentials?.[1], password: credentials?.[2] }),
  });
  assert.equal(signedIn.status, 201, "the demo's people still exist");

  const taken = start({ ...env, DATA_DIR: dataDir });
  assert.equal(await taken.ended, 1);
  assert.match(taken.output(), new RegExp(`Port ${port} is taken .*set PORT`));
  assert.ok(await isAnswering(`${url}/readyz`), "the process that has the port is not disturbed");

  second.child.kill("SIGINT");
  assert.equal(await second.ended, 0);
  assert.equal(await isAnswering(`${url}/healthz`), false);
  await until(() => !existsSync(path.join(dataDir, "postgres/data/postmaster.pid")));
});

test("a wrong setting and an unreachable database each end the start with a sentence that says what to do", async (t) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "payflip-start-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { PORT: String(await freePort("127.0.0.1")), DATA_DIR: dataDir };
  const wrong = start({ ...env, LOG_LEVEL: "loud", SUPPORT_EMAIL: "nobody" });
  assert.equal(await wrong.ended, 1);
  assert.match(wrong.output(), /SUPPORT_EMAIL is wrong: .*\.\nLOG_LEVEL is wrong: .*\.\n$/);
  const unreachable = start({ ...env, DATABASE_URL: "postgres://payflip_app@127.0.0.1:1/payflip" });
  assert.equal(await unreachable.ended, 1);
  assert.match(unreachable.output(), /The database of DATABASE_URL cannot be reached: .*\.\n$/);
  const unset = start({ ...env, LIANTIS_API_URL: "http://127.0.0.1:9" });
  assert.equal(await unset.ended, 1);
  assert.match(unset.output(), /LIANTIS_CLIENT_ID is not set: set it/);
});
