import assert from "node:assert/strict";
import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startSimulator } from "../src/simulator.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "simulator-"));
after(() => rmSync(folder, { recursive: true }));

function start(environment: Record<string, string>): ChildProcess {
  return fork(MAIN, { env: { ...process.env, SIM_PORT: "0", ...environment }, silent: true });
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, "message")) as [{ kind: string; url: string }];
  assert.equal(message.kind, "ready");
  return message.url;
}

test("the process reports that it is ready, keeps its state, and ends with its parent", async () => {
  const stateFile = join(folder, "state", "simulator.json");
  const first = start({ SIM_STATE_FILE: stateFile });
  const url = await readyUrl(first);
  const made = await post(`${url}/_sim/employers`, { name: "Kept", workers: 40, consent: "granted" });
  const { enterpriseNumber } = (await made.json()) as { enterpriseNumber: string };
  const employer = `/_sim/employers/${enterpriseNumber}`;
  await fetch(`${url}${employer}/workers/W0000001`, { method: "DELETE" });
  await post(`${url}${employer}/workers`, { firstName: "Added" });
  await post(`${url}/_sim/clock`, { advanceSeconds: 86_400 });
  const kept = await (await fetch(`${url}${employer}`)).json();
  const ids = await (await fetch(`${url}${employer}/workers`)).json();
  first.disconnect();
  const [code] = (await once(first, "exit")) as [number];
  assert.equal(code, 0);
  assert.ok(readFileSync(stateFile, "utf8").length < 5_000);

  const second = start({ SIM_STATE_FILE: stateFile });
  const again = await readyUrl(second);
  assert.deepEqual(await (await fetch(`${again}${employer}`)).json(), kept);
  assert.deepEqual(await (await fetch(`${again}${employer}/workers`)).json(), ids);
  const { now } = (await (await fetch(`${again}/_sim/clock`)).json()) as { now: string };
  assert.ok(Math.abs(Date.parse(now) - Date.now() - 86_400_000) < 60_000);
  second.kill("SIGTERM");
  assert.deepEqual(await once(second, "exit"), [0, null]);
});

test("a taken port and a wrong setting each end the process with one sentence", async () => {
  const simulator = await startSimulator();
  const { port } = new URL(simulator.url);
  assert.match(await failureOf({ SIM_PORT: port }), new RegExp(`^Port ${port} is taken[^\n]*\n$`));
  assert.match(
    await failureOf({ SIM_PORT: "many" }),
    /^The simulator's settings are wrong. SIM_PORT[^\n]*\n$/,
  );
  await simulator.close();
});

test("a simulator with a stalled call closes at once", async () => {
  const simulator = await startSimulator();
  simulator.control.armFault({ kind: "stall" });
  const stalled = fetch(`${simulator.url}/v1/employers/0403827331`);
  const failed = assert.rejects(stalled);
  while (simulator.control.requests().length === 0) await new Promise(setImmediate);
  await simulator.close();
  await failed;
});

async function failureOf(environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number];
  assert.equal(code, 1);
  return text;
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
