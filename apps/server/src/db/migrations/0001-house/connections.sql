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
);

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
);

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
);

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
);

create index consent_states_by_hash on consent_states (state_hash);

create index connect_tokens_by_hash on connect_tokens (token_hash);
