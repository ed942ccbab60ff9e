-- What was written, by whom and why: changes by runs, and edits by hand.

create table changes (
  customer_id uuid not null,
  run_id uuid not null,
  seq integer not null,
  entity_id uuid not null,
  employee_id uuid not null,
  worker_id text not null,
  contract_id text,
  kind text not null,
  fields json not null,
  reason text not null,
  changed_at timestamptz not null,
  undone_at timestamptz,
  undone_fields text[],
  primary key (customer_id, run_id, seq)
);

create index changes_by_employee on changes (customer_id, employee_id);

comment on table changes is
  'What runs wrote, a row for each employee or wage contract: history, undo and "who wrote this field" read it. '
  'Changes of wage contracts are deleted after 13 months.';
comment on column changes.run_id is
  'The run that wrote it. For the daily choice of current contracts (reason contract_by_date) an id of its own, of no run.';
comment on column changes.seq is 'Order within the run, from 1.';
comment on column changes.contract_id is 'The wage contract that changed; null: the employee did.';
comment on column changes.kind is 'create, link, update, withdraw, unlink or remove.';
comment on column changes.fields is
  '{field: [before, after]}, each a text or null. json, not jsonb: the fields keep their order.';
comment on column changes.reason is 'Why it was written, as a code (for example changed_in_liantis, email_match, reverted).';
comment on column changes.undone_at is 'When the change was undone; null: it was not.';
comment on column changes.undone_fields is 'Of a change that was undone in part: which fields. Null: all of them.';

call pg_temp.secure_entity_table('changes');
grant select, insert, update on changes to payflip_app;
grant select, insert on changes to payflip_sync;


create table field_edits (
  customer_id uuid not null,
  employee_id uuid not null,
  field text not null,
  entity_id uuid not null,
  source text not null check (source in ('account', 'api_key')),
  edited_at timestamptz not null,
  primary key (customer_id, employee_id, field),
  foreign key (customer_id, employee_id) references employees on delete cascade
);

comment on table field_edits is
  'The last edit by hand of each field of an employee. What runs write is in changes; the later of the two is the last write.';
comment on column field_edits.source is 'Whether an account or an API key wrote it.';

call pg_temp.secure_entity_table('field_edits');
grant select, insert, update, delete on field_edits to payflip_app;
