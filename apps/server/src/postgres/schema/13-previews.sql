-- Previews: what a run would write, kept until it is confirmed or a week is over.

create table previews (
  customer_id uuid not null,
  preview_id uuid not null,
  entity_id uuid not null,
  mode text not null check (mode in ('full', 'selective')),
  worker_ids text[],
  differs_from uuid,
  hash text,
  counts jsonb,
  released integer not null default 0,
  reasons jsonb not null default '[]',
  confirmed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  requested_by uuid,
  primary key (customer_id, preview_id),
  foreign key (customer_id, preview_id) references runs (customer_id, run_id),
  foreign key (customer_id, entity_id) references entities
);

create index previews_of_entity on previews (customer_id, entity_id, created_at);

comment on table previews is
  'Results of previews. A preview is a run that ends before its first write. Deleted after a week, or later when it waits to be '
  'carried out.';
comment on column previews.preview_id is 'The id of the run that made it.';
comment on column previews.mode is 'The mode that the preview is for; the connection may have another one.';
comment on column previews.worker_ids is 'In selective mode: the workers it is for, in order; null: as the choices are stored.';
comment on column previews.differs_from is
  'The preview that was confirmed and found to be outdated: this one shows what is different. Null: it shows everything.';
comment on column previews.hash is 'Hash of everything it shows, which the confirmation names; null: the run has not ended.';
comment on column previews.counts is 'As runs.counts; null: the run has not ended.';
comment on column previews.released is 'How many linked people would no longer be updated.';
comment on column previews.reasons is 'Why a guard would hold the run, [{code, params}]; empty: it would not.';
comment on column previews.requested_by is 'Account or API key that asked for it.';

call pg_temp.secure_entity_table('previews');
grant select, insert, update, delete on previews to payflip_app;
grant select, insert, update on previews to payflip_sync;


create table preview_operations (
  customer_id uuid not null,
  preview_id uuid not null,
  worker_id text not null,
  entity_id uuid not null,
  bucket text not null,
  employee_id uuid,
  plan_hash bytea not null,
  fields json,
  issues json,
  reasons json,
  difference text check (difference in ('new', 'changed', 'gone')),
  primary key (customer_id, preview_id, worker_id),
  foreign key (customer_id, preview_id) references previews on delete cascade
);

comment on table preview_operations is
  'What a preview would do with each person. Values are kept of linked people only; of others the id and a keyed hash.';
comment on column preview_operations.bucket is 'The bucket that the person would end in (created, updated, held, …).';
comment on column preview_operations.employee_id is 'The linked employee; null: not linked.';
comment on column preview_operations.plan_hash is 'Keyed hash (HMAC-SHA-256) of what would be written of the person.';
comment on column preview_operations.fields is
  'What would change, [{contractId, field, before, after}]; null: the person is not linked.';
comment on column preview_operations.issues is 'Of a person who would be held or fail: the issues, [{code, variant, params}].';
comment on column preview_operations.reasons is 'Of a person who would be held: why, [{code, params}].';
comment on column preview_operations.difference is
  'Compared with previews.differs_from: planned newly, differently, or no longer. Null: the same, or nothing to compare with.';

call pg_temp.secure_entity_table('preview_operations');
grant select, delete on preview_operations to payflip_app;
grant select, insert, update, delete on preview_operations to payflip_sync;
