create table employees (
  customer_id uuid not null,
  employee_id uuid not null,
  entity_id uuid not null,
  account_id uuid not null,
  email text not null,
  first_name text not null,
  last_name text not null,
  search_text text not null,
  language text not null check (language in ('nl','fr','en')),
  start_date date not null,
  employee_number text,
  current_contract_id text,
  deactivated_at timestamptz,
  end_date date,
  invited_at timestamptz,
  row_version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (customer_id, employee_id),
  unique (customer_id, email),
  foreign key (customer_id, entity_id) references entities
);

create index employees_by_name on employees (customer_id, entity_id, last_name, first_name, employee_id);

create table wage_contracts (
  customer_id uuid not null,
  employee_id uuid not null,
  contract_id text not null,
  entity_id uuid not null,
  statute text,
  wage_type text,
  gross_amount numeric,
  gross_monthly numeric(14,2),
  start_date date,
  end_date date,
  weekly_hours numeric,
  reference_weekly_hours numeric,
  work_regime_percentage numeric,
  employer_social_security_percentage numeric,
  joint_committee text,
  withdrawn boolean not null default false,
  row_version integer not null default 1,
  updated_at timestamptz not null,
  primary key (customer_id, employee_id, contract_id),
  foreign key (customer_id, employee_id) references employees
);
