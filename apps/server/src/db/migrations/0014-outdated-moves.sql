-- Carries out what was decided about a move, all of it or nothing. Answers how it ended: confirmed, declined, not_open, or
-- outdated when the employee's record is not that of the case any more, or the e-mail that it was opened for clashes no more.
-- What is moved has new versions: a run that planned it before must look again.
drop function carry_out_move(uuid, uuid, boolean, uuid, text, uuid, text, timestamptz);
create function carry_out_move(of_customer uuid, of_case uuid, confirm boolean, by_id uuid, actor text, entry uuid, why text, at timestamptz)
returns text language plpgsql volatile security definer set search_path = public as $$
  declare
    c cases%rowtype;
    old_worker text;
  begin
    select * into c from cases where customer_id = of_customer and case_id = of_case for update;
    if c.case_id is null or c.status <> 'open' then return 'not_open'; end if;
    if confirm then
      perform from employees e
        where e.customer_id = of_customer and e.employee_id = c.employee_id and e.entity_id = c.from_entity_id
          and c.records -> 'from' @> jsonb_build_object('firstName', e.first_name, 'lastName', e.last_name, 'email', e.email,
                                                        'employeeNumber', e.employee_number, 'startDate', e.start_date)
        for update;
      if not found then return 'outdated'; end if;
      if not exists (select from issues i where i.customer_id = of_customer and i.entity_id = c.entity_id and i.worker_id = c.worker_id
                     and i.code = 'EMAIL_ALREADY_IN_USE_OTHER_ENTITY' and i.status <> 'closed') then
        return 'outdated';
      end if;
      if exists (select from links l where l.customer_id = of_customer and l.entity_id = c.entity_id and l.worker_id = c.worker_id) then
        return 'outdated';
      end if;
      delete from links l where l.customer_id = of_customer and l.employee_id = c.employee_id returning l.worker_id into old_worker;
      update employees e set entity_id = c.entity_id, row_version = e.row_version + 1, updated_at = at
        where e.customer_id = of_customer and e.employee_id = c.employee_id;
      update wage_contracts w set entity_id = c.entity_id, row_version = w.row_version + 1, updated_at = at
        where w.customer_id = of_customer and w.employee_id = c.employee_id;
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
