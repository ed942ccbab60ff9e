import { type Kysely, sql } from "kysely";
import { customerTable, grantTo, ownDefinerFunctions, platformTable, roles } from "./policies.ts";

/**
 * The first tables. Every customer table has `customer_id` in its primary key, its foreign keys and its unique
 * constraints (so that the same SQL runs sharded by customer), and forced row-level security from the start.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await roles(db);
  await customersAndAccess(db);
  await people(db);
  await connections(db);
  await runs(db);
  await records(db);
  await functions(db);
}

async function customersAndAccess(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customers (
      customer_id uuid primary key,
      name text not null,
      language text not null check (language in ('nl','fr','en')),
      migrated_from_flex_plan boolean not null default false,
      liantis_available_at timestamptz,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table entities (
      customer_id uuid not null references customers,
      entity_id uuid not null,
      name text not null,
      vat_number text,
      email_domain text,
      confirmed_number text,
      confirmed_at timestamptz,
      created_at timestamptz not null,
      primary key (customer_id, entity_id)
    )`.execute(db);
  await sql`
    create table accounts (
      account_id uuid primary key,
      email text not null unique check (email = lower(email)),
      customer_id uuid,
      name text,
      language text not null check (language in ('nl','fr','en')),
      password_hash text,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create table memberships (
      account_id uuid not null references accounts,
      role text not null check (role in ('admin','reader','success_manager','support')),
      customer_id uuid,
      entity_ids uuid[],
      sees_wages boolean not null,
      created_at timestamptz not null,
      primary key (account_id, role),
      check ((customer_id is null) = (role in ('success_manager','support')))
    )`.execute(db);
  await sql`
    create table sessions (
      token_hash bytea primary key,
      account_id uuid not null references accounts,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db);
  await sql`
    create table api_keys (
      key_id uuid primary key,
      key_hash bytea not null unique,
      customer_id uuid,
      role text not null check (role in ('admin','reader','success_manager','support')),
      entity_ids uuid[],
      sees_wages boolean not null,
      created_at timestamptz not null,
      revoked_at timestamptz,
      check ((customer_id is null) = (role in ('success_manager','support')))
    )`.execute(db);
  await sql`
    create table enterprise_number_claims (
      enterprise_number text primary key,
      customer_id uuid not null,
      entity_id uuid not null,
      claimed_at timestamptz not null,
      unique (customer_id, entity_id)
    )`.execute(db);
  await customerTable(db, "customers", { byEntity: false });
  await customerTable(db, "entities", { byEntity: true });
  for (const table of ["accounts", "memberships", "sessions", "api_keys", "enterprise_number_claims"]) {
    await platformTable(db, table);
  }
  await grantTo(db, "payflip_app", { customers: "select, insert, update", entities: "select, insert, update" });
  await grantTo(db, "payflip_sync", { customers: "select", entities: "select" });
  await sql`create policy own_accounts on accounts to payflip_app, payflip_sync using (customer_id = current_customer()) with check (customer_id = current_customer())`.execute(db);
  await sql`create policy own_memberships on memberships to payflip_app using (customer_id = current_customer()) with check (customer_id = current_customer())`.execute(db);
  await sql`create policy own_keys on api_keys to payflip_app using (customer_id = current_customer()) with check (customer_id = current_customer())`.execute(db);
  await grantTo(db, "payflip_app", { accounts: "select, insert, update", memberships: "select, insert, update, delete", api_keys: "select, insert, update" });
  await grantTo(db, "payflip_sync", { accounts: "select, insert" });
}

async function people(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table employees (
      customer_id uuid not null,
      employee_id uuid not null,
      entity_id uuid not null,
      account_id uuid not null,
      email text not null,
      first_name text not null,
      last_name text not null,
      search_text text not null,
      language text not null check (language in ('nl','fr','en')),
      start_date date not null,
      employee_number text,
      current_contract_id text,
      deactivated_at timestamptz,
      end_date date,
      invited_at timestamptz,
      row_version integer not null default 1,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      primary key (customer_id, employee_id),
      unique (customer_id, email),
      foreign key (customer_id, entity_id) references entities
    )`.execute(db);
  await sql`create index employees_by_name on employees (customer_id, entity_id, last_name, first_name, employee_id)`.execute(db);
  await sql`
    create table wage_contracts (
      customer_id uuid not null,
      employee_id uuid not null,
      contract_id text not null,
      entity_id uuid not null,
      statute text,
      wage_type text,
      gross_amount numeric,
      gross_monthly numeric(14,2),
      start_date date,
      end_date date,
      weekly_hours numeric,
      reference_weekly_hours numeric,
      work_regime_percentage numeric,
      employer_social_security_percentage numeric,
      joint_committee text,
      withdrawn boolean not null default false,
      row_version integer not null default 1,
      updated_at timestamptz not null,
      primary key (customer_id, employee_id, contract_id),
      foreign key (customer_id, employee_id) references employees
    )`.execute(db);
  await customerTable(db, "employees", { byEntity: true });
  await customerTable(db, "wage_contracts", { byEntity: true });
  await grantTo(db, "payflip_app", { employees: "select, insert, update, delete", wage_contracts: "select, insert, update, delete" });
  // The sync can neither delete nor deactivate a person, nor touch what the platform itself owns of them.
  await grantTo(db, "payflip_sync", { employees: "select, insert", wage_contracts: "select, insert, update" });
  await sql`
    grant update (email, first_name, last_name, search_text, start_date, employee_number, current_contract_id, row_version, updated_at)
    on employees to payflip_sync`.execute(db);
}

async function connections(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table connections (
      customer_id uuid not null,
      entity_id uuid not null,
      state text not null check (state in ('available','consent_requested','choosing','active','paused','disabled')),
      mode text check (mode in ('full','selective')),
      enterprise_number text,
      paused_reason text,
      thresholds jsonb,
      last_success_at timestamptz,
      last_scheduled_date date,
      last_activation_error jsonb,
      activated_at timestamptz,
      version integer not null default 1,
      updated_at timestamptz not null,
      primary key (customer_id, entity_id),
      foreign key (customer_id, entity_id) references entities
    )`.execute(db);
  await sql`
    create table consent_receipts (
      customer_id uuid not null,
      receipt_id uuid not null,
      entity_id uuid not null,
      enterprise_number text not null,
      consent_id text not null,
      signer_subject text not null,
      signer_name text,
      signer_email text,
      signer_role text not null,
      addressee_email text,
      signer_is_addressee boolean,
      data_categories text[] not null,
      text_version text not null,
      granted_at timestamptz not null,
      recorded_at timestamptz not null,
      primary key (customer_id, receipt_id),
      foreign key (customer_id, entity_id) references entities
    )`.execute(db);
  await sql`
    create table consent_states (
      customer_id uuid not null,
      state_id uuid not null,
      entity_id uuid not null,
      state_hash bytea not null,
      binding_hash bytea not null,
      enterprise_number text not null,
      nonce text not null,
      code_verifier_sealed text not null,
      connect_token_id uuid,
      account_id uuid,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      primary key (customer_id, state_id),
      unique (customer_id, state_hash)
    )`.execute(db);
  await sql`
    create table connect_tokens (
      customer_id uuid not null,
      token_id uuid not null,
      entity_id uuid not null,
      token_hash bytea not null,
      enterprise_number text not null,
      addressee_email text,
      language text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      primary key (customer_id, token_id),
      unique (customer_id, token_hash)
    )`.execute(db);
  await sql`create index consent_states_by_hash on consent_states (state_hash)`.execute(db);
  await sql`create index connect_tokens_by_hash on connect_tokens (token_hash)`.execute(db);
  for (const table of ["connections", "consent_receipts", "consent_states", "connect_tokens"]) {
    await customerTable(db, table, { byEntity: true });
  }
  await grantTo(db, "payflip_app", {
    connections: "select, insert, update",
    consent_receipts: "select, insert",
    consent_states: "select, insert, update, delete",
    connect_tokens: "select, insert, update",
  });
  await grantTo(db, "payflip_sync", { connections: "select, update", consent_receipts: "select" });
}

async function runs(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table runs (
      customer_id uuid not null,
      run_id uuid not null,
      entity_id uuid not null,
      trigger text not null check (trigger in ('first','nightly','manual','person','choice','mode','retry','hold','revert')),
      status text not null check (status in ('queued','running','finished','cancelled')),
      verdict text check (verdict in ('in_order','needs_attention','held','incomplete','failed')),
      phase text check (phase in ('fetch','plan','guard','apply','report')),
      attempt integer not null default 0,
      listing integer not null default 1,
      cursor text,
      pages integer not null default 0,
      declared_total integer,
      listing_ended boolean not null default false,
      apply_after text not null default '',
      done integer not null default 0,
      change_seq integer not null default 0,
      counts jsonb not null,
      error_code text,
      error_reference text,
      accepted_hold_id uuid,
      scheduled_for date,
      requested_by uuid,
      created_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz,
      phase_started_at timestamptz,
      primary key (customer_id, run_id),
      foreign key (customer_id, entity_id) references entities
    )`.execute(db);
  await sql`create unique index runs_one_open on runs (customer_id, entity_id) where status in ('queued','running') and trigger <> 'person'`.execute(db);
  await sql`create unique index runs_one_nightly_a_date on runs (customer_id, entity_id, scheduled_for) where scheduled_for is not null`.execute(db);
  await sql`create index runs_by_entity on runs (customer_id, entity_id, created_at desc)`.execute(db);
  await sql`
    create table links (
      customer_id uuid not null,
      entity_id uuid not null,
      worker_id text not null,
      employee_id uuid not null,
      content_hash bytea,
      filled integer not null default 0,
      settled boolean not null default false,
      absent_since timestamptz,
      linked_at timestamptz not null,
      primary key (customer_id, entity_id, worker_id),
      unique (customer_id, employee_id),
      foreign key (customer_id, employee_id) references employees
    )`.execute(db);
  await sql`
    create table staged_pages (
      customer_id uuid not null,
      run_id uuid not null,
      entity_id uuid not null,
      listing integer not null,
      page integer not null,
      settled_worker_ids text[] not null,
      unreadable integer not null,
      primary key (customer_id, run_id, listing, page),
      foreign key (customer_id, run_id) references runs
    )`.execute(db);
  await sql`
    create table staged_workers (
      customer_id uuid not null,
      run_id uuid not null,
      worker_id text not null,
      entity_id uuid not null,
      listing integer not null,
      page integer not null,
      content_hash bytea not null,
      filled integer not null,
      email text,
      employee_number text,
      met_twice boolean not null default false,
      record text not null,
      primary key (customer_id, run_id, worker_id),
      foreign key (customer_id, run_id) references runs
    )`.execute(db);
  await sql`
    create table changes (
      customer_id uuid not null,
      run_id uuid not null,
      seq integer not null,
      entity_id uuid not null,
      employee_id uuid not null,
      worker_id text not null,
      contract_id text,
      kind text not null,
      fields jsonb not null,
      reason text not null,
      at timestamptz not null,
      reverted_at timestamptz,
      primary key (customer_id, run_id, seq)
    )`.execute(db);
  await sql`create index changes_by_employee on changes (customer_id, employee_id)`.execute(db);
  await sql`
    create table holds (
      customer_id uuid not null,
      hold_id uuid not null,
      run_id uuid not null,
      entity_id uuid not null,
      kind text not null,
      reasons jsonb not null,
      fingerprint text not null,
      status text not null check (status in ('open','accepted','rejected','superseded')),
      created_at timestamptz not null,
      decided_at timestamptz,
      decided_by uuid,
      primary key (customer_id, hold_id),
      foreign key (customer_id, run_id) references runs
    )`.execute(db);
  for (const table of ["runs", "links", "staged_pages", "staged_workers", "changes", "holds"]) {
    await customerTable(db, table, { byEntity: true });
  }
  await grantTo(db, "payflip_app", {
    runs: "select, insert, update",
    links: "select, insert, update, delete",
    staged_pages: "select, delete",
    staged_workers: "select, delete",
    changes: "select, insert, update",
    holds: "select, insert, update",
  });
  await grantTo(db, "payflip_sync", {
    runs: "select, insert, update",
    links: "select, insert, update",
    staged_pages: "select, insert, delete",
    staged_workers: "select, insert, update, delete",
    changes: "select, insert",
    holds: "select, insert, update",
  });
}

async function records(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table issues (
      customer_id uuid not null,
      issue_id uuid not null,
      entity_id uuid not null,
      code text not null,
      worker_id text not null default '',
      contract_id text not null default '',
      employee_id uuid,
      params jsonb not null,
      status text not null check (status in ('open','accepted','closed')),
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      last_run_id uuid not null,
      runs integer not null default 1,
      closed_at timestamptz,
      primary key (customer_id, issue_id),
      foreign key (customer_id, entity_id) references entities
    )`.execute(db);
  await sql`create unique index issues_one_open on issues (customer_id, entity_id, code, worker_id, contract_id) where status <> 'closed'`.execute(db);
  await sql`
    create table idempotency_keys (
      customer_id uuid not null,
      principal text not null,
      key text not null,
      request_hash bytea not null,
      status integer,
      response jsonb,
      created_at timestamptz not null,
      primary key (customer_id, principal, key)
    )`.execute(db);
  await sql`
    create table audit_entries (
      customer_id uuid not null,
      entry_id uuid not null,
      entity_id uuid,
      actor text not null,
      action text not null,
      subject text,
      at timestamptz not null,
      primary key (customer_id, entry_id)
    )`.execute(db);
  await sql`
    create table mails (
      customer_id uuid not null,
      mail_id uuid not null,
      entity_id uuid,
      template text not null,
      language text not null,
      recipient text not null,
      params jsonb not null,
      created_at timestamptz not null,
      sent_at timestamptz,
      primary key (customer_id, mail_id)
    )`.execute(db);
  await customerTable(db, "issues", { byEntity: true });
  for (const table of ["idempotency_keys", "audit_entries", "mails"]) await customerTable(db, table, { byEntity: false });
  await grantTo(db, "payflip_app", {
    issues: "select, insert, update",
    idempotency_keys: "select, insert, update, delete",
    audit_entries: "select, insert",
    mails: "select, insert, update",
  });
  await grantTo(db, "payflip_sync", { issues: "select, insert, update", audit_entries: "insert", mails: "insert" });
  // What success managers and support see across customers: no people, no wages.
  await grantTo(db, "payflip_platform", { customers: "select", entities: "select", connections: "select, update", runs: "select" });
  await sql`grant select (customer_id, entity_id, issue_id, code, status, first_seen_at, last_seen_at) on issues to payflip_platform`.execute(db);
  for (const table of ["customers", "entities", "connections", "runs", "issues"]) {
    await sql`create policy whole_platform on ${sql.table(table)} to payflip_platform using (true) with check (true)`.execute(db);
  }
}

async function functions(db: Kysely<unknown>): Promise<void> {
  // Where an address stands on the platform, without a word about whose it is.
  await sql`
    create function account_standings(of_customer uuid, emails text[]) returns table (email text, standing text, account_id uuid)
    language sql stable security definer set search_path = public as $$
      select a.email,
             case when a.customer_id = of_customer then 'ours' else 'taken' end,
             case when a.customer_id = of_customer then a.account_id end
      from unnest(emails) as e(email) join accounts a on a.email = e.email
    $$`.execute(db);
  await sql`
    create function enterprise_number_standing(of_customer uuid, of_entity uuid, number text) returns text
    language sql stable security definer set search_path = public as $$
      select coalesce((select case when c.customer_id = of_customer and c.entity_id = of_entity then 'ours' else 'taken' end
                       from enterprise_number_claims c where c.enterprise_number = number), 'free')
    $$`.execute(db);
  await sql`
    create function claim_enterprise_number(of_customer uuid, of_entity uuid, number text, at timestamptz) returns boolean
    language plpgsql volatile security definer set search_path = public as $$
      begin
        delete from enterprise_number_claims c where c.customer_id = of_customer and c.entity_id = of_entity and c.enterprise_number <> number;
        insert into enterprise_number_claims values (number, of_customer, of_entity, at) on conflict do nothing;
        return exists (select from enterprise_number_claims c
                       where c.enterprise_number = number and c.customer_id = of_customer and c.entity_id = of_entity);
      end
    $$`.execute(db);
  await sql`
    create function consent_state_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, state_id uuid)
    language sql stable security definer set search_path = public as $$
      select s.customer_id, s.entity_id, s.state_id from consent_states s where s.state_hash = hash
    $$`.execute(db);
  await sql`
    create function connect_token_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, token_id uuid)
    language sql stable security definer set search_path = public as $$
      select t.customer_id, t.entity_id, t.token_id from connect_tokens t where t.token_hash = hash
    $$`.execute(db);
  await sql`
    create function sign_in_account(with_email text) returns table (account_id uuid, customer_id uuid, name text, language text, password_hash text)
    language sql stable security definer set search_path = public as $$
      select a.account_id, a.customer_id, a.name, a.language, a.password_hash from accounts a where a.email = lower(with_email)
    $$`.execute(db);
  await ownDefinerFunctions(db, [
    "account_standings(uuid, text[])",
    "enterprise_number_standing(uuid, uuid, text)",
    "claim_enterprise_number(uuid, uuid, text, timestamptz)",
    "consent_state_tenant(bytea)",
    "connect_token_tenant(bytea)",
    "sign_in_account(text)",
  ]);
}
