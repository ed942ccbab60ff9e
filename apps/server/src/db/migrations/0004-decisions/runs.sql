-- A run is about a whole listing, or about one worker; a preview is a run that writes nothing.
alter table runs add column worker_id text;
alter table runs add column is_preview boolean not null default false;
drop index runs_one_open;
create unique index runs_one_open on runs (customer_id, entity_id)
  where status in ('queued','running') and worker_id is null and not is_preview;
create unique index runs_one_open_of_worker on runs (customer_id, entity_id, worker_id)
  where status in ('queued','running') and worker_id is not null;

-- A hold keeps back a run (worker_id is blank), a person, or the wage of a person.
alter table holds add column worker_id text not null default '';
alter table holds add column employee_id uuid;
alter table holds add column fields jsonb not null default '[]';
alter table holds add column last_run_id uuid;
create unique index holds_one_open_of_person on holds (customer_id, entity_id, kind, worker_id)
  where status = 'open' and worker_id <> '';
create index holds_of_person on holds (customer_id, entity_id, worker_id) where worker_id <> '';

alter table issues add column accepted_reason text;
alter table issues add column accepted_at timestamptz;
alter table issues add column accepted_by uuid;
alter table issues add column review_on date;

alter table audit_entries add column reason text;
