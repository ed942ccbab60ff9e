-- Runs, and what they read before they write.

create table runs (
  customer_id uuid not null,
  run_id uuid not null,
  entity_id uuid not null,
  kind text not null check (kind in ('full_listing', 'preview', 'person', 'undo')),
  trigger text not null
    check (trigger in ('first', 'nightly', 'manual', 'person', 'choice', 'mode', 'retry', 'hold', 'revert')),
  worker_id text,
  accepted_hold_id uuid,
  scheduled_for date,
  requested_by uuid,
  status text not null check (status in ('queued', 'running', 'finished', 'cancelled')),
  phase text check (phase in ('fetch', 'plan', 'guard', 'apply', 'report')),
  attempt integer not null default 0,
  listing integer not null default 1,
  cursor text,
  pages integer not null default 0,
  declared_total integer,
  listing_ended boolean not null default false,
  apply_after text not null default '',
  done integer not null default 0,
  change_seq integer not null default 0,
  counts jsonb not null,
  verdict text check (verdict in ('in_order', 'needs_attention', 'held', 'incomplete', 'failed')),
  error_code text,
  error_reference text,
  created_at timestamptz not null,
  started_at timestamptz,
  phase_started_at timestamptz,
  finished_at timestamptz,
  left_at timestamptz,
  primary key (customer_id, run_id),
  foreign key (customer_id, entity_id) references entities,
  constraint runs_kind_fits check (case kind
    when 'full_listing' then worker_id is null and trigger not in ('person', 'revert')
    when 'preview' then worker_id is null and trigger = 'mode' and accepted_hold_id is null and scheduled_for is null
    when 'person' then worker_id is not null and trigger in ('person', 'hold', 'choice') and scheduled_for is null
    when 'undo' then worker_id is null and trigger = 'revert' and status = 'finished'
  end)
);

-- A connection has one open run about its whole listing; checks of one person and previews go beside it.
create unique index runs_one_open on runs (customer_id, entity_id)
  where status in ('queued', 'running') and kind = 'full_listing';
create unique index runs_one_open_of_worker on runs (customer_id, entity_id, worker_id)
  where status in ('queued', 'running') and kind = 'person';
create unique index runs_one_nightly_a_date on runs (customer_id, entity_id, scheduled_for) where scheduled_for is not null;
create index runs_by_entity on runs (customer_id, entity_id, created_at desc);

comment on table runs is
  'Synchronisations of one connection, from the request to the report: also previews, checks of one person and undos. '
  'A running run writes how far it is in the transaction of what it did, so that another process can continue it.';
comment on column runs.kind is
  'What the run does: full_listing synchronises the connection; preview ends before its first write, its result is in previews '
  'under the same id; person fetches one worker; undo writes back what an earlier run changed.';
comment on column runs.trigger is 'Why the run exists; revert is an undo.';
comment on column runs.worker_id is 'The worker that a run of kind person is about; null for any other kind.';
comment on column runs.accepted_hold_id is 'The hold that an admin accepted: the run may write what that hold kept back.';
comment on column runs.scheduled_for is 'Brussels date of a nightly run; null for any other run.';
comment on column runs.requested_by is 'Account or API key that asked for the run; null: the schedule did.';
comment on column runs.phase is 'The step that the run is in or ended in; null: no worker process took it yet.';
comment on column runs.attempt is
  'Goes up each time a worker process takes the run; a process that took it earlier can no longer write to it.';
comment on column runs.listing is 'Goes up each time the listing is read again from its first page.';
comment on column runs.cursor is
  'Where Liantis continues the listing after the pages that were read; null: at the start, or at the end.';
comment on column runs.pages is 'Pages of the listing that were read.';
comment on column runs.declared_total is 'How many workers Liantis says that the listing has.';
comment on column runs.listing_ended is 'Liantis marked the end of the listing.';
comment on column runs.apply_after is 'Everybody up to and including this worker id is applied; blank: no one yet.';
comment on column runs.done is 'People processed in the current phase, for the progress bar.';
comment on column runs.change_seq is 'The last changes.seq of the run.';
comment on column runs.counts is 'How many people ended in each bucket, {bucket: number}, with fetched and absent.';
comment on column runs.verdict is 'How the run ended; null until finished, and when it was cancelled.';
comment on column runs.error_code is 'Why the run failed or is incomplete; null: it did not.';
comment on column runs.error_reference is 'What support searches the log for, of an unexpected failure.';
comment on column runs.left_at is 'Of a cancelled run: when its worker process stopped working on it.';

call pg_temp.secure_entity_table('runs');
call pg_temp.open_to_platform('runs');
grant select, insert, update on runs to payflip_app, payflip_sync;
grant select on runs to payflip_platform;


create table staged_pages (
  customer_id uuid not null,
  run_id uuid not null,
  entity_id uuid not null,
  page integer not null,
  settled_worker_ids text[] not null,
  unchosen_worker_ids text[] not null default '{}',
  unreadable_worker_ids text[] not null,
  unreadable_nameless integer not null,
  primary key (customer_id, run_id, page)
);

comment on table staged_pages is
  'Pages of the listing that a run has read, with the ids of people who need no work. Deleted when the run ends.';
comment on column staged_pages.page is 'From 1, in the order of reading.';
comment on column staged_pages.settled_worker_ids is 'Linked workers with the same content as last time and nothing open.';
comment on column staged_pages.unchosen_worker_ids is
  'In selective mode: listed workers who are not chosen. Nothing else of them is kept.';
comment on column staged_pages.unreadable_worker_ids is 'Workers whose record could not be read.';
comment on column staged_pages.unreadable_nameless is 'How many records could not be read and had no worker id either.';

call pg_temp.secure_entity_table('staged_pages');
grant select, delete on staged_pages to payflip_app;
grant select, insert, delete on staged_pages to payflip_sync;


create table staged_workers (
  customer_id uuid not null,
  run_id uuid not null,
  worker_id text not null,
  entity_id uuid not null,
  content_hash bytea not null,
  filled integer not null,
  met_twice boolean not null default false,
  first_name text,
  last_name text,
  email text,
  employee_number text,
  record text not null,
  primary key (customer_id, run_id, worker_id)
);

comment on table staged_workers is 'Workers that a run has read and has yet to plan. Deleted when the run ends.';
comment on column staged_workers.content_hash is 'SHA-1 of the record and of where the date of the run is in its contracts.';
comment on column staged_workers.filled is
  'Bit set of the fields that are filled; each has its fixed bit in domain/records/synced-fields.ts.';
comment on column staged_workers.first_name is
  'The first name of the record. Names, e-mail and number have columns for facts across people: shared, swapped or renamed.';
comment on column staged_workers.met_twice is
  'The listing held the worker more than once, with different content; the last one counts.';
comment on column staged_workers.record is
  'The worker as JSON text, by the names of our fields, without what the product does not need. No SQL looks into it.';

call pg_temp.secure_entity_table('staged_workers');
grant select, delete on staged_workers to payflip_app;
grant select, insert, update, delete on staged_workers to payflip_sync;
