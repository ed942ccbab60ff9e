import type { RunTrigger } from "@payflip/contract/syncs.ts";
import assert from "node:assert/strict";
import { createApiKey } from "../../src/access/api-keys.ts";
import { isBalanced } from "../../src/domain/plan/counts.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import { findRun, type StoredRun } from "../../src/runs/runs.sql.ts";
import { contractFields } from "./people.ts";
import {
  type Answer,
  call,
  type Caller,
  createCustomer,
  type Product,
  rowsOf,
  type TestCustomer,
} from "./product.ts";
import { createEmployer } from "./simulated-liantis.ts";

/** A customer that gave its consent and has to choose now, with an employer at Liantis that has no workers yet. */
export interface ConsentedCustomer {
  customer: TestCustomer;
  number: string;
  /** Adds a worker without any issue at Liantis. @returns the workerId */
  add(firstName: string, fields?: Record<string, unknown>): string;
  change(workerId: string, fields: Record<string, unknown>): void;
  api(method: "GET" | "POST" | "PUT" | "PATCH", path: string, body?: object): Promise<Answer>;
  /** Carries a run or preview to its end; the counts of a completed one must balance. */
  work(runId: unknown): Promise<StoredRun>;
  sync(trigger?: RunTrigger): Promise<StoredRun>;
  /** The choices as stored, by worker. */
  choices(): Promise<Record<string, string>>;
  /** Who is linked, by worker: first name. */
  linked(): Promise<Record<string, string>>;
  rows<Row extends object>(query: string): Promise<Row[]>;
}

export async function createConsentedCustomer(
  product: Product,
  options: { migrated?: boolean; state?: "choosing" | "active"; mode?: "full" | "selective" } = {},
): Promise<ConsentedCustomer> {
  const { enterpriseNumber: number } = createEmployer(product.simulator, { workers: 0, consent: "granted" });
  const customer = await createCustomer(product, { ...options, vatNumber: number });
  const { customerId, entityId } = customer;
  const { state = "choosing", mode = null } = options;
  const createdAt = product.clock.now.toISOString();
  await product.database.owner.query(
    `insert into connections (customer_id, entity_id, state, mode, enterprise_number, activated_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [customerId, entityId, state, mode, number, createdAt],
  );
  const key = { customerId, role: "admin", entityIds: null, wages: true } as const;
  const caller: Caller = { key: await createApiKey(product.database.db, key, product.clock.now) };
  const rows = <Row extends object>(query: string) => rowsOf<Row>(product, query, [entityId]);
  const byWorker = async (query: string) =>
    Object.fromEntries(
      (await rows<{ id: string; value: string }>(query)).map(({ id, value }) => [id, value]),
    );
  return {
    customer,
    number,
    ...peopleOf(product, number),
    ...runsOf(product, customer),
    rows,
    api: (method, path, body) => {
      const address = path.startsWith("/") ? path : `/entities/${entityId}/liantis/${path}`;
      return call(product, caller, { method, path: address, ...(body === undefined ? {} : { body }) });
    },
    choices: () =>
      byWorker("select worker_id as id, choice as value from choices where entity_id = $1 order by 1"),
    linked: () =>
      byWorker(`select worker_id as id, first_name as value from links join employees using (customer_id, employee_id)
                where links.entity_id = $1 order by 1`),
  };
}

function peopleOf(
  { simulator: { control } }: Product,
  number: string,
): Pick<ConsentedCustomer, "add" | "change"> {
  return {
    add: (firstName, fields = {}) => {
      const workerId = control.addWorker(number, {
        firstName,
        lastName: "Peeters",
        email: `${firstName.toLowerCase()}@n${number}.example`,
        language: "N",
        employmentStartDate: "2024-05-01",
        employeeNumber: `N-${firstName}`,
      });
      const wageContracts = [contractFields(`${workerId}-1`)];
      control.patchWorker(number, workerId, { wageContracts, ...fields });
      return workerId;
    },
    change: (workerId, fields) => void control.patchWorker(number, workerId, fields),
  };
}

function runsOf(
  { server, engine }: Product,
  { customerId, entityId }: TestCustomer,
): Pick<ConsentedCustomer, "work" | "sync"> {
  const scope = { customerId, entityIds: "all" as const };
  const work = async (runId: unknown) => {
    const key = { customerId, runId: String(runId) };
    await server.carryOut(key, AbortSignal.timeout(60_000));
    const run = await tenantTransaction(engine.db, scope, "app", (trx) =>
      findRun(trx, customerId, key.runId),
    );
    assert.ok(run, "the run is gone");
    if (run.verdict !== null && run.verdict !== "failed" && run.verdict !== "incomplete")
      assert.ok(isBalanced(run.counts), JSON.stringify(run.counts));
    return run;
  };
  const sync = async (trigger: RunTrigger = "nightly") => {
    const { runId } = await server.queueRun({ customerId, entityId, trigger });
    return await work(runId);
  };
  return { work, sync };
}

/** The counts of a run that are not 0. */
export function counted({ counts }: Pick<StoredRun, "counts">): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** Every row of every table as text; of the candidates only what is not sealed. */
export async function dumpDatabase(product: Product): Promise<string> {
  const tables = await rowsOf<{ name: string }>(
    product,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  assert.ok(tables.length > 20);
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await rowsOf<{ row: string }>(product, `select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}
