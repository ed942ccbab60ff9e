-- Customers and their legal entities.

create table customers (
  customer_id uuid primary key,
  name text not null,
  language text not null check (language in ('nl', 'fr', 'en')),
  migrated_from_flex_plan boolean not null default false,
  liantis_available_at timestamptz,
  created_at timestamptz not null
);

comment on table customers is 'Companies that use Payflip. Made by success managers and the command line.';
comment on column customers.migrated_from_flex_plan is
  'The company came from a flex plan: its entities may use selective mode only.';
comment on column customers.liantis_available_at is
  'Since when the customer may set the integration up; null: it may not. A success manager decides.';

call pg_temp.secure_customer_table('customers');
call pg_temp.open_to_platform('customers');
grant select, insert, update on customers to payflip_app;
grant select on customers to payflip_sync, payflip_platform;


create table entities (
  customer_id uuid not null references customers,
  entity_id uuid not null,
  name text not null,
  vat_number text,
  email_domain text,
  confirmed_number text,
  confirmed_at timestamptz,
  created_at timestamptz not null,
  primary key (customer_id, entity_id)
);

comment on table entities is 'Legal entities of a customer, each with one enterprise number.';
comment on column entities.vat_number is 'As the admin typed it in company details; the enterprise number is read from it.';
comment on column entities.email_domain is
  'Domain of the company''s own addresses: a sync reports a person whose address has another one. Null: nothing is reported.';
comment on column entities.confirmed_number is
  'The enterprise number that a success manager confirmed; it counts while vat_number still holds the same number.';
comment on column entities.confirmed_at is 'When confirmed_number was confirmed.';

call pg_temp.secure_entity_table('entities');
call pg_temp.open_to_platform('entities');
grant select, insert, update on entities to payflip_app;
grant select on entities to payflip_sync, payflip_platform;
