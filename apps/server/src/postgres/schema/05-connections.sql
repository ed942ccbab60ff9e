-- Connections of entities to Liantis, and which entity has which enterprise number.

create table connections (
  customer_id uuid not null,
  entity_id uuid not null,
  state text not null check (state in ('available', 'consent_requested', 'choosing', 'active', 'paused', 'disabled')),
  mode text check (mode in ('full', 'selective')),
  enterprise_number text,
  paused_reason text,
  thresholds jsonb,
  confirming jsonb,
  last_activation_error jsonb,
  activated_at timestamptz,
  last_success_at timestamptz,
  last_scheduled_date date,
  contracts_as_of date,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (customer_id, entity_id),
  foreign key (customer_id, entity_id) references entities
);

comment on table connections is
  'The connection of an entity to Liantis. An entity without a row is available: nothing was started.';
comment on column connections.mode is
  'Who is synchronised: everybody (full) or the chosen workers (selective). Null until confirmed.';
comment on column connections.enterprise_number is
  'The number that the consent was granted for, 10 digits; company details may hold another one by now.';
comment on column connections.paused_reason is
  'consent_revoked, number_changed or failing while state is paused; otherwise null.';
comment on column connections.thresholds is
  'Limits of the guards that differ from the usual ones, {name: number}, set by an admin; null: the usual ones.';
comment on column connections.confirming is
  'A confirmed preview until its run has carried it out, {previewId, stateBefore, modeBefore}; null: none.';
comment on column connections.last_activation_error is
  'How the last step of the activation failed, {code, occurredAt, params}; null: it succeeded.';
comment on column connections.last_success_at is 'End of the last run that was applied in full.';
comment on column connections.last_scheduled_date is 'Brussels date of the last nightly run.';
comment on column connections.contracts_as_of is
  'Brussels date for which the current wage contracts were last chosen by the calendar.';
comment on column connections.version is 'Goes up each time the state changes.';

call pg_temp.secure_entity_table('connections');
call pg_temp.open_to_platform('connections');
grant select, insert, update on connections to payflip_app;
grant select, update on connections to payflip_sync, payflip_platform;


create table enterprise_number_claims (
  enterprise_number text primary key,
  customer_id uuid not null,
  entity_id uuid not null,
  claimed_at timestamptz not null,
  unique (customer_id, entity_id)
);

comment on table enterprise_number_claims is
  'Which entity of the platform has which enterprise number: no two entities connect to the same employer. '
  'Only the definer functions below reach it, so that no customer learns of another one.';

call pg_temp.secure_platform_table('enterprise_number_claims');


-- Answers free, ours (of this entity) or taken, and never which entity has it.
create function enterprise_number_status(of_customer uuid, of_entity uuid, number text) returns text
language sql stable security definer set search_path = public as $$
  select coalesce((select case when c.customer_id = of_customer and c.entity_id = of_entity then 'ours' else 'taken' end
                   from enterprise_number_claims c where c.enterprise_number = number), 'free')
$$;

call pg_temp.run_as_definer('enterprise_number_status(uuid, uuid, text)', callers => 'payflip_app, payflip_sync');

-- Claims the number for the entity and gives up the number it had. Answers false when another entity has it.
create function claim_enterprise_number(of_customer uuid, of_entity uuid, number text, now_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public as $$
begin
  delete from enterprise_number_claims c
    where c.customer_id = of_customer and c.entity_id = of_entity and c.enterprise_number <> number;
  insert into enterprise_number_claims (enterprise_number, customer_id, entity_id, claimed_at)
    values (number, of_customer, of_entity, now_at)
    on conflict do nothing;
  return exists (select from enterprise_number_claims c
                 where c.enterprise_number = number and c.customer_id = of_customer and c.entity_id = of_entity);
end
$$;

call pg_temp.run_as_definer(
  'claim_enterprise_number(uuid, uuid, text, timestamptz)', callers => 'payflip_app, payflip_sync');
