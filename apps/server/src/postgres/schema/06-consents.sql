-- Consents to exchange data with Liantis: what was granted, and consents under way.

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

comment on table consent_receipts is
  'Who allowed the exchange, in what role, when, and for what. Rows are only added, never changed or deleted.';
comment on column consent_receipts.consent_id is 'The id that Liantis gives the consent.';
comment on column consent_receipts.signer_subject is 'The signer''s id at Liantis'' sign-in (OpenID sub).';
comment on column consent_receipts.signer_role is 'The role in which the signer consented, as Liantis says it.';
comment on column consent_receipts.addressee_email is
  'Who was asked for the consent by mail; null: the signer was not asked by mail.';
comment on column consent_receipts.signer_is_addressee is
  'Whether the signer is the person who was asked; null: addressee_email is null.';
comment on column consent_receipts.text_version is 'Version of the consent text that the signer saw.';
comment on column consent_receipts.granted_at is 'When Liantis says that it was granted; recorded_at is when we wrote it down.';

call pg_temp.secure_entity_table('consent_receipts');
grant select, insert on consent_receipts to payflip_app;
grant select on consent_receipts to payflip_sync;


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

create index consent_states_by_hash on consent_states (state_hash);

comment on table consent_states is
  'Consents under way: a person was sent to Liantis and is not back yet. Deleted a day after they expire.';
comment on column consent_states.state_hash is 'SHA-256 of the OpenID state that comes back with the answer, with its purpose.';
comment on column consent_states.binding_hash is
  'SHA-256 of the session token (an admin) or of the transaction cookie (a connect link), with its purpose.';
comment on column consent_states.enterprise_number is 'The number that the consent is asked for.';
comment on column consent_states.code_verifier_sealed is 'The PKCE verifier, encrypted.';
comment on column consent_states.connect_token_id is
  'The connect link that was followed; null: an admin started it from the app.';
comment on column consent_states.account_id is 'The admin who started it; null: it came from a connect link.';
comment on column consent_states.used_at is 'When the answer came; a state is used once.';

call pg_temp.secure_entity_table('consent_states');
grant select, insert, update, delete on consent_states to payflip_app;


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

create index connect_tokens_by_hash on connect_tokens (token_hash);

comment on table connect_tokens is
  'Connect links: addresses by which a colleague, or the accountant, can give the consent without an account here.';
comment on column connect_tokens.token_hash is
  'SHA-256 of the token in the link, with its purpose. The token itself is in the mail only.';
comment on column connect_tokens.addressee_email is 'Who the link was mailed to; null: it was not mailed.';
comment on column connect_tokens.language is 'nl, fr or en: language of the mail and of the page behind the link.';
comment on column connect_tokens.ended_at is 'When the link was used or replaced by a newer one; null: valid until expires_at.';

call pg_temp.secure_entity_table('connect_tokens');
grant select, insert, update on connect_tokens to payflip_app;


-- Which customer and entity an answer of Liantis belongs to: it comes before a customer is known.
create function find_consent_state_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, state_id uuid)
language sql stable security definer set search_path = public as $$
  select s.customer_id, s.entity_id, s.state_id from consent_states s where s.state_hash = hash
$$;

call pg_temp.run_as_definer('find_consent_state_tenant(bytea)', callers => 'payflip_app, payflip_sync');

-- Which customer and entity a connect link belongs to.
create function find_connect_token_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, token_id uuid)
language sql stable security definer set search_path = public as $$
  select t.customer_id, t.entity_id, t.token_id from connect_tokens t where t.token_hash = hash
$$;

call pg_temp.run_as_definer('find_connect_token_tenant(bytea)', callers => 'payflip_app, payflip_sync');
