-- What people have to decide: tasks, and cases that concern two entities.

create table tasks (
  customer_id uuid not null,
  task_id uuid not null,
  entity_id uuid not null,
  kind text not null check (kind in (
    'leaver', 'newcomers_waiting', 'no_budget', 'not_invited', 'contract_ending', 'entity_move', 'support')),
  worker_id text not null default '',
  employee_id uuid,
  params jsonb not null default '{}',
  due_on date,
  about text not null default '',
  status text not null check (status in ('open', 'done', 'closed')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid,
  ended_at timestamptz,
  ended_by uuid,
  over_at timestamptz,
  primary key (customer_id, task_id),
  foreign key (customer_id, entity_id) references entities
);

create unique index tasks_one_open on tasks (customer_id, entity_id, kind, worker_id) where status = 'open';
create index tasks_remembered on tasks (customer_id, entity_id, kind, worker_id) where status = 'done' and over_at is null;

comment on table tasks is
  'Something to decide. Runs open tasks, refresh them, and close those that no longer apply. One is open for a person and kind.';
comment on column tasks.kind is 'support is for the success manager of the platform; every other kind is for the admin.';
comment on column tasks.worker_id is 'The worker it is about; blank: the whole entity.';
comment on column tasks.params is 'What the texts of the kind are filled in with, {name: text}.';
comment on column tasks.due_on is 'Brussels date of what it is about, for example the last day of a contract; null: no date.';
comment on column tasks.about is
  'What exactly it asks, for example a contract id with its end. A task that is done is not asked again for the same.';
comment on column tasks.status is 'done: an admin marked it as done; closed: it no longer applies.';
comment on column tasks.last_seen_at is 'When it last changed: a run that finds the task as it is writes nothing.';
comment on column tasks.ended_by is 'Account or API key that marked it as done; null: closed by a run.';
comment on column tasks.over_at is
  'Of a task that is done: since when a run no longer finds what it asked. From then on the same is asked again.';

call pg_temp.secure_entity_table('tasks');
call pg_temp.open_to_platform('tasks');
grant select, insert, update on tasks to payflip_app, payflip_sync;
-- Which tasks are open, and nothing of the people.
grant select (customer_id, entity_id, task_id, kind, status, due_on, first_seen_at) on tasks to payflip_platform;


create table cases (
  customer_id uuid not null,
  case_id uuid not null,
  entity_id uuid not null,
  from_entity_id uuid not null,
  kind text not null check (kind in ('entity_move')),
  worker_id text not null,
  from_worker_id text,
  employee_id uuid not null,
  records jsonb not null,
  status text not null check (status in ('open', 'confirmed', 'declined', 'closed')),
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  primary key (customer_id, case_id),
  foreign key (customer_id, entity_id) references entities,
  foreign key (customer_id, from_entity_id) references entities (customer_id, entity_id),
  foreign key (customer_id, employee_id) references employees on delete cascade
);

create unique index cases_one_open on cases (customer_id, entity_id, kind, worker_id) where status = 'open';

comment on table cases is
  'A person who may have moved from one entity to another of the customer. Decided by support, or by an admin of both entities.';
comment on column cases.entity_id is 'The entity that lists the person now.';
comment on column cases.from_entity_id is 'The entity that the employee belongs to until the move is confirmed.';
comment on column cases.worker_id is 'The worker at entity_id.';
comment on column cases.from_worker_id is
  'Of a confirmed move: the worker at from_entity_id, while Liantis still lists them there; null: it does not.';
comment on column cases.employee_id is 'The employee who would move.';
comment on column cases.records is 'Both records side by side, {old, new}, never with a wage.';
comment on column cases.status is 'closed: a run no longer finds what the case is about.';
comment on column cases.reason is 'Why it was decided so, in the words of the person who decided.';

-- A case concerns two entities: a transaction sees it when it may see both.
call pg_temp.secure_platform_table('cases');
create policy own_customer on cases to payflip_app, payflip_sync
  using (
    customer_id = (select current_customer())
    and ((select current_setting('app.entity_ids', true) = 'all')
      or (entity_id = any ((select permitted_entities())::uuid[])
        and from_entity_id = any ((select permitted_entities())::uuid[]))))
  with check (
    customer_id = (select current_customer())
    and ((select current_setting('app.entity_ids', true) = 'all')
      or (entity_id = any ((select permitted_entities())::uuid[])
        and from_entity_id = any ((select permitted_entities())::uuid[]))));
call pg_temp.open_to_platform('cases');
grant select, insert, update on cases to payflip_app, payflip_sync;
grant select on cases to payflip_platform;


-- The open support task of an entity, with its params: the platform may not read those of other tasks.
create function open_support_task(of_customer uuid, of_entity uuid)
returns table (task_id uuid, params jsonb, first_seen_at timestamptz)
language sql stable security definer set search_path = public as $$
  select t.task_id, t.params, t.first_seen_at from tasks t
  where t.customer_id = of_customer and t.entity_id = of_entity and t.kind = 'support' and t.status = 'open'
$$;

call pg_temp.run_as_definer('open_support_task(uuid, uuid)', callers => 'payflip_platform');

-- Marks a support task as done, with a line in the audit. Answers false when it is not open.
create function complete_support_task(
  of_customer uuid, of_task uuid, decider uuid, actor text, entry uuid, now_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public as $$
declare
  of_entity uuid;
begin
  update tasks t set status = 'done', ended_at = now_at, ended_by = decider
    where t.customer_id = of_customer and t.task_id = of_task and t.kind = 'support' and t.status = 'open'
    returning t.entity_id into of_entity;
  if of_entity is null then return false; end if;
  insert into audit_entries (customer_id, entry_id, entity_id, actor, action, subject, done_at)
    values (of_customer, entry, of_entity, actor, 'task.done', of_task::text, now_at);
  return true;
end
$$;

call pg_temp.run_as_definer(
  'complete_support_task(uuid, uuid, uuid, text, uuid, timestamptz)', callers => 'payflip_platform');

-- Carries out a decision about a move, all of it or nothing. Answers confirmed, declined, not_open, or outdated: the employee's
-- record is no longer that of the case, or the e-mail that it was opened for no longer clashes.
-- What moves gets new row versions: a run that planned it before must plan it again.
create function carry_out_move(
  of_customer uuid, of_case uuid, confirm boolean, decider uuid, actor text, entry uuid,
  decision_reason text, now_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public as $$
declare
  c cases%rowtype;
  old_worker text;
begin
  select * into c from cases where customer_id = of_customer and case_id = of_case for update;
  if c.case_id is null or c.status <> 'open' then return 'not_open'; end if;
  if confirm then
    perform from employees e
      where e.customer_id = of_customer and e.employee_id = c.employee_id and e.entity_id = c.from_entity_id
        and c.records -> 'old' @> jsonb_build_object(
          'firstName', e.first_name, 'lastName', e.last_name, 'email', e.email,
          'employeeNumber', e.employee_number, 'startDate', e.start_date)
      for update;
    if not found then return 'outdated'; end if;
    if not exists (
      select from issues i
      where i.customer_id = of_customer and i.entity_id = c.entity_id and i.worker_id = c.worker_id
        and i.code = 'EMAIL_ALREADY_IN_USE_OTHER_ENTITY' and i.status <> 'closed')
    then
      return 'outdated';
    end if;
    if exists (
      select from links l
      where l.customer_id = of_customer and l.entity_id = c.entity_id and l.worker_id = c.worker_id)
    then
      return 'outdated';
    end if;
    delete from links l
      where l.customer_id = of_customer and l.employee_id = c.employee_id
      returning l.worker_id into old_worker;
    update employees e set entity_id = c.entity_id, row_version = e.row_version + 1, updated_at = now_at
      where e.customer_id = of_customer and e.employee_id = c.employee_id;
    update wage_contracts w set entity_id = c.entity_id, row_version = w.row_version + 1, updated_at = now_at
      where w.customer_id = of_customer and w.employee_id = c.employee_id;
    update field_edits f set entity_id = c.entity_id
      where f.customer_id = of_customer and f.employee_id = c.employee_id;
    insert into links (customer_id, entity_id, worker_id, employee_id, linked_at)
      values (of_customer, c.entity_id, c.worker_id, c.employee_id, now_at);
    update holds h set status = 'superseded'
      where h.customer_id = of_customer and h.entity_id = c.from_entity_id and h.employee_id = c.employee_id
        and h.status = 'open';
    update tasks t set status = 'closed', ended_at = now_at
      where t.customer_id = of_customer and t.entity_id = c.from_entity_id and t.employee_id = c.employee_id
        and t.status = 'open';
  end if;
  update cases k
    set status = case when confirm then 'confirmed' else 'declined' end, decided_at = now_at, decided_by = decider,
      reason = decision_reason, from_worker_id = old_worker
    where k.customer_id = of_customer and k.case_id = of_case;
  update tasks t set status = 'done', ended_at = now_at, ended_by = decider
    where t.customer_id = of_customer and t.entity_id = c.entity_id and t.kind = 'entity_move'
      and t.worker_id = c.worker_id and t.status = 'open';
  insert into audit_entries (customer_id, entry_id, entity_id, actor, action, subject, done_at, reason)
    values (of_customer, entry, c.entity_id, actor,
      case when confirm then 'case.confirmed' else 'case.declined' end, of_case::text, now_at, decision_reason);
  return case when confirm then 'confirmed' else 'declined' end;
end
$$;

-- Only the two functions below call it: they check who decides.
call pg_temp.run_as_definer(
  'carry_out_move(uuid, uuid, boolean, uuid, text, uuid, text, timestamptz)', callers => null);

-- For an admin: a case that the transaction itself can see, and no other.
create function decide_own_move(
  of_case uuid, confirm boolean, decider uuid, actor text, entry uuid,
  decision_reason text, now_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public as $$
begin
  if not exists (
    select from cases c
    where c.customer_id = current_customer() and c.case_id = of_case
      and (current_setting('app.entity_ids', true) = 'all'
        or (c.entity_id = any (permitted_entities()) and c.from_entity_id = any (permitted_entities()))))
  then
    return 'not_open';
  end if;
  return carry_out_move(current_customer(), of_case, confirm, decider, actor, entry, decision_reason, now_at);
end
$$;

call pg_temp.run_as_definer(
  'decide_own_move(uuid, boolean, uuid, text, uuid, text, timestamptz)', callers => 'payflip_app');

-- For support: any case, of any customer.
create function decide_any_move(
  of_customer uuid, of_case uuid, confirm boolean, decider uuid, actor text, entry uuid,
  decision_reason text, now_at timestamptz) returns text
language sql volatile security definer set search_path = public as $$
  select carry_out_move(of_customer, of_case, confirm, decider, actor, entry, decision_reason, now_at)
$$;

call pg_temp.run_as_definer(
  'decide_any_move(uuid, uuid, boolean, uuid, text, uuid, text, timestamptz)', callers => 'payflip_platform');
