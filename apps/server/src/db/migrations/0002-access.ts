import { type Kysely, sql } from "kysely";
import { customerTable, grantTo, ownDefinerFunctions, platformTable } from "./policies.ts";

/**
 * Sign-in: what is asked before a customer is known goes through functions that answer no more than their question.
 * Instants are arguments throughout.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await signInAttempts(db);
  await sessions(db);
  await operators(db);
  await fieldEdits(db);
  await ownDefinerFunctions(db, [
    "count_sign_in_attempt(uuid, bytea, bytea, timestamptz)",
    "sign_in_succeeded(uuid)",
    "start_session(bytea, uuid, timestamptz, timestamptz)",
    "session_principal(bytea, timestamptz)",
    "touch_session(bytea, timestamptz, timestamptz)",
    "end_session(bytea)",
    "change_own_language(bytea, text)",
    "api_key_principal(bytea)",
    "create_operator(uuid, text, text, text, text, uuid, bytea, timestamptz)",
    "prune_access(timestamptz)",
  ]);
}

/** Every attempt is written before it is judged, so that many at once cannot slip past the count. */
async function signInAttempts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sign_in_attempts (
      attempt_id uuid not null,
      account_bucket bytea not null,
      address_bucket bytea not null,
      succeeded boolean not null default false,
      at timestamptz not null
    )`.execute(db);
  await sql`create index sign_in_attempts_by_id on sign_in_attempts (attempt_id)`.execute(db);
  await sql`create index sign_in_attempts_by_account on sign_in_attempts (account_bucket, at)`.execute(db);
  await sql`create index sign_in_attempts_by_address on sign_in_attempts (address_bucket, at)`.execute(db);
  await platformTable(db, "sign_in_attempts");
  await sql`
    create function count_sign_in_attempt(attempt uuid, account bytea, address bytea, now_at timestamptz)
    returns table (of_address bigint, of_pair bigint, of_account bigint, address_known boolean)
    language sql volatile security definer set search_path = public as $$
      insert into sign_in_attempts (attempt_id, account_bucket, address_bucket, at) values (attempt, account, address, now_at);
      select
        (select count(*) from sign_in_attempts a
         where a.address_bucket = address and not a.succeeded and a.at > now_at - interval '15 minutes'),
        (select count(*) from sign_in_attempts a
         where a.account_bucket = account and a.address_bucket = address and not a.succeeded and a.at > now_at - interval '15 minutes'),
        (select count(*) from sign_in_attempts a
         where a.account_bucket = account and not a.succeeded and a.at > now_at - interval '15 minutes'),
        exists (select from sign_in_attempts a
         where a.account_bucket = account and a.address_bucket = address and a.succeeded)
    $$`.execute(db);
  await sql`
    create function sign_in_succeeded(attempt uuid) returns void
    language sql volatile security definer set search_path = public as $$
      update sign_in_attempts set succeeded = true where attempt_id = attempt
    $$`.execute(db);
}

async function sessions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function start_session(hash bytea, of_account uuid, now_at timestamptz, until timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      insert into sessions (token_hash, account_id, created_at, last_seen_at, expires_at) values (hash, of_account, now_at, now_at, until)
    $$`.execute(db);
  await sql`
    create function session_principal(hash bytea, now_at timestamptz)
    returns table (account_id uuid, email text, name text, language text, customer_id uuid,
                   created_at timestamptz, last_seen_at timestamptz, memberships jsonb)
    language sql stable security definer set search_path = public as $$
      select a.account_id, a.email, a.name, a.language, a.customer_id, s.created_at, s.last_seen_at,
        coalesce((select jsonb_agg(jsonb_build_object('role', m.role, 'customerId', m.customer_id,
                                                      'entityIds', m.entity_ids, 'seesWages', m.sees_wages))
                  from memberships m where m.account_id = a.account_id), '[]'::jsonb)
      from sessions s join accounts a on a.account_id = s.account_id
      where s.token_hash = hash and s.expires_at > now_at
    $$`.execute(db);
  await sql`
    create function touch_session(hash bytea, now_at timestamptz, until timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      update sessions set last_seen_at = now_at, expires_at = until where token_hash = hash
    $$`.execute(db);
  await sql`
    create function end_session(hash bytea) returns void
    language sql volatile security definer set search_path = public as $$
      delete from sessions where token_hash = hash
    $$`.execute(db);
  // Success managers and support belong to no customer, so no customer's policy lets them write their own account.
  await sql`
    create function change_own_language(hash bytea, to_language text) returns void
    language sql volatile security definer set search_path = public as $$
      update accounts set language = to_language
      where account_id = (select s.account_id from sessions s where s.token_hash = hash)
    $$`.execute(db);
  await sql`
    create function api_key_principal(hash bytea)
    returns table (key_id uuid, customer_id uuid, role text, entity_ids uuid[], sees_wages boolean)
    language sql stable security definer set search_path = public as $$
      select k.key_id, k.customer_id, k.role, k.entity_ids, k.sees_wages from api_keys k where k.key_hash = hash and k.revoked_at is null
    $$`.execute(db);
  await sql`
    create function prune_access(now_at timestamptz) returns void
    language sql volatile security definer set search_path = public as $$
      delete from sessions where expires_at <= now_at;
      delete from sign_in_attempts where at < now_at - interval '90 days' or (not succeeded and at < now_at - interval '1 day');
      delete from idempotency_keys where created_at < now_at - interval '24 hours';
    $$`.execute(db);
}

/** Success managers and support agents: an account of the platform, its role, and a first key. An address of a customer's account is refused. */
async function operators(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function create_operator(new_account uuid, with_email text, with_name text, with_language text, with_role text,
                                    new_key uuid, hash bytea, now_at timestamptz) returns uuid
    language plpgsql volatile security definer set search_path = public as $$
      declare of_account uuid;
      begin
        if with_role not in ('success_manager', 'support') then raise exception 'not a role of the platform'; end if;
        insert into accounts (account_id, email, customer_id, name, language, created_at)
        values (new_account, with_email, null, with_name, with_language, now_at) on conflict (email) do nothing;
        select a.account_id into of_account from accounts a where a.email = with_email and a.customer_id is null;
        if of_account is null then return null; end if;
        insert into memberships (account_id, role, customer_id, entity_ids, sees_wages, created_at)
        values (of_account, with_role, null, null, false, now_at) on conflict do nothing;
        insert into api_keys (key_id, key_hash, customer_id, role, entity_ids, sees_wages, created_at)
        values (new_key, hash, null, with_role, null, false, now_at);
        return of_account;
      end
    $$`.execute(db);
}

/** Who wrote a field of an employee last, when it was not a run: runs write `changes`. */
async function fieldEdits(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table field_edits (
      customer_id uuid not null,
      employee_id uuid not null,
      field text not null,
      entity_id uuid not null,
      source text not null check (source in ('account','api_key')),
      at timestamptz not null,
      primary key (customer_id, employee_id, field),
      foreign key (customer_id, employee_id) references employees on delete cascade
    )`.execute(db);
  await customerTable(db, "field_edits", { byEntity: true });
  await grantTo(db, "payflip_app", { field_edits: "select, insert, update, delete" });
}
