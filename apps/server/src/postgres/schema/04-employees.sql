-- Employees as Payflip has them, and their wage contracts.

create table employees (
  customer_id uuid not null,
  employee_id uuid not null,
  entity_id uuid not null,
  account_id uuid not null,
  email text not null,
  first_name text not null,
  last_name text not null,
  search_text text not null,
  language text not null check (language in ('nl', 'fr', 'en')),
  employee_number text,
  start_date date not null,
  end_date date,
  current_contract_id text,
  invited_at timestamptz,
  deactivated_at timestamptz,
  row_version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (customer_id, employee_id),
  unique (customer_id, email),
  foreign key (customer_id, entity_id) references entities
);

create index employees_by_name on employees (customer_id, entity_id, last_name, first_name, employee_id);
-- One account never signs in as two employees.
create unique index employees_account on employees (customer_id, account_id);

comment on table employees is 'People at an entity, as Payflip has them. Written by admins and by runs; a run never deletes one.';
comment on column employees.email is 'The person''s address, in lower case; the address to sign in with is accounts.email.';
comment on column employees.search_text is
  'Names, e-mail and number in lower case without accents: what the people search looks in. Written with each change of them.';
comment on column employees.language is 'Written when the employee is created; a later run never changes it.';
comment on column employees.employee_number is 'The payroll number at the employer, as Liantis sends it.';
comment on column employees.end_date is
  'Last day, set by the admin who deactivated the person. Never written by a run: what Liantis sends is links.employment_end.';
comment on column employees.current_contract_id is
  'The wage contract that counts today in Brussels; chosen by runs and, once a day, by the calendar. Null: none counts.';
comment on column employees.invited_at is 'When the person was invited to Payflip; null: not yet. Never written by a run.';
comment on column employees.deactivated_at is 'When an admin deactivated the person; null: active. Never written by a run.';
comment on column employees.row_version is 'Goes up with each change; an update that names an older version is refused.';

call pg_temp.secure_entity_table('employees');
grant select, insert, update, delete on employees to payflip_app;
-- A run can neither delete nor deactivate a person, nor write what Payflip itself decides about them.
grant select, insert,
  update (email, first_name, last_name, search_text, start_date, employee_number, current_contract_id, row_version, updated_at)
  on employees to payflip_sync;


create table wage_contracts (
  customer_id uuid not null,
  employee_id uuid not null,
  contract_id text not null,
  entity_id uuid not null,
  statute text,
  joint_committee text,
  start_date date,
  end_date date,
  wage_type text,
  gross_amount numeric,
  gross_monthly numeric(14,2),
  weekly_hours numeric,
  reference_weekly_hours numeric,
  work_regime_percentage numeric,
  employer_social_security_percentage numeric,
  withdrawn boolean not null default false,
  row_version integer not null default 1,
  updated_at timestamptz not null,
  primary key (customer_id, employee_id, contract_id),
  foreign key (customer_id, employee_id) references employees
);

comment on table wage_contracts is
  'Terms of pay of an employee over a period. All are kept; employees.current_contract_id says which one counts.';
comment on column wage_contracts.contract_id is 'The id that Liantis gives the contract; unique for one employee only.';
comment on column wage_contracts.statute is 'white_collar or blue_collar; null: not sent, or another one.';
comment on column wage_contracts.joint_committee is 'Number of the joint committee, as sent (for example 200).';
comment on column wage_contracts.end_date is 'The last day; null: open-ended.';
comment on column wage_contracts.wage_type is 'What gross_amount is: hourly or monthly.';
comment on column wage_contracts.gross_amount is
  'EUR gross per hour or per month (see wage_type), for the person''s own work regime, as Liantis sent it.';
comment on column wage_contracts.gross_monthly is
  'EUR gross per month as Payflip uses it: as sent, or hourly × weekly hours × 13 / 3. Null: it stays hourly or is not known.';
comment on column wage_contracts.weekly_hours is 'Contractual hours a week of the person (Q).';
comment on column wage_contracts.reference_weekly_hours is 'Hours a week of a full-time employee at the same employer (S).';
comment on column wage_contracts.work_regime_percentage is 'Percent of full time, 100 is full time.';
comment on column wage_contracts.employer_social_security_percentage is
  'Employer NSSO contribution, in percent of the gross wage.';
comment on column wage_contracts.withdrawn is 'Liantis no longer lists the contract: it is kept as history and is never current.';
comment on column wage_contracts.row_version is 'Goes up with each change; an update that names an older version is refused.';

call pg_temp.secure_entity_table('wage_contracts');
grant select, insert, update, delete on wage_contracts to payflip_app;
grant select, insert, update on wage_contracts to payflip_sync;


-- For each of the addresses that is in use: whether this customer (ours) or another one (taken) has the account, and which
-- employee of the customer signs in with it.
create function find_accounts_by_email(of_customer uuid, emails text[])
returns table (email text, holder text, account_id uuid, employee_id uuid, entity_id uuid)
language sql stable security definer set search_path = public as $$
  select a.email, case when a.customer_id = of_customer then 'ours' else 'taken' end,
         case when a.customer_id = of_customer then a.account_id end, o.employee_id, o.entity_id
  from unnest(emails) as e(email)
  join accounts a on a.email = e.email
  left join lateral (
    select employee_id, entity_id from employees
    where customer_id = of_customer and account_id = a.account_id and a.customer_id = of_customer
    limit 1) o on true
$$;

call pg_temp.run_as_definer('find_accounts_by_email(uuid, text[])', callers => 'payflip_app, payflip_sync');

-- Deletes those of the accounts that existed for an employee only, who is gone: without password, role and session.
create function delete_unused_accounts(of_customer uuid, ids uuid[]) returns void
language sql volatile security definer set search_path = public as $$
  delete from accounts a
  where of_customer = current_customer() and a.customer_id = of_customer and a.account_id = any (ids)
    and a.password_hash is null
    and not exists (select from memberships m where m.account_id = a.account_id)
    and not exists (select from sessions s where s.account_id = a.account_id)
    and not exists (select from employees e where e.account_id = a.account_id)
$$;

call pg_temp.run_as_definer('delete_unused_accounts(uuid, uuid[])', callers => 'payflip_app, payflip_sync');
