-- Of all processes: the calls to the provider that wait for a place or are under way; whose turn it was last; and until when
-- the provider's pace is used up (one row, from the first call on).
create table provider_calls (
  customer_id uuid not null,
  call_id uuid not null,
  holder_id uuid not null,
  urgent boolean not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  alive_until timestamptz not null,
  primary key (customer_id, call_id)
);
create table provider_turns (customer_id uuid primary key, last_started_at timestamptz not null);
create table provider_pace (used_until timestamptz not null);

-- Starts whoever is next while there is room: calls that somebody waits for, then those of the night; among them every customer
-- in turn, so that one with many calls waiting is no longer in the way than one with a single call. Tells other processes, on
-- payflip_provider_call, and answers with the calls of this one that start.
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
      where c.started_at is null and c.alive_until >= now_at) line
    order by urgent desc, turn, last_started_at nulls first, asked_at
    limit room
  loop
    update provider_calls set started_at = now_at where customer_id = next.customer_id and call_id = next.call_id;
    insert into provider_turns (customer_id, last_started_at) values (next.customer_id, now_at)
      on conflict (customer_id) do update set last_started_at = excluded.last_started_at;
    used := used + interval '1 second' / per_second;
    if next.holder_id = of_holder then mine := mine || next.call_id;
    else perform pg_notify('payflip_provider_call', next.call_id::text);
    end if;
  end loop;
  update provider_pace set used_until = used;
  if not found then insert into provider_pace (used_until) values (used); end if;
  return mine;
end $$;

-- One process at a time decides who is next.
create function enter_provider_call(
  of_customer uuid, call uuid, of_holder uuid, is_urgent boolean, alive interval,
  at_once integer, per_second integer, now_at timestamptz) returns uuid[]
language plpgsql volatile security definer set search_path = public as $$
begin
  perform pg_advisory_xact_lock(hashtext('provider calls'));
  insert into provider_calls (customer_id, call_id, holder_id, urgent, asked_at, alive_until)
  values (of_customer, call, of_holder, is_urgent, now_at, now_at + alive);
  return start_provider_calls(of_holder, at_once, per_second, now_at);
end $$;

-- The pace counts as used up until the end of a rest that the provider asked for: the first call after it is one, not a burst.
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
end $$;

-- What a process still needs, waiting or under way; what nobody needs is free again. Answers with those that have a place.
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
end $$;
