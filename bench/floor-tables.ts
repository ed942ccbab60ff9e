/**
 * Tables of the floor: the columns and primary keys of ours, without foreign keys, row-level security, other indexes, links or
 * runs. Row versions are written and never read.
 */
export const floorTables = `
  create schema floor;
  create table floor.employees (like public.employees including defaults, primary key (customer_id, employee_id));
  create table floor.wage_contracts (like public.wage_contracts including defaults,
    primary key (customer_id, employee_id, contract_id));
  create table floor.changes (like public.changes including defaults, primary key (customer_id, run_id, seq));
  grant usage on schema floor to payflip_app;
  grant select, insert, update on all tables in schema floor to payflip_app`;

/** Temporary tables with what was fetched, dropped at the end of the transaction. */
export const stagingTables = `
  create temporary table next_employees (employee_id uuid, worker_id text, email text, first_name text, last_name text,
    search_text text, language text, start_date date, employee_number text, current_contract_id text) on commit drop;
  create temporary table next_contracts (employee_id uuid, worker_id text, contract_id text, statute text, wage_type text,
    gross_amount numeric, start_date date, end_date date, weekly_hours numeric, reference_weekly_hours numeric,
    work_regime_percentage numeric, employer_social_security_percentage numeric, joint_committee text) on commit drop`;

/** One statement that writes new and different rows, with an audit row for each. $1 customer, $2 entity, $3 run, $4 instant. */
export const diffEmployees = `
  with diff as materialized (
    select n.*, e.employee_id is null as is_new,
           jsonb_build_array(to_jsonb(e), to_jsonb(n)) as fields
    from next_employees n
    left join floor.employees e on e.customer_id = $1 and e.employee_id = n.employee_id
    where (e.email, e.first_name, e.last_name, e.start_date, e.employee_number, e.current_contract_id)
          is distinct from (n.email, n.first_name, n.last_name, n.start_date, n.employee_number, n.current_contract_id)
  ), inserted as (
    insert into floor.employees (customer_id, employee_id, entity_id, account_id, email, first_name, last_name, search_text, language,
                                 start_date, employee_number, current_contract_id, created_at, updated_at)
    select $1, employee_id, $2, employee_id, email, first_name, last_name, search_text, language, start_date, employee_number,
           current_contract_id, $4, $4
    from diff where is_new
  ), updated as (
    update floor.employees e set email = d.email, first_name = d.first_name, last_name = d.last_name, search_text = d.search_text,
      start_date = d.start_date, employee_number = d.employee_number, current_contract_id = d.current_contract_id,
      row_version = e.row_version + 1, updated_at = $4
    from diff d where not d.is_new and e.customer_id = $1 and e.employee_id = d.employee_id
  )
  insert into floor.changes (customer_id, run_id, seq, entity_id, employee_id, worker_id, contract_id, kind, fields, reason, changed_at)
  select $1, $3, row_number() over (), $2, employee_id, worker_id, null, case when is_new then 'create' else 'update' end, fields, 'diff', $4
  from diff`;

/** As above, for wage contracts; $5 is the number of the last change. */
export const diffContracts = `
  with diff as materialized (
    select n.*, c.contract_id is null as is_new,
           jsonb_build_array(to_jsonb(c), to_jsonb(n)) as fields
    from next_contracts n
    left join floor.wage_contracts c on c.customer_id = $1 and c.employee_id = n.employee_id and c.contract_id = n.contract_id
    where (c.statute, c.wage_type, c.gross_amount, c.start_date, c.end_date, c.weekly_hours, c.reference_weekly_hours,
           c.work_regime_percentage, c.employer_social_security_percentage, c.joint_committee)
          is distinct from (n.statute, n.wage_type, n.gross_amount, n.start_date, n.end_date, n.weekly_hours, n.reference_weekly_hours,
           n.work_regime_percentage, n.employer_social_security_percentage, n.joint_committee)
       or c.contract_id is null
  ), inserted as (
    insert into floor.wage_contracts (customer_id, entity_id, updated_at, employee_id, contract_id, statute, wage_type, gross_amount,
      start_date, end_date, weekly_hours, reference_weekly_hours, work_regime_percentage, employer_social_security_percentage, joint_committee)
    select $1, $2, $4, employee_id, contract_id, statute, wage_type, gross_amount,
      start_date, end_date, weekly_hours, reference_weekly_hours, work_regime_percentage, employer_social_security_percentage, joint_committee
    from diff where is_new
  ), updated as (
    update floor.wage_contracts c set statute = d.statute, wage_type = d.wage_type, gross_amount = d.gross_amount, start_date = d.start_date,
      end_date = d.end_date, weekly_hours = d.weekly_hours, reference_weekly_hours = d.reference_weekly_hours,
      work_regime_percentage = d.work_regime_percentage, employer_social_security_percentage = d.employer_social_security_percentage,
      joint_committee = d.joint_committee, row_version = c.row_version + 1, updated_at = $4
    from diff d where not d.is_new and c.customer_id = $1 and c.employee_id = d.employee_id and c.contract_id = d.contract_id
  )
  insert into floor.changes (customer_id, run_id, seq, entity_id, employee_id, worker_id, contract_id, kind, fields, reason, changed_at)
  select $1, $3, $5::int + row_number() over (), $2, employee_id, worker_id, contract_id, case when is_new then 'create' else 'update' end,
         fields, 'diff', $4
  from diff`;
