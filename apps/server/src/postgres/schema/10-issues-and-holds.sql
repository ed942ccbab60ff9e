-- What is wrong (issues), and what a guard keeps back until an admin decides (holds).

create table issues (
  customer_id uuid not null,
  issue_id uuid not null,
  entity_id uuid not null,
  code text not null,
  worker_id text not null default '',
  contract_id text not null default '',
  employee_id uuid,
  params jsonb not null,
  status text not null check (status in ('open', 'accepted', 'closed')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid,
  runs integer not null default 1,
  accepted_at timestamptz,
  accepted_by uuid,
  accepted_reason text,
  review_on date,
  closed_at timestamptz,
  primary key (customer_id, issue_id),
  foreign key (customer_id, entity_id) references entities
);

create unique index issues_one_open on issues (customer_id, entity_id, code, worker_id, contract_id) where status <> 'closed';

comment on table issues is
  'Something to put right. Runs open issues, refresh them, and close those that they no longer find.';
comment on column issues.code is 'Which issue; docs/errors.md lists the codes with cause and remedy.';
comment on column issues.worker_id is 'The worker it is about; blank: the whole run.';
comment on column issues.contract_id is 'The wage contract it is about; blank: the person as a whole.';
comment on column issues.employee_id is 'The linked employee; null: the worker is not linked.';
comment on column issues.params is 'What the texts of the code are filled in with, {name: text}. May name the person and a wage.';
comment on column issues.last_seen_at is 'When a run last found it.';
comment on column issues.last_run_id is 'The run that found it last; null: a change of company details raised it, not a run.';
comment on column issues.runs is 'In how many runs it was found.';
comment on column issues.accepted_by is 'Account or API key that accepted it.';
comment on column issues.review_on is 'From this Brussels date on an accepted issue is open again; null: it stays accepted.';

call pg_temp.secure_entity_table('issues');
call pg_temp.open_to_platform('issues');
grant select, insert, update on issues to payflip_app, payflip_sync;
-- Which issues there are, and nothing of the people.
grant select (customer_id, entity_id, issue_id, code, status, first_seen_at, last_seen_at) on issues to payflip_platform;


create table holds (
  customer_id uuid not null,
  hold_id uuid not null,
  run_id uuid not null,
  entity_id uuid not null,
  kind text not null,
  worker_id text not null default '',
  employee_id uuid,
  reasons jsonb not null,
  fields jsonb not null default '[]',
  people jsonb not null default '[]',
  fingerprint text not null,
  status text not null check (status in ('open', 'accepted', 'rejected', 'superseded')),
  last_run_id uuid,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  used_at timestamptz,
  over_at timestamptz,
  primary key (customer_id, hold_id),
  foreign key (customer_id, run_id) references runs
);

create unique index holds_one_open_of_person on holds (customer_id, entity_id, kind, worker_id)
  where status = 'open' and worker_id <> '';
create index holds_of_person on holds (customer_id, entity_id, worker_id) where worker_id <> '';

comment on table holds is
  'What a guard keeps back until an admin decides: a whole run, one person, or the wage of one person.';
comment on column holds.run_id is 'The run that made the hold.';
comment on column holds.kind is 'source_looks_wrong (a run); identity_swap, wage or reverted (a person).';
comment on column holds.worker_id is 'The person who is held; blank: the whole run.';
comment on column holds.employee_id is 'The linked employee; null: a whole run, or a worker who is not linked.';
comment on column holds.reasons is 'Why, [{code, params}].';
comment on column holds.fields is
  'What is kept back of a person, [{contractId, field, before, after}]. Emptied 13 months after a hold that was decided.';
comment on column holds.people is
  'Of a held run: who is newly absent and whose field is empty, [{about, total, people: [{workerId, employeeId}]}].';
comment on column holds.fingerprint is 'Hash of what exactly is kept back: accepting lets this through and nothing else.';
comment on column holds.status is 'superseded: a later run found something else, or nothing any more.';
comment on column holds.last_run_id is 'The run that found it last.';
comment on column holds.decided_by is 'Account or API key that decided.';
comment on column holds.used_at is 'Of an accepted hold of a person: when a run wrote what it let through; null: not yet.';
comment on column holds.over_at is
  'Of a rejected hold of a person: since when Liantis no longer sends what was rejected; null: it still keeps something back.';

call pg_temp.secure_entity_table('holds');
grant select, insert, update on holds to payflip_app, payflip_sync;
