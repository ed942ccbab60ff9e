-- The queue of calls to the provider, for all processes together. Its content is worth seconds: a database that stops has none
-- of these calls under way when it is back, so the tables are unlogged and no call waits for the disk.

create unlogged table provider_calls (
  customer_id uuid not null,
  call_id uuid not null,
  holder_id uuid not null,
  urgent boolean not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  alive_until timestamptz not null,
  primary key (customer_id, call_id)
);

comment on table provider_calls is
  'Calls to the provider that wait for a place or are under way, of all processes. A row ends with its call.';
comment on column provider_calls.customer_id is 'The customer that the call is for; of a call for no customer, the holder_id.';
comment on column provider_calls.holder_id is 'The process that makes the call.';
comment on column provider_calls.urgent is 'A person waits for it: it goes before the calls of the night.';
comment on column provider_calls.started_at is 'When it got its place; null: it waits.';
comment on column provider_calls.alive_until is
  'Moved forward while the process needs the call; after it the place is free again.';

call pg_temp.secure_platform_table('provider_calls');


create unlogged table provider_turns (
  customer_id uuid primary key,
  last_started_at timestamptz not null
);

comment on table provider_turns is 'When a call of each customer last started, so that customers take turns.';

call pg_temp.secure_platform_table('provider_turns');


create unlogged table provider_pace (
  used_until timestamptz not null
);

comment on table provider_pace is 'Until when the calls allowed for each second are used up. One row, from the first call on.';

call pg_temp.secure_platform_table('provider_pace');


-- Starts the next calls while there is room: calls that a person waits for go before those of the night, and among them the
-- customers take turns, so that a customer with many calls waiting delays another one no longer than a customer with one call.
-- Notifies other processes on payflip_provider_call. Answers with the calls of this process that start.
create function start_provider_calls(of_holder uuid, at_once integer, per_second integer, now_at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = public as $$
declare
  room integer;
  used timestamptz;
  mine uuid[] = '{}';
  next record;
begin
  select used_until into used from provider_pace;
  used := greatest(coalesce(used, now_at), now_at);
  room := least(
    at_once - (select count(*) from provider_calls where started_at is not null and alive_until >= now_at),
    floor(per_second * (1 - extract(epoch from used - now_at))));
  if room <= 0 then return mine; end if;
  for next in
    select customer_id, call_id, holder_id
    from (
      select c.customer_id, c.call_id, c.holder_id, c.urgent, c.asked_at, t.last_started_at,
             row_number() over (partition by c.customer_id order by c.urgent desc, c.asked_at)
               + (select count(*) from provider_calls r
                  where r.customer_id = c.customer_id and r.started_at is not null and r.alive_until >= now_at) as turn
      from provider_calls c left join provider_turns t using (customer_id)
      where c.started_at is null and c.alive_until >= now_at) waiting
    order by urgent desc, turn, last_started_at nulls first, asked_at
    limit room
  loop
    update provider_calls set started_at = now_at where customer_id = next.customer_id and call_id = next.call_id;
    insert into provider_turns (customer_id, last_started_at) values (next.customer_id, now_at)
      on conflict (customer_id) do update set last_started_at = excluded.last_started_at;
    used := used + interval '1 second' / per_second;
    if next.holder_id = of_holder then
      mine := mine || next.call_id;
    else
      perform pg_notify('payflip_provider_call', next.call_id::text);
    end if;
  end loop;
  update provider_pace set used_until = used;
  if not found then insert into provider_pace (used_until) values (used); end if;
  return mine;
end
$$;

call pg_temp.run_as_definer(
  'start_provider_calls(uuid, integer, integer, timestamptz)', callers => 'payflip_app, payflip_sync');

-- The three functions below take one advisory lock: one process at a time decides which calls start.
create function enter_provider_call(
  of_customer uuid, call uuid, of_holder uuid, is_urgent boolean, alive interval,
  at_once integer, per_second integer, now_at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtext('provider calls'));
  insert into provider_calls (customer_id, call_id, holder_id, urgent, asked_at, alive_until)
  values (of_customer, call, of_holder, is_urgent, now_at, now_at + alive);
  return start_provider_calls(of_holder, at_once, per_second, now_at);
end
$$;

call pg_temp.run_as_definer(
  'enter_provider_call(uuid, uuid, uuid, boolean, interval, integer, integer, timestamptz)',
  callers => 'payflip_app, payflip_sync');

-- `rest` is how long the provider asked to be left alone; null: it did not ask. The pace then counts as used up until the end
-- of the rest, so that one call follows it, not a burst.
create function leave_provider_call(
  of_customer uuid, call uuid, of_holder uuid, rest interval,
  at_once integer, per_second integer, now_at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtext('provider calls'));
  delete from provider_calls where customer_id = of_customer and call_id = call;
  if rest is not null then
    update provider_pace set used_until = greatest(used_until, now_at + rest + interval '1 second');
  end if;
  return start_provider_calls(of_holder, at_once, per_second, now_at);
end
$$;

call pg_temp.run_as_definer(
  'leave_provider_call(uuid, uuid, uuid, interval, integer, integer, timestamptz)',
  callers => 'payflip_app, payflip_sync');

-- Keeps the calls that a process still needs, and deletes those that no process kept. Answers with those of the process that
-- have a place.
create function keep_provider_calls(
  of_holder uuid, calls uuid[], alive interval,
  at_once integer, per_second integer, now_at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtext('provider calls'));
  update provider_calls set alive_until = now_at + alive where holder_id = of_holder and call_id = any (calls);
  delete from provider_calls where alive_until < now_at;
  perform start_provider_calls(of_holder, at_once, per_second, now_at);
  return array(select call_id from provider_calls where holder_id = of_holder and started_at is not null);
end
$$;

call pg_temp.run_as_definer(
  'keep_provider_calls(uuid, uuid[], interval, integer, integer, timestamptz)', callers => 'payflip_app, payflip_sync');


create unlogged table provider_questions (
  customer_id uuid not null,
  subject text not null,
  asked integer not null,
  since timestamptz not null,
  primary key (customer_id, subject)
);

comment on table provider_questions is
  'How often people of a customer had something asked at the provider, to limit it. Deleted after a day.';
comment on column provider_questions.subject is
  'What was asked, and for which entity: company:<id>, headcount:<id>, candidates:<id>.';
comment on column provider_questions.asked is 'How often since the time in since.';
comment on column provider_questions.since is 'When the count began; it begins again when its time is over.';

call pg_temp.secure_customer_table('provider_questions');
grant select, insert, update on provider_questions to payflip_app;
