-- What Liantis said last of the end of somebody's employment: it is never written to the employee, but leads to a task.
alter table links add column employment_end date;

-- What exactly a task was about: whoever says it is done is not asked the same again, until that is over.
alter table tasks add column about text not null default '';
alter table tasks add column over_at timestamptz;
create index tasks_remembered on tasks (customer_id, entity_id, kind, worker_id) where status = 'done' and over_at is null;

-- The worker at the entity that somebody moved away from, for as long as Liantis lists them there too.
alter table cases add column from_worker_id text;

-- Of a cancelled run: when its worker had let go of it.
alter table runs add column left_at timestamptz;

-- The Brussels date for which the current wage contracts were chosen last, without asking Liantis.
alter table connections add column contracts_as_of date;

-- A case stands between two entities: whoever may not enter both of them does not know of it.
drop policy own_customer on cases;
create policy own_customer on cases to payflip_app, payflip_sync
  using (customer_id = (select current_customer())
    and ((select current_setting('app.entity_ids', true) = 'all')
      or (entity_id = any ((select permitted_entities())::uuid[]) and from_entity_id = any ((select permitted_entities())::uuid[]))))
  with check (customer_id = (select current_customer())
    and ((select current_setting('app.entity_ids', true) = 'all')
      or (entity_id = any ((select permitted_entities())::uuid[]) and from_entity_id = any ((select permitted_entities())::uuid[]))));

-- Carries out what was decided about a move, all of it or nothing. Answers how it ended: confirmed, declined, not_open, or
-- outdated when the two records are not those of the case any more.
create function carry_out_move(of_customer uuid, of_case uuid, confirm boolean, by_id uuid, actor text, entry uuid, why text, at timestamptz)
returns text language plpgsql volatile security definer set search_path = public as $$
  declare
    c cases%rowtype;
    old_worker text;
  begin
    select * into c from cases where customer_id = of_customer and case_id = of_case for update;
    if c.case_id is null or c.status <> 'open' then return 'not_open'; end if;
    if confirm then
      perform from employees e where e.customer_id = of_customer and e.employee_id = c.employee_id and e.entity_id = c.from_entity_id for update;
      if not found then return 'outdated'; end if;
      if exists (select from links l where l.customer_id = of_customer and l.entity_id = c.entity_id and l.worker_id = c.worker_id) then
        return 'outdated';
      end if;
      delete from links l where l.customer_id = of_customer and l.employee_id = c.employee_id returning l.worker_id into old_worker;
      update employees e set entity_id = c.entity_id, row_version = e.row_version + 1, updated_at = at
        where e.customer_id = of_customer and e.employee_id = c.employee_id;
      update wage_contracts w set entity_id = c.entity_id where w.customer_id = of_customer and w.employee_id = c.employee_id;
      update field_edits f set entity_id = c.entity_id where f.customer_id = of_customer and f.employee_id = c.employee_id;
      insert into links (customer_id, entity_id, worker_id, employee_id, linked_at)
        values (of_customer, c.entity_id, c.worker_id, c.employee_id, at);
      update holds h set status = 'superseded'
        where h.customer_id = of_customer and h.entity_id = c.from_entity_id and h.employee_id = c.employee_id and h.status = 'open';
      update tasks t set status = 'closed', ended_at = at
        where t.customer_id = of_customer and t.entity_id = c.from_entity_id and t.employee_id = c.employee_id and t.status = 'open';
    end if;
    update cases k set status = case when confirm then 'confirmed' else 'declined' end, decided_at = at, decided_by = by_id,
        reason = why, from_worker_id = old_worker
      where k.customer_id = of_customer and k.case_id = of_case;
    update tasks t set status = 'done', ended_at = at, ended_by = by_id
      where t.customer_id = of_customer and t.entity_id = c.entity_id and t.kind = 'entity_move' and t.worker_id = c.worker_id and t.status = 'open';
    insert into audit_entries (customer_id, entry_id, entity_id, actor, action, subject, at, reason)
      values (of_customer, entry, c.entity_id, actor, case when confirm then 'case.confirmed' else 'case.declined' end, of_case::text, at, why);
    return case when confirm then 'confirmed' else 'declined' end;
  end
$$;

-- For an admin: a case that their own transaction can see, and no other.
create function decide_own_move(of_case uuid, confirm boolean, by_id uuid, actor text, entry uuid, why text, at timestamptz)
returns text language plpgsql volatile security definer set search_path = public as $$
  begin
    if not exists (select from cases c where c.customer_id = current_customer() and c.case_id = of_case
                   and (current_setting('app.entity_ids', true) = 'all'
                     or (c.entity_id = any (permitted_entities()) and c.from_entity_id = any (permitted_entities())))) then
      return 'not_open';
    end if;
    return carry_out_move(current_customer(), of_case, confirm, by_id, actor, entry, why, at);
  end
$$;

-- For support: any case, and nothing of the people but what the case does with them.
create function decide_any_move(of_customer uuid, of_case uuid, confirm boolean, by_id uuid, actor text, entry uuid, why text, at timestamptz)
returns text language sql volatile security definer set search_path = public as $$
  select carry_out_move(of_customer, of_case, confirm, by_id, actor, entry, why, at)
$$;
