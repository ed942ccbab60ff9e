-- What is kept of requests and deeds: answers to repeat, the audit, mails.

create table idempotency_keys (
  customer_id uuid not null,
  principal text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  acted_at timestamptz,
  created_at timestamptz not null,
  primary key (customer_id, principal, key)
);

comment on table idempotency_keys is
  'Answers to requests with an Idempotency-Key, so that a repeated request gets the same answer. Deleted after 24 hours.';
comment on column idempotency_keys.customer_id is
  'Of a caller of the platform, who has no customer: the id of the account or key.';
comment on column idempotency_keys.principal is 'Who asked: account:<id> or api_key:<id>.';
comment on column idempotency_keys.request_hash is 'Hash of method, path and body: the same key with another request is refused.';
comment on column idempotency_keys.status is 'HTTP status of the answer; null: the request is under way.';
comment on column idempotency_keys.response is
  'The body of the answer, encrypted, as a JSON string; null: the request is under way.';

comment on column idempotency_keys.acted_at is
  'When the request first committed a write, in the transaction of that write; null: it wrote nothing yet. With status null and '
  'the process gone, the outcome of the request is not known, and it is not carried out again.';

call pg_temp.secure_customer_table('idempotency_keys');
grant select, insert, update, delete on idempotency_keys to payflip_app;

-- A success manager writes rows of customers, whose policies hide the key of the request: this function reaches it.
create function mark_request_acted(of_customer uuid, of_principal text, of_key text, now_at timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  update idempotency_keys set acted_at = now_at
  where customer_id = of_customer and principal = of_principal and key = of_key and acted_at is null
$$;

call pg_temp.run_as_definer(
  'mark_request_acted(uuid, text, text, timestamptz)', callers => 'payflip_app, payflip_sync, payflip_platform');


create table audit_entries (
  customer_id uuid not null,
  entry_id uuid not null,
  entity_id uuid,
  actor text not null,
  action text not null,
  subject text,
  reason text,
  done_at timestamptz not null,
  primary key (customer_id, entry_id)
);

comment on table audit_entries is
  'Who did what by hand, written in the transaction of the deed. Rows are only added; none holds a value.';
comment on column audit_entries.entity_id is 'Null: it concerns the customer as a whole.';
comment on column audit_entries.actor is
  'account:<id>, api_key:<id>, link:<id> (a connect link) or command_line:<id> (the id of the customer).';
comment on column audit_entries.action is 'noun.verb, for example case.confirmed.';
comment on column audit_entries.subject is 'Id of what it was done to.';
comment on column audit_entries.reason is 'Why, in the words of the person who did it; null: none was asked for.';

call pg_temp.secure_customer_table('audit_entries');
grant select, insert on audit_entries to payflip_app;
grant insert on audit_entries to payflip_sync;


create table mails (
  customer_id uuid not null,
  mail_id uuid not null,
  entity_id uuid,
  template text not null,
  language text not null,
  recipient text not null,
  params jsonb not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (customer_id, mail_id)
);

comment on column mails.customer_id is 'Of a mail to an account of the platform: the id of the account.';
comment on table mails is 'Mails to send and mails that were sent. A job delivers each row.';
comment on column mails.template is 'Which mail; the texts are in the code.';
comment on column mails.recipient is
  'An address, or admins-of-the-entity: each admin of the entity gets one, in their own language.';
comment on column mails.params is
  'What the template is filled in with, {name: text}. The entry secret (the token of a link) is encrypted, '
  'and removed when the mail is sent.';
comment on column mails.sent_at is 'When the mail server took it; null: waiting.';

call pg_temp.secure_customer_table('mails');
grant select, insert, update on mails to payflip_app;
grant insert on mails to payflip_sync;

create index mails_by_recipient on mails (recipient, created_at);

-- How many mails people asked for: to this address by any customer, for this entity, and of this customer. Requests for one
-- address or one customer wait for each other until they are committed. The locks are taken in one order.
create function count_requested_mails(
  of_customer uuid, of_entity uuid, to_recipient text, of_templates text[], hour_ago timestamptz, day_ago timestamptz)
returns table (recipient_hour bigint, recipient_day bigint, entity_hour bigint, customer_day bigint)
language sql volatile security definer set search_path = public as $$
  select pg_advisory_xact_lock(bucket.lock)
  from (
    select hashtextextended(name, 1908) as lock
    from (values ('recipient' || to_recipient), ('customer' || of_customer)) as buckets (name)
    order by 1
  ) as bucket;
  select
    (select count(*) from mails m
     where m.recipient = to_recipient and m.template = any (of_templates) and m.created_at > hour_ago),
    (select count(*) from mails m
     where m.recipient = to_recipient and m.template = any (of_templates) and m.created_at > day_ago),
    (select count(*) from mails m
     where m.customer_id = of_customer and m.entity_id = of_entity and m.template = any (of_templates)
       and m.created_at > hour_ago),
    (select count(*) from mails m
     where m.customer_id = of_customer and m.template = any (of_templates) and m.created_at > day_ago)
$$;

call pg_temp.run_as_definer(
  'count_requested_mails(uuid, uuid, text, text[], timestamptz, timestamptz)', callers => 'payflip_app');
