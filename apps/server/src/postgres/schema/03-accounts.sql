-- Who may sign in: accounts, their roles, sessions, API keys and sign-in attempts. This is platform data: a customer sees its
-- own accounts, memberships and keys. What is asked before a customer is known goes through definer functions.

create table accounts (
  account_id uuid primary key,
  email text not null unique check (email = lower(email)),
  customer_id uuid,
  name text,
  language text not null check (language in ('nl', 'fr', 'en')),
  password_hash text,
  created_at timestamptz not null
);

comment on table accounts is
  'Sign-ins. Each employee has one, and so has each admin, reader, success manager and support agent.';
comment on column accounts.email is 'Address to sign in with, in lower case; unique on the whole platform.';
comment on column accounts.customer_id is 'Null: an account of the platform itself (success manager, support).';
comment on column accounts.name is 'Null for the account of an employee: the employee has the name.';
comment on column accounts.password_hash is 'scrypt; null: no password yet, or the account signs in through OpenID.';

call pg_temp.secure_platform_table('accounts');
create policy own_customer on accounts to payflip_app, payflip_sync
  using (customer_id = (select current_customer()))
  with check (customer_id = (select current_customer()));
grant select, insert, update on accounts to payflip_app;
grant select, insert, update (email) on accounts to payflip_sync;


create table memberships (
  account_id uuid not null references accounts,
  role text not null check (role in ('admin', 'reader', 'success_manager', 'support')),
  customer_id uuid,
  entity_ids uuid[],
  sees_wages boolean not null,
  created_at timestamptz not null,
  primary key (account_id, role),
  check ((customer_id is null) = (role in ('success_manager', 'support')))
);

comment on table memberships is 'Roles of accounts. An employee without another role has none.';
comment on column memberships.customer_id is 'Null for the roles of the platform: success_manager and support.';
comment on column memberships.entity_ids is 'The entities that the role is for; null: all entities of the customer.';
comment on column memberships.sees_wages is 'Whether the account may read wages; without it, wages are left out of every answer.';

call pg_temp.secure_platform_table('memberships');
create policy own_customer on memberships to payflip_app, payflip_sync
  using (customer_id = (select current_customer()))
  with check (customer_id = (select current_customer()));
grant select, insert, update, delete on memberships to payflip_app;
grant select on memberships to payflip_sync;


create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

comment on table sessions is
  'Sessions of browsers. Only the definer functions below reach them; expired ones are deleted by housekeeping.';
comment on column sessions.token_hash is
  'SHA-256 of the token in the session cookie, with its purpose. The token itself is not stored.';
comment on column sessions.expires_at is 'Moved forward while the session is used.';

call pg_temp.secure_platform_table('sessions');


create table api_keys (
  key_id uuid primary key,
  key_hash bytea not null unique,
  customer_id uuid,
  role text not null check (role in ('admin', 'reader', 'success_manager', 'support')),
  entity_ids uuid[],
  sees_wages boolean not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  check ((customer_id is null) = (role in ('success_manager', 'support')))
);

comment on table api_keys is 'Keys for programs, each with one role. Made by the command line; never deleted, only revoked.';
comment on column api_keys.key_hash is 'SHA-256 of the key, with its purpose. The key itself is shown once and not stored.';
comment on column api_keys.customer_id is 'Null for the roles of the platform: success_manager and support.';
comment on column api_keys.entity_ids is 'The entities that the key is for; null: all entities of the customer.';
comment on column api_keys.sees_wages is 'Whether the key may read wages; without it, wages are left out of every answer.';
comment on column api_keys.revoked_at is 'From then on the key is refused; null: the key is valid.';

call pg_temp.secure_platform_table('api_keys');
create policy own_customer on api_keys to payflip_app
  using (customer_id = (select current_customer()))
  with check (customer_id = (select current_customer()));
grant select, insert, update on api_keys to payflip_app;


create table sign_in_attempts (
  attempt_id uuid not null,
  account_bucket bytea not null,
  address_bucket bytea not null,
  succeeded boolean not null default false,
  attempted_at timestamptz not null
);

create index sign_in_attempts_by_id on sign_in_attempts (attempt_id);
create index sign_in_attempts_by_account on sign_in_attempts (account_bucket, attempted_at);
create index sign_in_attempts_by_address on sign_in_attempts (address_bucket, attempted_at);

comment on table sign_in_attempts is
  'Attempts to sign in with a password, counted to refuse too many. Failed ones are kept for a day, others for 90 days.';
comment on column sign_in_attempts.account_bucket is 'SHA-256 of the e-mail that was typed, also when no account has it.';
comment on column sign_in_attempts.address_bucket is 'SHA-256 of the caller''s IP address (IPv6: of its network).';
comment on column sign_in_attempts.succeeded is
  'Every attempt is written as failed first, and set to true when the password was right.';

call pg_temp.secure_platform_table('sign_in_attempts');


create function find_sign_in_account(typed_email text)
returns table (account_id uuid, customer_id uuid, name text, language text, password_hash text)
language sql stable security definer set search_path = public as $$
  select a.account_id, a.customer_id, a.name, a.language, a.password_hash from accounts a where a.email = lower(typed_email)
$$;

call pg_temp.run_as_definer('find_sign_in_account(text)', callers => 'payflip_app, payflip_sync');

-- Writes the attempt before it is judged. Attempts for one account or from one address wait for each other until they are
-- committed, so that each of many attempts at once counts those before it. The locks are taken in one order.
create function count_sign_in_attempt(attempt uuid, account bytea, address bytea, now_at timestamptz)
returns table (address_count bigint, pair_count bigint, account_count bigint, address_known boolean)
language sql volatile security definer set search_path = public as $$
  select pg_advisory_xact_lock(bucket.lock)
  from (
    select hashtextextended(name, 1907) as lock
    from (values ('account' || encode(account, 'hex')), ('address' || encode(address, 'hex'))) as buckets (name)
    order by 1
  ) as bucket;
  insert into sign_in_attempts (attempt_id, account_bucket, address_bucket, attempted_at)
  values (attempt, account, address, now_at);
  select
    (select count(*) from sign_in_attempts a
     where a.address_bucket = address and not a.succeeded and a.attempted_at > now_at - interval '15 minutes'),
    (select count(*) from sign_in_attempts a
     where a.account_bucket = account and a.address_bucket = address
       and not a.succeeded and a.attempted_at > now_at - interval '15 minutes'),
    (select count(*) from sign_in_attempts a
     where a.account_bucket = account and not a.succeeded and a.attempted_at > now_at - interval '15 minutes'),
    exists (select from sign_in_attempts a
     where a.account_bucket = account and a.address_bucket = address and a.succeeded)
$$;

call pg_temp.run_as_definer(
  'count_sign_in_attempt(uuid, bytea, bytea, timestamptz)', callers => 'payflip_app, payflip_sync');

create function mark_sign_in_succeeded(attempt uuid) returns void
language sql volatile security definer set search_path = public as $$
  update sign_in_attempts set succeeded = true where attempt_id = attempt
$$;

call pg_temp.run_as_definer('mark_sign_in_succeeded(uuid)', callers => 'payflip_app, payflip_sync');

create function start_session(hash bytea, of_account uuid, now_at timestamptz, expiry timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  insert into sessions (token_hash, account_id, created_at, last_seen_at, expires_at)
  values (hash, of_account, now_at, now_at, expiry)
$$;

call pg_temp.run_as_definer(
  'start_session(bytea, uuid, timestamptz, timestamptz)', callers => 'payflip_app, payflip_sync');

-- The account of a session that has not expired, with its roles as JSON in camelCase.
create function find_session(hash bytea, now_at timestamptz)
returns table (account_id uuid, email text, name text, language text, customer_id uuid,
               created_at timestamptz, last_seen_at timestamptz, memberships jsonb)
language sql stable security definer set search_path = public as $$
  select a.account_id, a.email, a.name, a.language, a.customer_id, s.created_at, s.last_seen_at,
    coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'customerId', m.customer_id,
                                                  'entityIds', m.entity_ids, 'seesWages', m.sees_wages))
              from memberships m where m.account_id = a.account_id), '[]'::jsonb)
  from sessions s join accounts a on a.account_id = s.account_id
  where s.token_hash = hash and s.expires_at > now_at
$$;

call pg_temp.run_as_definer('find_session(bytea, timestamptz)', callers => 'payflip_app, payflip_sync');

create function touch_session(hash bytea, now_at timestamptz, expiry timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  update sessions set last_seen_at = now_at, expires_at = expiry where token_hash = hash
$$;

call pg_temp.run_as_definer('touch_session(bytea, timestamptz, timestamptz)', callers => 'payflip_app, payflip_sync');

create function end_session(hash bytea) returns void
language sql volatile security definer set search_path = public as $$
  delete from sessions where token_hash = hash
$$;

call pg_temp.run_as_definer('end_session(bytea)', callers => 'payflip_app, payflip_sync');

-- Success managers and support belong to no customer, so no policy lets them write their own account: this function does.
create function change_own_language(hash bytea, new_language text) returns void
language sql volatile security definer set search_path = public as $$
  update accounts set language = new_language
  where account_id = (select s.account_id from sessions s where s.token_hash = hash)
$$;

call pg_temp.run_as_definer('change_own_language(bytea, text)', callers => 'payflip_app, payflip_sync');

create function find_api_key(hash bytea)
returns table (key_id uuid, customer_id uuid, role text, entity_ids uuid[], sees_wages boolean)
language sql stable security definer set search_path = public as $$
  select k.key_id, k.customer_id, k.role, k.entity_ids, k.sees_wages
  from api_keys k
  where k.key_hash = hash and k.revoked_at is null
$$;

call pg_temp.run_as_definer('find_api_key(bytea)', callers => 'payflip_app, payflip_sync');

-- Makes a success manager or a support agent: an account of the platform, its role, and an API key. An account that exists
-- gets the role and the key. Answers the account, or null when the address is that of a customer's account.
create function create_operator(
  new_account uuid, new_email text, new_name text, new_language text, new_role text,
  new_key uuid, hash bytea, now_at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = public as $$
declare
  of_account uuid;
begin
  if new_role not in ('success_manager', 'support') then raise exception 'not a role of the platform'; end if;
  insert into accounts (account_id, email, customer_id, name, language, created_at)
  values (new_account, new_email, null, new_name, new_language, now_at)
  on conflict (email) do nothing;
  select a.account_id into of_account from accounts a where a.email = new_email and a.customer_id is null;
  if of_account is null then return null; end if;
  insert into memberships (account_id, role, customer_id, entity_ids, sees_wages, created_at)
  values (of_account, new_role, null, null, false, now_at)
  on conflict do nothing;
  insert into api_keys (key_id, key_hash, customer_id, role, entity_ids, sees_wages, created_at)
  values (new_key, hash, null, new_role, null, false, now_at);
  return of_account;
end
$$;

call pg_temp.run_as_definer(
  'create_operator(uuid, text, text, text, text, uuid, bytea, timestamptz)', callers => 'payflip_app, payflip_sync');
