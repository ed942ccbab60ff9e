create table customers (
  customer_id uuid primary key,
  name text not null,
  language text not null check (language in ('nl','fr','en')),
  migrated_from_flex_plan boolean not null default false,
  liantis_available_at timestamptz,
  created_at timestamptz not null
);

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
);

create table accounts (
  account_id uuid primary key,
  email text not null unique check (email = lower(email)),
  customer_id uuid,
  name text,
  language text not null check (language in ('nl','fr','en')),
  password_hash text,
  created_at timestamptz not null
);

create table memberships (
  account_id uuid not null references accounts,
  role text not null check (role in ('admin','reader','success_manager','support')),
  customer_id uuid,
  entity_ids uuid[],
  sees_wages boolean not null,
  created_at timestamptz not null,
  primary key (account_id, role),
  check ((customer_id is null) = (role in ('success_manager','support')))
);

create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

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
);

create table enterprise_number_claims (
  enterprise_number text primary key,
  customer_id uuid not null,
  entity_id uuid not null,
  claimed_at timestamptz not null,
  unique (customer_id, entity_id)
);
