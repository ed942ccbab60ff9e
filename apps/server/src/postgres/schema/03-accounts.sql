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
  name text not null,
  prefix text not null,
  customer_id uuid,
  account_id uuid,
  role text not null check (role in ('admin', 'reader', 'success_manager', 'support')),
  entity_ids uuid[],
  sees_wages boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_on date,
  last_used_on date,
  revoked_at timestamptz,
  check ((customer_id is null) = (role in ('success_manager', 'support')))
);

comment on table api_keys is 'Keys for programs, each with one role. Never deleted, only revoked.';
comment on column api_keys.key_hash is 'SHA-256 of the key, with its purpose. The key itself is shown once and not stored.';
comment on column api_keys.name is 'What the key is for, in the words of the person who made it.';
comment on column api_keys.prefix is 'The first characters of the key, to recognise it by.';
comment on column api_keys.account_id is 'The success manager or support agent whose key it is; null: a key of a customer.';
comment on column api_keys.customer_id is 'Null for the roles of the platform: success_manager and support.';
comment on column api_keys.entity_ids is 'The entities that the key is for; null: all entities of the customer.';
comment on column api_keys.sees_wages is 'Whether the key may read wages; without it, wages are left out of every answer.';
comment on column api_keys.created_by is 'Who made it: account:<id>, api_key:<id> or command_line:<id>.';
comment on column api_keys.expires_on is 'The last day on which the key is accepted, in Brussels; null: it does not expire.';
comment on column api_keys.last_used_on is 'The last day on which the key was used, in Brussels; written once a day.';
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
returns table (
  account_id uuid, customer_id uuid, email text, name text, language text, password_hash text, has_role boolean)
language sql stable security definer set search_path = public as $$
  select a.account_id, a.customer_id, a.email, a.name, a.language, a.password_hash,
    exists (select from memberships m where m.account_id = a.account_id)
  from accounts a where a.email = lower(typed_email)
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

-- Notes the day of the use. A key that was revoked or has expired is not found.
create function find_api_key(hash bytea, today date)
returns table (key_id uuid, customer_id uuid, role text, entity_ids uuid[], sees_wages boolean)
language sql volatile security definer set search_path = public as $$
  update api_keys k set last_used_on = today
  where k.key_hash = hash and k.revoked_at is null and (k.expires_on is null or k.expires_on >= today)
    and k.last_used_on is distinct from today;
  select k.key_id, k.customer_id, k.role, k.entity_ids, k.sees_wages
  from api_keys k
  where k.key_hash = hash and k.revoked_at is null and (k.expires_on is null or k.expires_on >= today)
$$;

call pg_temp.run_as_definer('find_api_key(bytea, date)', callers => 'payflip_app');

-- Whether any account exists that has a password or can get one by a link.
create function password_sign_in_is_possible() returns boolean
language sql stable security definer set search_path = public as $$
  select exists (select from memberships) or exists (select from accounts where password_hash is not null)
$$;

call pg_temp.run_as_definer('password_sign_in_is_possible()', callers => 'payflip_app');

create table account_links (
  customer_id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  purpose text not null check (purpose in ('invite', 'reset', 'confirm_address')),
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (customer_id, token_hash)
);

create index account_links_by_hash on account_links (token_hash);
create index account_links_by_account on account_links (account_id);

comment on table account_links is
  'Links with which the owner of an address sets a password or confirms the address. A used or replaced link is deleted.';
comment on column account_links.customer_id is 'Of an account of the platform, which has no customer: the id of the account.';
comment on column account_links.token_hash is
  'SHA-256 of the token in the link, with its purpose. The token itself is in the mail only.';
comment on column account_links.email is
  'Where the link was sent. For invite and reset it must still be the address of the account; for confirm_address it becomes it.';

call pg_temp.secure_customer_table('account_links');
grant select (customer_id, account_id, purpose, email, created_at, expires_at), insert, delete on account_links to payflip_app;

create function find_account_link(hash bytea, now_at timestamptz)
returns table (purpose text, email text, name text, language text, expires_at timestamptz)
language sql stable security definer set search_path = public as $$
  select l.purpose, l.email, a.name, a.language, l.expires_at
  from account_links l
  join accounts a on a.account_id = l.account_id and coalesce(a.customer_id, a.account_id) = l.customer_id
  where l.token_hash = hash and l.expires_at > now_at and (l.purpose = 'confirm_address' or l.email = a.email)
$$;

call pg_temp.run_as_definer('find_account_link(bytea, timestamptz)', callers => 'payflip_app');

-- Uses the link: sets the password and ends the sessions, or sets the confirmed address. Every link of the account ends.
-- Answers the address of the account, or null when the link has ended or another account has the address by now.
create function follow_account_link(hash bytea, new_password_hash text, now_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public as $$
declare
  link account_links;
  owner accounts;
begin
  select l.* into link from account_links l where l.token_hash = hash and l.expires_at > now_at for update;
  if link is null then return null; end if;
  select a.* into owner from accounts a where a.account_id = link.account_id for update;
  if coalesce(owner.customer_id, owner.account_id) <> link.customer_id then return null; end if;
  if link.purpose = 'confirm_address' then
    if exists (select from accounts a where a.email = link.email and a.account_id <> owner.account_id) then return null; end if;
    update accounts set email = link.email where account_id = owner.account_id;
  else
    if owner.email <> link.email or new_password_hash is null then return null; end if;
    update accounts set password_hash = new_password_hash where account_id = owner.account_id;
    delete from sessions where account_id = owner.account_id;
  end if;
  delete from account_links where account_id = owner.account_id;
  return link.email;
end
$$;

call pg_temp.run_as_definer('follow_account_link(bytea, text, timestamptz)', callers => 'payflip_app');

-- Takes the role of an admin of the customer that is set away, with the sessions and links of the account. An account that is
-- no employee's and has no other role is deleted, so that its address is free. False: the customer has no such admin.
create function remove_admin(of_account uuid) returns boolean
language plpgsql volatile security definer set search_path = public as $$
begin
  delete from memberships m
  where m.account_id = of_account and m.customer_id = current_customer() and m.role = 'admin';
  if not found then return false; end if;
  delete from sessions where account_id = of_account;
  delete from account_links where account_id = of_account;
  delete from accounts a
  where a.account_id = of_account and a.customer_id = current_customer()
    and not exists (select from memberships m where m.account_id = of_account)
    and not exists (select from employees e where e.account_id = of_account);
  return true;
end
$$;

call pg_temp.run_as_definer('remove_admin(uuid)', callers => 'payflip_app');
