-- Selective mode: who is chosen, and the list that people are chosen from.

create table choices (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  choice text not null check (choice in ('selected', 'excluded', 'waiting', 'released')),
  first_seen_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (customer_id, entity_id, worker_id),
  foreign key (customer_id, entity_id) references entities
);

create index choices_by_choice on choices (customer_id, entity_id, choice);

comment on table choices is
  'Which workers are synchronised in selective mode. Of workers who are not chosen, the id and the choice are all that is kept.';
comment on column choices.choice is
  'selected: synchronised; excluded: not, and not asked about again; waiting: listed, no admin decided yet; '
  'released: linked, and no longer updated.';
comment on column choices.first_seen_at is 'When a run first listed the worker, or when an admin chose.';
comment on column choices.decided_at is 'When an admin decided; null: waiting.';
comment on column choices.decided_by is
  'Account or API key that decided; null: waiting.';

call pg_temp.secure_entity_table('choices');
grant select, insert, update, delete on choices to payflip_app, payflip_sync;


create table candidate_lists (
  customer_id uuid not null,
  entity_id uuid not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  total integer not null,
  primary key (customer_id, entity_id),
  foreign key (customer_id, entity_id) references entities
);

comment on table candidate_lists is
  'The list of workers that an admin chooses from, one for an entity. Deleted with the choice, after a week, or when the '
  'connection is paused or disabled.';
comment on column candidate_lists.total is 'How many workers the list has.';

call pg_temp.secure_entity_table('candidate_lists');
grant select, insert, update, delete on candidate_lists to payflip_app;
grant select, delete on candidate_lists to payflip_sync;


create table candidates (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  sealed text not null,
  primary key (customer_id, entity_id, worker_id),
  foreign key (customer_id, entity_id) references candidate_lists on delete cascade
);

comment on table candidates is 'The workers of a candidate list.';
comment on column candidates.sealed is 'What the list shows of the worker, encrypted.';

call pg_temp.secure_entity_table('candidates');
grant select, insert, delete on candidates to payflip_app;
grant select on candidates to payflip_sync;


-- Deletes issues and holds of workers who are neither linked nor selected: their names may be in the params. No other role can
-- delete an issue or a hold.
create function delete_issues_and_holds_of_unselected(of_customer uuid, of_entity uuid) returns void
language plpgsql volatile security definer set search_path = public as $$
declare
  unselected text[] := array(
    select worker_id from (
      select worker_id from issues where customer_id = of_customer and entity_id = of_entity and employee_id is null
      union
      select worker_id from holds where customer_id = of_customer and entity_id = of_entity and employee_id is null) m
    where worker_id <> ''
    except
    select worker_id from links where customer_id = of_customer and entity_id = of_entity
    except
    select worker_id from choices where customer_id = of_customer and entity_id = of_entity and choice = 'selected');
begin
  if of_customer is distinct from current_customer() then return; end if;
  delete from issues
    where customer_id = of_customer and entity_id = of_entity and employee_id is null and worker_id = any (unselected);
  delete from holds
    where customer_id = of_customer and entity_id = of_entity and employee_id is null and worker_id = any (unselected);
end
$$;

call pg_temp.run_as_definer('delete_issues_and_holds_of_unselected(uuid, uuid)', callers => 'payflip_app, payflip_sync');
