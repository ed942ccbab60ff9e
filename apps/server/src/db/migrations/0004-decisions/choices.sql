-- Who is synchronised in selective mode. Of whoever was not chosen, the id and the choice are all that is kept.
create table choices (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  choice text not null check (choice in ('selected','excluded','waiting','released')),
  first_seen_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (customer_id, entity_id, worker_id),
  foreign key (customer_id, entity_id) references entities
);

create index choices_by_choice on choices (customer_id, entity_id, choice);

alter table staged_pages add column unchosen_worker_ids text[] not null default '{}';

-- What the picker shows, encrypted, until the choice is confirmed or a week is over.
create table candidate_lists (
  customer_id uuid not null,
  entity_id uuid not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  total integer not null,
  primary key (customer_id, entity_id),
  foreign key (customer_id, entity_id) references entities
);

create table candidates (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  sealed text not null,
  primary key (customer_id, entity_id, worker_id),
  foreign key (customer_id, entity_id) references candidate_lists on delete cascade
);

-- A preview is a run that ends before its first write: the same id, and here what it would have written.
create table previews (
  customer_id uuid not null,
  preview_id uuid not null,
  entity_id uuid not null,
  mode text not null check (mode in ('full','selective')),
  worker_ids text[],
  hash text,
  counts jsonb,
  reasons jsonb not null default '[]',
  confirmed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  requested_by uuid,
  primary key (customer_id, preview_id),
  foreign key (customer_id, preview_id) references runs (customer_id, run_id),
  foreign key (customer_id, entity_id) references entities
);

-- Values of linked people only; of everybody else the id and a keyed hash of what would be written.
create table preview_operations (
  customer_id uuid not null,
  preview_id uuid not null,
  worker_id text not null,
  entity_id uuid not null,
  bucket text not null,
  employee_id uuid,
  plan_hash bytea not null,
  fields json,
  primary key (customer_id, preview_id, worker_id),
  foreign key (customer_id, preview_id) references previews on delete cascade
);
