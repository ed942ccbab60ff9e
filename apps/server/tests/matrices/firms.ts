import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { newId } from "../../src/postgres/ids.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import { insertRun } from "../../src/runs/start-run.sql.ts";
import type { SyncEngine } from "../../src/sync/engine.ts";
import { runSync } from "../../src/sync/run.ts";
import { connectEntity } from "../support/connected-entity.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { composeTestServer } from "../support/test-server.ts";
import { contractLiantis, type Employer, type WireRecord } from "./contract-liantis.ts";

/** Many customers side by side in one database, each connected to its own employer at a Liantis within this process. */
export interface Firms {
  database: TestDatabase;
  engine: SyncEngine;
  /** What the engine takes for now. */
  clock: { now: string };
  addFirm(options?: FirmOptions): Promise<Firm>;
}

interface FirmOptions {
  /** Pages of the listing, filled evenly with `people`. */
  pages?: number;
  people?: WireRecord[];
  /** Of a customer that is there already. */
  customerId?: string;
}

export interface Firm extends Employer {
  customerId: string;
  entityId: string;
  number: string;
  /** Replaces the listing: evenly over its pages, in the given order. */
  list(people: readonly unknown[]): void;
  /** Queues a run and carries it to its end; answers it as stored. */
  sync(): Promise<StoredRun>;
  rows<Row extends object>(query: string, values?: unknown[]): Promise<Row[]>;
}

export async function openFirms(t: Pick<TestContext, "after">): Promise<Firms> {
  const database = await createTestDatabase(t);
  const employers = new Map<string, Firm>();
  let count = 0;
  const clock = { now: "2026-11-20T10:00:00.000Z" };
  const { engine } = await composeTestServer(t, database, {
    now: () => Date.parse(clock.now),
    engine: {
      liantis: contractLiantis(employers),
      random: () => 0,
      pause: async () => {},
      retriesMax: 1,
      pageSize: 500,
      batchSize: 100,
    },
  });
  return {
    database,
    engine,
    clock,
    addFirm: async (options = {}) => {
      count += 1;
      const number = `0${400_000_000 + count}`;
      const firm = await connectFirm({ database, engine }, number, options);
      employers.set(number, firm);
      return firm;
    },
  };
}

async function connectFirm(
  { database, engine }: Pick<Firms, "database" | "engine">,
  number: string,
  { pages = 1, people = [], customerId = newId() }: FirmOptions,
): Promise<Firm> {
  const entityId = await connectEntity(database, { customerId, name: `Firma ${number}`, number });
  const firm: Firm = {
    customerId,
    entityId,
    number,
    pages: [],
    lie: null,
    list: (listed) => {
      firm.pages = Array.from({ length: pages }, (_, page) =>
        listed.filter((__, index) => Math.floor((index * pages) / listed.length) === page),
      );
    },
    // A page of the contract is never longer than asked for.
    sync: () =>
      syncFirm({ ...engine, pageSize: Math.max(1, ...firm.pages.map((page) => page.length)) }, firm),
    rows: async <Row extends object>(query: string, values: unknown[] = [customerId]) =>
      (await database.owner.query<Row>(query, values)).rows,
  };
  firm.list(people);
  return firm;
}

async function syncFirm(engine: SyncEngine, { customerId, entityId }: Firm): Promise<StoredRun> {
  const runId = newId();
  const scope = { customerId, entityIds: "all" as const };
  const now = new Date(engine.now()).toISOString();
  await tenantTransaction(engine.db, scope, "app", (trx) =>
    insertRun(trx, { customerId, runId, entityId, kind: "full_listing", trigger: "manual", now }),
  );
  await runSync(engine, { customerId, runId }, AbortSignal.timeout(60_000));
  const run = await tenantTransaction(engine.db, scope, "app", (trx) => findRun(trx, customerId, runId));
  assert.equal(run?.status, "finished");
  return run;
}

/** A worker as Liantis sends them, with nothing to put right; `fields` replaces what a test is about. */
export function wireWorker(name: string, fields: WireRecord = {}): WireRecord {
  return {
    workerId: `w-${name}`,
    employeeNumber: `N-${name}`,
    firstName: `Voornaam ${name}`,
    lastName: `Familienaam ${name}`,
    email: `${name}@firma.example`,
    language: "N",
    employmentStartDate: "2024-05-01",
    employmentEndDate: null,
    wageContracts: [wireContract(`c-${name}`)],
    ...fields,
  };
}

/** An hourly wage of a white-collar worker: the one that needs every field there is. */
export function wireContract(contractId: string, fields: WireRecord = {}): WireRecord {
  return {
    contractId,
    statute: "WHITE_COLLAR",
    wageType: "HOURLY",
    grossAmount: "20.00",
    startDate: "2024-05-01",
    endDate: "2027-03-31",
    weeklyHours: "30.40",
    referenceWeeklyHours: "38.00",
    workRegimePercentage: "80.00",
    employerSocialSecurityPercentage: "27.17",
    jointCommittee: "200",
    ...fields,
  };
}

/** The state of a firm after a run: its people, what the run wrote, and what it left staged. */
export interface Look {
  /** One sum over every column of people, wages and sign-ins, and over who is linked to whom, until when. */
  people: string;
  absent: number;
  changes: number;
  staged: number;
  mails: number;
}

export async function lookAt(firm: Firm, run: Pick<StoredRun, "runId">): Promise<Look> {
  const [look] = await firm.rows<Look>(lookQuery, [firm.customerId, run.runId]);
  assert.ok(look);
  return look;
}

const lookQuery = `
  select (select md5(coalesce(string_agg(line, chr(10) order by line), '')) from (
            select 'employee ' || e::text as line from employees e where customer_id = $1
            union all select 'contract ' || c::text from wage_contracts c where customer_id = $1
            union all select 'link ' || worker_id || ' ' || employee_id || ' ' || coalesce(employment_end::text, '') from links where customer_id = $1
            union all select 'account ' || a::text from accounts a where customer_id = $1) as lines) as people,
         (select count(*)::int from links where customer_id = $1 and absent_since is not null) as absent,
         (select count(*)::int from changes where customer_id = $1 and run_id = $2) as changes,
         (select count(*)::int from staged_workers where customer_id = $1) + (select count(*)::int from staged_pages where customer_id = $1) as staged,
         (select count(*)::int from mails where customer_id = $1) as mails`;

export interface OpenIssue {
  code: string;
  worker_id: string;
  contract_id: string;
}

/** The open issues of a firm; of those that a run saw when one is given. */
export async function issuesOf(firm: Firm, run?: Pick<StoredRun, "runId">): Promise<OpenIssue[]> {
  return await firm.rows<OpenIssue>(
    `select code, worker_id, contract_id from issues
     where customer_id = $1 and status = 'open' and ($2::uuid is null or last_run_id = $2)
     order by worker_id, contract_id, code`,
    [firm.customerId, run?.runId ?? null],
  );
}

/** Does the same work for each, a few at a time. @returns the results in the order of `all` */
export async function sideBySide<One, Done>(
  all: Iterable<One>,
  work: (one: One) => Promise<Done>,
): Promise<Done[]> {
  const waiting = [...all].entries();
  const done: Done[] = [];
  const lane = async () => {
    for (const [index, one] of waiting) done[index] = await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

const lanes = 4;
