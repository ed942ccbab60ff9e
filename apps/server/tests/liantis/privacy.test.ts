import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { test } from "node:test";
import pg from "pg";
import type { FaultRequest } from "../../../simulator/src/faults/fault-kind.ts";
import { createApiKey } from "../../src/access/api-keys.ts";
import { type ConnectedEntity, createConnectedEntity } from "../support/connected-entity.ts";
import { lastInFirstOut } from "../support/last-in-first-out.ts";
import { addWorker, contractFields } from "../support/people.ts";

/** What Liantis sends of every person beyond our needs: it must not occur anywhere. */
function noBusiness(person: number): Record<string, unknown> {
  const secret = (what: string) => `Kanarie${what}${person}`;
  return {
    nationalRegisterNumber: secret("Rijksregister"),
    birthDate: `1903-07-${String(person + 10)}`,
    gender: secret("Geslacht"),
    maritalStatus: secret("Staat"),
    nationalities: [secret("Nationaliteit")],
    addresses: [{ street: secret("Straat"), number: secret("Nummer"), postalCode: secret("Postcode") }],
    phoneNumbers: [secret("Telefoon")],
    bankAccount: secret("Rekening"),
    children: { count: secret("Kinderen") },
  };
}

const noBusinessWords = ["Kanarie", "1903-07-"];
/** What is our business, but no log's: names, addresses, wages, and what opens doors. */
const confidentialWords = [
  "Zonnekind",
  "Regenboog",
  "@vogel.example",
  "7654.32",
  "8765.43",
  "pfk_",
  "Bearer",
];

function plant(connected: ConnectedEntity): string[] {
  return Array.from({ length: 12 }, (_, person) => {
    const workerId = addWorker(connected, `Zonnekind${person}`, {
      lastName: `Regenboog${person}`,
      email: `zonnekind${person}@vogel.example`,
      employeeNumber: String(5000 + person),
      ...noBusiness(person),
    });
    const wage = contractFields(`${workerId}-1`, {
      grossAmount: "7654.32",
      bonusScheme: `KanarieBonus${person}`,
    });
    connected.simulator.control.patchWorker(connected.number, workerId, { wageContracts: [wage] });
    return workerId;
  });
}

test("data from Liantis that the product does not need is in no table, log, mail or answer", {
  timeout: 120_000,
}, async (context) => {
  const t = lastInFirstOut(context);
  const connected = await createConnectedEntity(t, { workers: 0 });
  const ids = plant(connected);
  const server = await startServerProcess(t, connected);
  const { control } = connected.simulator;
  const key = {
    customerId: connected.scope.customerId,
    role: "admin",
    entityIds: null,
    wages: true,
  } as const;
  const api = apiOf(server.url, await createApiKey(connected.database.db, key, new Date()));
  const ends = await listenForEnds(t, connected);
  const sync = async (): Promise<string> => {
    const { runId } = await api<{ runId: string }>(`/entities/${connected.entityId}/liantis/syncs`, "POST");
    return `${await ends(runId)} ${runId}`;
  };

  assert.match(await sync(), /^in_order/);
  const [one = "", two = "", three = "", four = ""] = ids;
  control.patchWorker(connected.number, one, { firstName: "Zonnekinderen", email: "nieuw@vogel.example" });
  const wage = contractFields(`${two}-1`, { grossAmount: "8765.43", bonusScheme: "KanarieBonus" });
  control.patchWorker(connected.number, two, { wageContracts: [wage] });
  assert.match(await sync(), /^in_order/);

  // Canaries in fields of another kind: an unreadable value is reported without being repeated.
  control.patchWorker(connected.number, three, {
    firstName: { is: "KanarieVoornaam" },
    employeeNumber: ["KanarieNummer"],
  });
  control.patchWorker(connected.number, four, { wageContracts: "KanarieContract" });
  const unusual = contractFields("odd", {
    grossAmount: "KanarieLoon",
    startDate: "KanarieDatum",
    statute: ["KanarieX"],
  });
  control.patchWorker(connected.number, ids[4] ?? "", { wageContracts: [unusual] });
  assert.match(await sync(), /^needs_attention/);

  const badDays: [FaultRequest, RegExp][] = [
    [{ kind: "truncated-body", times: 1 }, /^needs_attention/],
    [{ kind: "half-page", always: true }, /^incomplete/],
    [{ kind: "type-change", always: true }, /^held/],
    [{ kind: "bare-array", always: true }, /^failed/],
    [{ kind: "invalid-token", always: true }, /^failed/],
  ];
  for (const [fault, verdict] of badDays) {
    control.armFault(fault);
    assert.match(await sync(), verdict, fault.kind);
    control.clearFaults();
  }
  await accident(connected, sync);
  control.setConsent(connected.number, "revoked");
  assert.match(await sync(), /^failed/);

  const answers = await everyAnswer(api, connected);
  assert.ok(
    answers.includes("Zonnekinderen") && answers.includes("8765.43"),
    "the answers are about these people",
  );
  const tables = await dump(connected);
  assert.ok(tables.includes("Zonnekinderen") && tables.includes("8765.43"), "the dump holds these people");
  await server.stop();
  const log = server.output();
  assert.ok(log.includes("run ended") && log.includes("request"), "the log is there");
  assertFree("tables", tables, noBusinessWords);
  assertFree("answers", answers, noBusinessWords);
  assertFree("mails", await server.files(), [...noBusinessWords, "7654.32", "8765.43"]);
  const { clientSecret } = connected.simulator;
  assertFree("log", log, [...noBusinessWords, ...confidentialWords, clientSecret]);
  assertFree("job queue", await dump(connected, "pgboss"), [...confidentialWords, clientSecret]);
});

/** The database quotes a person in an unexpected error: the run fails, and the quote is not repeated. */
async function accident(connected: ConnectedEntity, sync: () => Promise<string>): Promise<void> {
  await connected.rows(`
    create function quote_row() returns trigger language plpgsql as
    $$ begin raise exception 'no room for %', new::text using detail = new::text; end $$`);
  await connected.rows(
    "create trigger quoting before update on employees for each row execute function quote_row()",
  );
  const [workerId = ""] = connected.simulator.control.workerIds(connected.number);
  connected.simulator.control.patchWorker(connected.number, workerId, { lastName: "Regenboogje" });
  assert.match(await sync(), /^failed/);
  await connected.rows("drop function quote_row() cascade");
}

function assertFree(where: string, text: string, words: string[]): void {
  for (const word of words) {
    const position = text.indexOf(word);
    const around = text.slice(Math.max(0, position - 200), position + 100);
    assert.equal(position, -1, `${where}: … ${around} …`);
  }
}

type Ends = ReturnType<typeof lastInFirstOut>;

interface ServerProcess {
  url: string;
  output: () => string;
  /** All files the server wrote, as one text. */
  files: () => Promise<string>;
  stop: () => Promise<void>;
}

/** The server as it is started in production, with every level of its log on. */
async function startServerProcess(t: Ends, { database, simulator }: ConnectedEntity): Promise<ServerProcess> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "privacy-"));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, "../../src/main.ts")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      PORT: "0",
      LOG_LEVEL: "trace",
      SECRET_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}`,
      LIANTIS_API_URL: simulator.url,
      LIANTIS_ISSUER_URL: simulator.issuerUrl,
      MYLIANTIS_URL: simulator.myUrl,
      LIANTIS_CLIENT_ID: simulator.clientId,
      LIANTIS_CLIENT_SECRET: simulator.clientSecret,
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const stop = () => stopped(child);
  t.after(stop);
  for (;;) {
    const url = /server is ready on (http:\S+)/.exec(output)?.[1];
    if (url !== undefined) return { url, output: () => output, files: () => textOf(dataDir), stop };
    await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => assert.fail(output))]);
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

async function textOf(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(async (file) => await readFile(path.join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}

type Api = <Answer>(address: string, method?: "GET" | "POST") => Promise<Answer>;

function apiOf(url: string, key: string): Api {
  return async <Answer>(address: string, method = "GET") => {
    const response = await fetch(`${url}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${address}: ${response.status} ${text}`);
    return JSON.parse(text) as Answer;
  };
}

/** The answers that are about people, runs and issues, as one text. */
async function everyAnswer(api: Api, { entityId }: ConnectedEntity): Promise<string> {
  interface Page {
    items: { id: string }[];
  }
  const entity = `/entities/${entityId}`;
  const employees = await api<Page>("/employees?limit=200");
  const runs = await api<Page>(`${entity}/liantis/syncs?limit=200`);
  const addresses = [
    "/entities",
    entity,
    `${entity}/liantis`,
    `${entity}/issues?limit=200`,
    ...employees.items.flatMap(({ id }) => [`/employees/${id}`, `/employees/${id}/wage-contracts`]),
    ...runs.items.flatMap(({ id }) => [`/syncs/${id}`, `/syncs/${id}/changes?limit=200`]),
  ];
  const answers: unknown[] = [employees, runs];
  for (const address of addresses) answers.push(await api(address));
  return JSON.stringify(answers);
}

/** Every row of every table as text. */
async function dump(connected: ConnectedEntity, schema?: string): Promise<string> {
  const tables = await connected.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       and ($1::text is null or table_schema = $1)`,
    [schema ?? null],
  );
  assert.ok(tables.length > 5);
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await connected.rows<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

/** Waits for the end of a run by being told of its changes. @returns how it ended */
async function listenForEnds(
  t: Ends,
  connected: ConnectedEntity,
): Promise<(runId: string) => Promise<string>> {
  const client = new pg.Client({ connectionString: connected.database.ownerUrl });
  client.on("error", () => {});
  await client.connect();
  t.after(() => client.end());
  await client.query("listen run_changed");
  const verdict = async (runId: string) => {
    const [run] = await connected.rows<{ verdict: string | null }>(
      "select verdict from runs where run_id = $1",
      [runId],
    );
    return run?.verdict ?? null;
  };
  return async (runId) => {
    for (;;) {
      const changed = once(client, "notification");
      const ended = await verdict(runId);
      if (ended !== null) return ended;
      await changed;
    }
  };
}
