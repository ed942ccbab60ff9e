-- Something to decide. There is one open task for what it is about.
create table tasks (
  customer_id uuid not null,
  task_id uuid not null,
  entity_id uuid not null,
  kind text not null check (kind in ('leaver','newcomers_waiting','no_budget','not_invited','contract_ending','entity_move','support')),
  worker_id text not null default '',
  employee_id uuid,
  params jsonb not null default '{}',
  due_on date,
  status text not null check (status in ('open','done','closed')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (customer_id, task_id),
  foreign key (customer_id, entity_id) references entities
);

create unique index tasks_one_open on tasks (customer_id, entity_id, kind, worker_id) where status = 'open';

-- Something that support, or an admin of every entity it touches, decides: both records side by side, never a wage.
create table cases (
  customer_id uuid not null,
  case_id uuid not null,
  entity_id uuid not null,
  from_entity_id uuid not null,
  kind text not null check (kind in ('entity_move')),
  worker_id text not null,
  employee_id uuid not null,
  records jsonb not null,
  status text not null check (status in ('open','confirmed','declined','closed')),
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  primary key (customer_id, case_id),
  foreign key (customer_id, entity_id) references entities,
  foreign key (customer_id, from_entity_id) references entities (customer_id, entity_id),
  foreign key (customer_id, employee_id) references employees on delete cascade
);

create unique index cases_one_open on cases (customer_id, entity_id, kind, worker_id) where status = 'open';

-- Pairs that somebody took apart: they are never matched by e-mail again, only linked by hand.
create table kept_apart (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  employee_id uuid not null,
  at timestamptz not null,
  primary key (customer_id, entity_id, worker_id, employee_id),
  foreign key (customer_id, employee_id) references employees on delete cascade
);
