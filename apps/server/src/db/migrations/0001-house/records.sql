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
);

create unique index issues_one_open on issues (customer_id, entity_id, code, worker_id, contract_id) where status <> 'closed';

create table idempotency_keys (
  customer_id uuid not null,
  principal text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (customer_id, principal, key)
);

create table audit_entries (
  customer_id uuid not null,
  entry_id uuid not null,
  entity_id uuid,
  actor text not null,
  action text not null,
  subject text,
  at timestamptz not null,
  primary key (customer_id, entry_id)
);

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
);
