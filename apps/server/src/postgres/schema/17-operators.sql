-- Success managers and support agents: accounts of 03-accounts.sql that belong to no customer. The command line manages them.

-- Makes a success manager or a support agent: an account of the platform and its role. No row: the address is that of a
-- customer's account. has_role_already: the operator existed, with this role.
create function create_operator(
  new_account uuid, new_email text, new_name text, new_language text, new_role text, now_at timestamptz)
returns table (account_id uuid, has_role_already boolean)
language plpgsql volatile security definer set search_path = public as $$
#variable_conflict use_column
declare
  of_account uuid;
begin
  if new_role not in ('success_manager', 'support') then raise exception 'not a role of the platform'; end if;
  insert into accounts (account_id, email, customer_id, name, language, created_at)
  values (new_account, new_email, null, new_name, new_language, now_at)
  on conflict (email) do nothing;
  select a.account_id into of_account from accounts a where a.email = new_email and a.customer_id is null;
  if of_account is null then return; end if;
  insert into memberships (account_id, role, customer_id, entity_ids, sees_wages, created_at)
  values (of_account, new_role, null, null, false, now_at)
  on conflict do nothing;
  return query select of_account, not found;
end
$$;

call pg_temp.run_as_definer(
  'create_operator(uuid, text, text, text, text, timestamptz)', callers => 'payflip_app');

-- Gives an operator a key and revokes the ones of the same role that the operator had.
create function replace_operator_key(
  new_key uuid, hash bytea, new_prefix text, of_account uuid, of_role text, now_at timestamptz) returns void
language plpgsql volatile security definer set search_path = public as $$
begin
  perform from memberships m where m.account_id = of_account and m.role = of_role and m.customer_id is null for update;
  if not found then raise exception 'not an operator with this role'; end if;
  update api_keys set revoked_at = now_at where account_id = of_account and role = of_role and revoked_at is null;
  insert into api_keys (
    key_id, key_hash, name, prefix, customer_id, account_id, role, entity_ids, sees_wages, created_by, created_at)
  values (
    new_key, hash, of_role, new_prefix, null, of_account, of_role, null, false, 'command_line:' || of_account, now_at);
end
$$;

call pg_temp.run_as_definer(
  'replace_operator_key(uuid, bytea, text, uuid, text, timestamptz)', callers => 'payflip_app');

create function list_operators()
returns table (account_id uuid, email text, name text, roles text[], has_password boolean, key_prefixes text[])
language sql stable security definer set search_path = public as $$
  select a.account_id, a.email, a.name,
    array(select m.role from memberships m where m.account_id = a.account_id order by m.role),
    a.password_hash is not null,
    array(select k.prefix from api_keys k where k.account_id = a.account_id and k.revoked_at is null order by k.created_at)
  from accounts a
  where a.customer_id is null and exists (select from memberships m where m.account_id = a.account_id)
  order by a.email
$$;

call pg_temp.run_as_definer('list_operators()', callers => 'payflip_app');

-- Deletes an operator's account with its roles, sessions and links, and revokes the keys. Null: no operator has the address.
create function remove_operator(of_email text, now_at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = public as $$
declare
  of_account uuid;
begin
  select a.account_id into of_account from accounts a where a.email = of_email and a.customer_id is null for update;
  if of_account is null then return null; end if;
  update api_keys set revoked_at = now_at where account_id = of_account and revoked_at is null;
  delete from sessions where account_id = of_account;
  delete from account_links where account_id = of_account;
  delete from memberships where account_id = of_account;
  delete from accounts where account_id = of_account;
  return of_account;
end
$$;

call pg_temp.run_as_definer('remove_operator(text, timestamptz)', callers => 'payflip_app');
