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
);

create unique index runs_one_open on runs (customer_id, entity_id) where status in ('queued','running') and trigger <> 'person';

create unique index runs_one_nightly_a_date on runs (customer_id, entity_id, scheduled_for) where scheduled_for is not null;

create index runs_by_entity on runs (customer_id, entity_id, created_at desc);

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
);

create table staged_pages (
  customer_id uuid not null,
  run_id uuid not null,
  entity_id uuid not null,
  page integer not null,
  settled_worker_ids text[] not null,
  unreadable_worker_ids text[] not null,
  unreadable_nameless integer not null,
  primary key (customer_id, run_id, page)
);

create table staged_workers (
  customer_id uuid not null,
  run_id uuid not null,
  worker_id text not null,
  entity_id uuid not null,
  content_hash bytea not null,
  filled integer not null,
  email text,
  employee_number text,
  met_twice boolean not null default false,
  record text not null,
  primary key (customer_id, run_id, worker_id)
);

create table changes (
  customer_id uuid not null,
  run_id uuid not null,
  seq integer not null,
  entity_id uuid not null,
  employee_id uuid not null,
  worker_id text not null,
  contract_id text,
  kind text not null,
  fields json not null,
  reason text not null,
  at timestamptz not null,
  reverted_at timestamptz,
  primary key (customer_id, run_id, seq)
);

create index changes_by_employee on changes (customer_id, employee_id);

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
);
