import { readFileSync } from "node:fs";
import path from "node:path";
import { type Kysely, sql } from "kysely";
import { customerTable, grantTo, ownDefinerFunctions, platformTable, roles } from "./policies.ts";

/**
 * The first tables. Every customer table has `customer_id` in its primary key, its foreign keys and its unique
 * constraints (so that the same SQL runs sharded by customer), and forced row-level security from the start.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await roles(db);
  for (const family of ["access", "people", "connections", "runs", "records", "functions"]) {
    await sql
      .raw(readFileSync(path.join(import.meta.dirname, "0001-house", `${family}.sql`), "utf8"))
      .execute(db);
  }
  for (const table of ["customers", "idempotency_keys", "audit_entries", "mails"])
    await customerTable(db, table, { byEntity: false });
  for (const table of entityTables) await customerTable(db, table, { byEntity: true });
  for (const table of platformTables) await platformTable(db, table);
  await grantTo(db, "payflip_app", appRights);
  await grantTo(db, "payflip_sync", syncRights);
  await grantTo(db, "payflip_platform", platformRights);
  await ownRowsOfPlatformTables(db);
  await fleetPolicies(db);
  await ownDefinerFunctions(db, definerFunctions);
}

const entityTables = [
  "entities",
  "employees",
  "wage_contracts",
  "connections",
  "consent_receipts",
  "consent_states",
  "connect_tokens",
  "runs",
  "links",
  "staged_pages",
  "staged_workers",
  "changes",
  "holds",
  "issues",
];

const platformTables = ["accounts", "memberships", "sessions", "api_keys", "enterprise_number_claims"];

const appRights = {
  customers: "select, insert, update",
  entities: "select, insert, update",
  accounts: "select, insert, update",
  memberships: "select, insert, update, delete",
  api_keys: "select, insert, update",
  employees: "select, insert, update, delete",
  wage_contracts: "select, insert, update, delete",
  connections: "select, insert, update",
  consent_receipts: "select, insert",
  consent_states: "select, insert, update, delete",
  connect_tokens: "select, insert, update",
  runs: "select, insert, update",
  links: "select, insert, update, delete",
  staged_pages: "select, delete",
  staged_workers: "select, delete",
  changes: "select, insert, update",
  holds: "select, insert, update",
  issues: "select, insert, update",
  idempotency_keys: "select, insert, update, delete",
  audit_entries: "select, insert",
  mails: "select, insert, update",
};

/** The sync can neither delete nor deactivate a person, nor touch what the platform itself owns of them. */
const syncRights = {
  customers: "select",
  entities: "select",
  accounts: "select, insert, update (email)",
  memberships: "select",
  employees: `select, insert, update (email, first_name, last_name, search_text, start_date, employee_number,
    current_contract_id, row_version, updated_at)`,
  wage_contracts: "select, insert, update",
  connections: "select, update",
  consent_receipts: "select",
  runs: "select, insert, update",
  links: "select, insert, update",
  staged_pages: "select, insert, delete",
  staged_workers: "select, insert, update, delete",
  changes: "select, insert",
  holds: "select, insert, update",
  issues: "select, insert, update",
  audit_entries: "insert",
  mails: "insert",
};

/** What success managers and support see across customers: no people, no wages. */
const platformRights = {
  customers: "select",
  entities: "select",
  connections: "select, update",
  runs: "select",
  issues: "select (customer_id, entity_id, issue_id, code, status, first_seen_at, last_seen_at)",
};

const definerFunctions = [
  "account_standings(uuid, text[])",
  "enterprise_number_standing(uuid, uuid, text)",
  "claim_enterprise_number(uuid, uuid, text, timestamptz)",
  "consent_state_tenant(bytea)",
  "connect_token_tenant(bytea)",
  "sign_in_account(text)",
];

/** Accounts, roles and keys are platform data; a customer sees its own. */
async function ownRowsOfPlatformTables(db: Kysely<unknown>): Promise<void> {
  for (const [table, role] of [
    ["accounts", "payflip_app, payflip_sync"],
    ["memberships", "payflip_app, payflip_sync"],
    ["api_keys", "payflip_app"],
  ] as const) {
    await sql`
      create policy own_customer on ${sql.table(table)} to ${sql.raw(role)}
      using (customer_id = (select current_customer())) with check (customer_id = (select current_customer()))`.execute(
      db,
    );
  }
}

async function fleetPolicies(db: Kysely<unknown>): Promise<void> {
  for (const table of Object.keys(platformRights)) {
    await sql`create policy whole_platform on ${sql.table(table)} to payflip_platform using (true) with check (true)`.execute(
      db,
    );
  }
}
