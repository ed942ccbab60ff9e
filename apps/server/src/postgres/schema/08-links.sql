-- Which worker of Liantis is which employee of Payflip.

create table links (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  employee_id uuid not null,
  content_hash bytea,
  filled integer not null default 0,
  settled boolean not null default false,
  absent_since timestamptz,
  employment_end date,
  linked_at timestamptz not null,
  primary key (customer_id, entity_id, worker_id),
  unique (customer_id, employee_id),
  foreign key (customer_id, employee_id) references employees
);

comment on table links is
  'Which worker an employee is. Made once, by a run or by an admin; a later change of the e-mail does not change it.';
comment on column links.content_hash is
  'SHA-1 of the record that was applied last, as in staged_workers; null: plan the person again whatever Liantis sends.';
comment on column links.filled is 'Bit set of the fields that were filled in that record, as in staged_workers.';
comment on column links.settled is
  'That record was applied and nothing is open: while the hash is the same there is nothing to do.';
comment on column links.absent_since is 'Since when complete listings no longer hold the worker; null: listed.';
comment on column links.employment_end is
  'End of the employment as Liantis last sent it. Never written to the employee: it opens a task of the kind leaver.';

call pg_temp.secure_entity_table('links');
grant select, insert, update, delete on links to payflip_app;
grant select, insert, update on links to payflip_sync;


create table unlinked_pairs (
  customer_id uuid not null,
  entity_id uuid not null,
  worker_id text not null,
  employee_id uuid not null,
  unlinked_at timestamptz not null,
  primary key (customer_id, entity_id, worker_id, employee_id),
  foreign key (customer_id, employee_id) references employees on delete cascade
);

comment on table unlinked_pairs is
  'Pairs that an admin unlinked: never matched by e-mail again, only linked by hand. Linking them deletes the row.';

call pg_temp.secure_entity_table('unlinked_pairs');
grant select, insert, delete on unlinked_pairs to payflip_app;
grant select on unlinked_pairs to payflip_sync;
