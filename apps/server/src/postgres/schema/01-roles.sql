-- The database roles, the settings that row-level security reads, and what every table and function of the schema gets.

-- payflip_app: what the processes sign in as. It owns nothing.
-- payflip_sync: what a run becomes. It cannot delete or deactivate a person.
-- payflip_platform: sees across customers, but no people and no wages.
-- payflip_definer: owns the functions that run before a customer is known. Nothing signs in as it.
-- Roles belong to the whole cluster: another database of it may have made them already.
do $$
declare
  role text;
begin
  foreach role in array array['payflip_app', 'payflip_sync', 'payflip_platform', 'payflip_definer'] loop
    begin
      if not exists (select from pg_roles where rolname = role) then
        execute format(
          'create role %I %s nosuperuser nobypassrls nocreaterole nocreatedb',
          role, case when role = 'payflip_app' then 'login' else 'nologin' end);
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;

-- Without inheritance: otherwise a policy for a role would also hold for its members, at all times.
grant payflip_sync, payflip_platform to payflip_app with inherit false, set true;

-- The owner hands functions to payflip_definer; an owner that is no superuser must be able to become it.
do $$
begin
  if not pg_has_role(current_user, 'payflip_definer', 'set') or not pg_has_role(current_user, 'payflip_app', 'set') then
    execute format('grant payflip_definer, payflip_app to %I with inherit false, set true', current_user);
  end if;
end $$;

grant usage on schema public to payflip_app, payflip_sync, payflip_platform, payflip_definer;

-- The customer of the transaction. Null, and so no rows, outside a tenant's transaction.
create function current_customer() returns uuid
language sql stable as $$
  select nullif(current_setting('app.customer_id', true), '')::uuid
$$;

-- The entities that the transaction may see. Blank when it may see all of them: the policies ask for 'all' themselves.
create function permitted_entities() returns uuid[]
language sql stable as $$
  select case current_setting('app.entity_ids', true)
    when 'all' then '{}'::uuid[]
    else string_to_array(nullif(current_setting('app.entity_ids', true), ''), ',')::uuid[]
  end
$$;

-- The procedures below exist in the session that creates the schema, and are gone after it.

-- Forces row-level security: a role without a policy of its own sees nothing. Definer functions see the whole table.
create procedure pg_temp.secure_platform_table(name regclass)
language plpgsql as $$
begin
  execute format('alter table %s enable row level security, force row level security', name);
  execute format('create policy definer on %s to payflip_definer using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to payflip_definer', name);
end $$;

-- A table of customers: a transaction sees the rows of its own customer.
create procedure pg_temp.secure_customer_table(name regclass)
language plpgsql as $$
declare
  rule constant text := 'customer_id = (select current_customer())';
begin
  call pg_temp.secure_platform_table(name);
  execute format(
    'create policy own_customer on %s to payflip_app, payflip_sync using (%s) with check (%s)', name, rule, rule);
end $$;

-- A table of entities: a transaction sees the rows of its own customer, and of the entities it may see.
-- Each setting is read in a sub-select: PostgreSQL then reads it once for the statement, not once for each row.
create procedure pg_temp.secure_entity_table(name regclass)
language plpgsql as $$
declare
  rule constant text := $rule$
    customer_id = (select current_customer())
    and ((select current_setting('app.entity_ids', true) = 'all')
      or entity_id = any ((select permitted_entities())::uuid[]))$rule$;
begin
  call pg_temp.secure_platform_table(name);
  execute format(
    'create policy own_customer on %s to payflip_app, payflip_sync using (%s) with check (%s)', name, rule, rule);
end $$;

-- Lets payflip_platform see the rows of every customer, as far as it is granted columns.
create procedure pg_temp.open_to_platform(name regclass)
language plpgsql as $$
begin
  execute format('create policy whole_platform on %s to payflip_platform using (true) with check (true)', name);
end $$;

-- Hands a function to payflip_definer. The roles in `callers` may call it, and no other; null: other definer functions only.
create procedure pg_temp.run_as_definer(signature regprocedure, callers text)
language plpgsql as $$
begin
  execute format('revoke all on function %s from public', signature);
  if callers is not null then
    execute format('grant execute on function %s to %s', signature, callers);
  end if;
  grant create on schema public to payflip_definer;
  execute format('alter function %s owner to payflip_definer', signature);
  revoke create on schema public from payflip_definer;
end $$;
