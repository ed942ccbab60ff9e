import type { TestContext } from "node:test";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { insertAccount, insertMembership } from "../../src/access/accounts.sql.ts";
import { createApiKey } from "../../src/access/api-keys.ts";
import { createCustomer } from "../../src/access/customers.ts";
import { createOperator } from "../../src/accounts/operators.ts";
import { setLiantisAvailability } from "../../src/connection/availability.ts";
import { emptyCounts } from "../../src/domain/plan/counts.ts";
import { newId } from "../../src/postgres/ids.ts";
import type { RoleColumn } from "../../src/postgres/rows/accounts.ts";
import { tenantTransaction } from "../../src/postgres/transaction.ts";
import type { SyncControl } from "../../src/runs/run-requests.ts";
import type { AppDeps } from "../../src/web/app-deps.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { composeTestServer, testConfig } from "./test-server.ts";

export const publicUrl = "http://127.0.0.1:3000";
export const myLiantisUrl = "https://my.liantis.example";

export interface HttpServer {
  app: FastifyInstance;
  database: TestDatabase;
  /** Everything that was logged, as JSON lines. */
  log: string[];
  /** Notifies the watchers of a run of a change. */
  runChanged(runId: string): void;
  /** Moves the clock. */
  clock: { now: Date };
  /** How many watch a run now. */
  watchers(): number;
}

/** What rows are written with. */
type Ground = Pick<HttpServer, "database" | "clock">;

/** The whole HTTP interface over a database of its own. Nothing listens: requests are injected. */
export async function openHttpServer(
  t: Pick<TestContext, "after">,
  change: Partial<AppDeps> & { database?: TestDatabase } = {},
): Promise<HttpServer> {
  const { database = await createTestDatabase(t), ...appChange } = change;
  const log: string[] = [];
  const logger = pino({ base: null }, { write: (line: string) => void log.push(line) });
  const clock = { now: new Date("2026-11-23T10:00:00.000Z") };
  const watches = new Set<{ runId: string; onChange: () => void }>();
  const never = () => Promise.reject(new Error("not part of this test"));
  const { app } = await composeTestServer(t, database, {
    config: testConfig(null, { ROLE: "web", PUBLIC_URL: publicUrl }),
    logger,
    now: () => clock.now.getTime(),
    activation: {
      requestRun: never,
      runsLeft: async () => {},
      restartRun: never,
      requestPreview: never,
      enqueueMail: async () => {},
    },
    app: {
      sync: syncThatStarts(watches),
      liantisIssuerUrl: "https://issuer.liantis.example",
      webDirectory: null,
      readiness: async () => ({ database: true, queue: true, migrations: true }),
      ...appChange,
    },
  });
  if (app === null) throw new Error("a web process has an app");
  return {
    app,
    database,
    log,
    clock,
    runChanged: (runId) => {
      for (const watch of watches) if (watch.runId === runId) watch.onChange();
    },
    watchers: () => watches.size,
  };
}

/** Grants every request for a run; nothing runs. */
function syncThatStarts(watches: Set<{ runId: string; onChange: () => void }>): SyncControl {
  return {
    requestSync: async () => ({ kind: "requested", runId: newId(), alreadyRunning: false }),
    checkPerson: async () => ({ kind: "requested", runId: newId() }),
    checkWorker: async () => ({ kind: "requested", runId: newId() }),
    followPerson: async () => newId(),
    watchRun(runId, onChange) {
      const watch = { runId, onChange };
      watches.add(watch);
      return () => watches.delete(watch);
    },
    acceptHold: async () => ({ kind: "decided", runId: newId() }),
    rejectHold: async () => ({ kind: "decided", runId: null }),
  };
}

export interface Tenant {
  customerId: string;
  entityIds: [string, string];
  /** One employee of each entity; the first is linked to a worker. */
  employeeIds: [string, string];
  runIds: [string, string];
  issueIds: [string, string];
  holdIds: [string, string];
  taskIds: [string, string];
  previewIds: [string, string];
}

/** A customer with two entities, each with an employee, a run, an issue and a hold. Every name has `marker` in it. */
export async function addTenant({ database, clock }: Ground, marker: string): Promise<Tenant> {
  const { db } = database;
  const createdAt = clock.now.toISOString();
  const { customerId, entityIds } = await createCustomer(
    db,
    {
      name: `${marker} groep`,
      language: "nl",
      migratedFromFlexPlan: false,
      entities: [1, 2].map((one) => ({ name: `${marker} ${one}`, vatNumber: null })),
      admins: [],
    },
    clock.now,
  );
  await setLiantisAvailability(db, customerId, { available: true, now: clock.now });
  const rows = [];
  for (const [position, entityId] of entityIds.entries()) {
    rows.push(
      await addPeople(database, { customerId, entityId, marker: `${marker}${position + 1}`, createdAt }),
    );
  }
  const [one, two] = rows;
  const [first, second] = entityIds;
  if (!one || !two || !first || !second) throw new Error("two entities");
  return {
    customerId,
    entityIds: [first, second],
    employeeIds: [one.employeeId, two.employeeId],
    runIds: [one.runId, two.runId],
    issueIds: [one.issueId, two.issueId],
    holdIds: [one.holdId, two.holdId],
    taskIds: [one.taskId, two.taskId],
    previewIds: [one.previewId, two.previewId],
  };
}

/** A person of each entity who seems to have moved to the other one. @returns the cases, by the entity they moved to */
export async function addCases(http: Ground, tenant: Tenant, name: string): Promise<[string, string]> {
  const [first, second] = tenant.entityIds;
  return [
    await addCase(http, { ...tenant, entityId: first, formerEntityId: second, name }),
    await addCase(http, { ...tenant, entityId: second, formerEntityId: first, name }),
  ];
}

async function addCase(
  { database: { owner }, clock }: Ground,
  move: { customerId: string; entityId: string; formerEntityId: string; name: string },
): Promise<string> {
  const { customerId, entityId, formerEntityId, name } = move;
  const [caseId, employeeId, createdAt] = [newId(), newId(), clock.now.toISOString()];
  const email = `${caseId}@people.example`;
  await owner.query(
    `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
       start_date, created_at, updated_at) values ($1, $2, $3, $4, $5, 'Zoé', $6, '', 'nl', '2020-01-01', $7, $7)`,
    [customerId, employeeId, formerEntityId, newId(), email, name, createdAt],
  );
  const record = (recordEntityId: string) => ({
    entityId: recordEntityId,
    entityName: `${name} groep`,
    firstName: "Zoé",
    lastName: name,
    email,
    employeeNumber: null,
    startDate: "2020-01-01",
  });
  await owner.query(
    `insert into issues (customer_id, issue_id, entity_id, code, worker_id, params, status, first_seen_at, last_seen_at, last_run_id)
     values ($1, $2, $3, 'EMAIL_ALREADY_IN_USE_OTHER_ENTITY', 'w-moved', '{}', 'open', $4, $4, $5)`,
    [customerId, newId(), entityId, createdAt, newId()],
  );
  await owner.query(
    `insert into cases (customer_id, case_id, entity_id, from_entity_id, kind, worker_id, employee_id, records, status, opened_at, last_seen_at)
     values ($1,$2,$3,$4,'entity_move','w-moved',$5,$6,'open',$7,$7)`,
    [
      customerId,
      caseId,
      entityId,
      formerEntityId,
      employeeId,
      JSON.stringify({ old: record(formerEntityId), new: record(entityId) }),
      createdAt,
    ],
  );
  return caseId;
}

async function addPeople(
  { owner, db }: TestDatabase,
  {
    customerId,
    entityId,
    marker,
    createdAt,
  }: { customerId: string; entityId: string; marker: string; createdAt: string },
) {
  const ids = {
    employeeId: newId(),
    runId: newId(),
    issueId: newId(),
    holdId: newId(),
    taskId: newId(),
    previewId: newId(),
    accountId: newId(),
  };
  const person = { ...ids, customerId, entityId, marker, workerId: `w-${marker}`, createdAt };
  const email = `${marker.toLowerCase()}@people.example`;
  const name = `Zoé ${marker}`;
  await tenantTransaction(db, { customerId, entityIds: "all" }, "app", (trx) =>
    insertAccount(trx, { ...person, createdAt, email, name, language: "nl", passwordHash: null }),
  );
  await addEmployeeRows(owner, { ...person, email });
  await addRunRows(owner, person);
  await addPreviewRows(owner, person);
  return ids;
}

interface PersonIds {
  customerId: string;
  taskId: string;
  entityId: string;
  employeeId: string;
  accountId: string;
  runId: string;
  issueId: string;
  holdId: string;
  previewId: string;
  workerId: string;
  marker: string;
  createdAt: string;
}

async function addEmployeeRows(
  owner: TestDatabase["owner"],
  person: PersonIds & { email: string },
): Promise<void> {
  const { customerId, entityId, employeeId, accountId, workerId, marker, email, createdAt } = person;
  const search = `zoe ${marker.toLowerCase()} ${email}`;
  await owner.query(
    `insert into employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
       start_date, employee_number, created_at, updated_at)
     values ($1,$2,$3,$4,$5,'Zoé',$6,$7,'nl','2024-01-01','E-1',$8,$8)`,
    [customerId, employeeId, entityId, accountId, email, marker, search, createdAt],
  );
  await owner.query(
    `insert into wage_contracts (customer_id, employee_id, contract_id, entity_id, statute, wage_type, gross_amount, gross_monthly,
       start_date, weekly_hours, work_regime_percentage, employer_social_security_percentage, updated_at)
     values ($1,$2,'c1',$3,'white_collar','hourly',20.15,3318.03,'2024-01-01',38,100.00,27.17,$4)`,
    [customerId, employeeId, entityId, createdAt],
  );
  await owner.query(
    `insert into connections (customer_id, entity_id, state, mode, enterprise_number, last_success_at, activated_at, updated_at)
     values ($1,$2,'active','full','0403019261',$3,$3,$3)`,
    [customerId, entityId, createdAt],
  );
  await owner.query(
    "insert into links (customer_id, entity_id, worker_id, employee_id, linked_at) values ($1,$2,$3,$4,$5)",
    [customerId, entityId, workerId, employeeId, createdAt],
  );
}

async function addRunRows(owner: TestDatabase["owner"], person: PersonIds): Promise<void> {
  const { customerId, entityId, employeeId, runId, issueId, holdId, taskId, workerId, marker, createdAt } =
    person;
  await owner.query(
    `insert into runs (customer_id, run_id, entity_id, kind, trigger, status, verdict, phase, counts, created_at, started_at, finished_at, declared_total, done)
     values ($1,$2,$3,'full_listing','manual','finished','in_order','report',$4,$5,$5,$5,1,1)`,
    [customerId, runId, entityId, JSON.stringify({ ...emptyCounts(), fetched: 1, created: 1 }), createdAt],
  );
  const created = JSON.stringify({ firstName: [null, "Zoé"], lastName: [null, marker] });
  const raised = JSON.stringify({ grossMonthly: ["3300.00", "3318.03"] });
  await owner.query(
    `insert into changes (customer_id, run_id, seq, entity_id, employee_id, worker_id, contract_id, kind, fields, reason, changed_at)
     values ($1,$2,1,$3,$4,$5,null,'create',$6,'new_worker',$8), ($1,$2,2,$3,$4,$5,'c1','update',$7,'changed_in_liantis',$8)`,
    [customerId, runId, entityId, employeeId, workerId, created, raised, createdAt],
  );
  await owner.query(
    `insert into issues (customer_id, issue_id, entity_id, code, worker_id, employee_id, params, status, first_seen_at, last_seen_at, last_run_id)
     values ($1,$2,$3,'EMAIL_MISSING',$4,$5,'{"employeeNumber":"E-1"}','open',$6,$6,$7)`,
    [customerId, issueId, entityId, workerId, employeeId, createdAt, runId],
  );
  await owner.query(
    `insert into holds (customer_id, hold_id, run_id, entity_id, kind, reasons, fingerprint, status, created_at)
     values ($1,$2,$3,$4,'source_looks_wrong','[{"code":"SOURCE_LOOKS_WRONG","params":{}}]','f','open',$5)`,
    [customerId, holdId, runId, entityId, createdAt],
  );
  await owner.query(
    `insert into tasks (customer_id, task_id, entity_id, kind, worker_id, employee_id, params, due_on, status, first_seen_at, last_seen_at)
     values ($1,$2,$3,'leaver',$4,$5,'{"reason":"absent","date":"2026-11-20"}','2026-11-20','open',$6,$6)`,
    [customerId, taskId, entityId, workerId, employeeId, createdAt],
  );
}

async function addPreviewRows(owner: TestDatabase["owner"], person: PersonIds): Promise<void> {
  const { customerId, entityId, employeeId, previewId, workerId, createdAt } = person;
  const counts = JSON.stringify({ ...emptyCounts(), fetched: 1, updated: 1 });
  await owner.query(
    `insert into runs (customer_id, run_id, entity_id, trigger, status, verdict, phase, counts, kind, created_at, started_at, finished_at, declared_total, done)
     values ($1,$2,$3,'mode','finished','in_order','guard',$4,'preview',$5,$5,$5,1,1)`,
    [customerId, previewId, entityId, counts, createdAt],
  );
  await owner.query(
    `insert into previews (customer_id, preview_id, entity_id, mode, hash, counts, created_at, expires_at)
     values ($1,$2,$3,'full','h',$4,$5,$5::timestamptz + interval '7 days')`,
    [customerId, previewId, entityId, counts, createdAt],
  );
  const fields = [{ contractId: "c1", field: "grossMonthly", before: "3300.00", after: "3318.03" }];
  await owner.query(
    `insert into preview_operations (customer_id, preview_id, worker_id, entity_id, bucket, employee_id, plan_hash, fields)
     values ($1,$2,$3,$4,'updated',$5,'\\x00',$6)`,
    [customerId, previewId, workerId, entityId, employeeId, JSON.stringify(fields)],
  );
}

/** An API key as the header that carries it. */
export async function keyOf(
  { database, clock }: Ground,
  key: { customerId: string; role: "admin" | "reader"; entityIds?: string[]; wages?: boolean },
): Promise<Record<string, string>> {
  const text = await createApiKey(
    database.db,
    {
      customerId: key.customerId,
      role: key.role,
      entityIds: key.entityIds ?? null,
      wages: key.wages ?? false,
    },
    clock.now,
  );
  return { authorization: `Bearer ${text}` };
}

export async function operatorKey(
  { database, clock }: Ground,
  role: "success_manager" | "support",
): Promise<Record<string, string>> {
  const email = `${role}.${newId()}@payflip.example`;
  const made = await createOperator(database.db, { email, name: "Op", role }, clock.now);
  if (made.kind !== "created") throw new Error("the address is new");
  return { authorization: `Bearer ${made.apiKey}` };
}

/** An account of a customer that can sign in. */
export async function addAccount(
  { database, clock }: Ground,
  account: {
    customerId: string;
    email: string;
    role: RoleColumn;
    passwordHash: string | null;
    entityIds?: string[];
  },
): Promise<string> {
  const { customerId, email, role, passwordHash, entityIds = null } = account;
  const accountId = newId();
  const createdAt = clock.now.toISOString();
  const seesWages = role === "admin";
  await tenantTransaction(database.db, { customerId, entityIds: "all" }, "app", async (trx) => {
    await insertAccount(trx, {
      accountId,
      customerId,
      email,
      name: "An Admin",
      language: "nl",
      passwordHash,
      createdAt,
    });
    await insertMembership(trx, { accountId, customerId, role, entityIds, seesWages, createdAt });
  });
  return accountId;
}
