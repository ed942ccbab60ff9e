-- What is deleted by the calendar, of every customer: also of a customer whose integration is switched off. Housekeeping calls
-- these functions once a day.

create function prune_access(now_at timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  delete from sessions where expires_at <= now_at;
  delete from account_links where expires_at <= now_at;
  delete from sign_in_attempts
    where attempted_at < now_at - interval '90 days' or (not succeeded and attempted_at < now_at - interval '1 day');
  delete from idempotency_keys where created_at < now_at - interval '24 hours';
  delete from provider_questions where since < now_at - interval '1 day';
$$;

call pg_temp.run_as_definer('prune_access(timestamptz)', callers => 'payflip_app, payflip_sync');

create function prune_history(now_at timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  delete from staged_pages s using runs r
    where r.customer_id = s.customer_id and r.run_id = s.run_id and r.status in ('finished', 'cancelled');
  delete from staged_workers s using runs r
    where r.customer_id = s.customer_id and r.run_id = s.run_id and r.status in ('finished', 'cancelled');
  delete from changes where contract_id is not null and changed_at < now_at - interval '13 months';
  delete from consent_states where expires_at < now_at - interval '1 day';
$$;

call pg_temp.run_as_definer('prune_history(timestamptz)', callers => 'payflip_app, payflip_sync');

-- A preview that waits to be carried out is kept past its time: its run compares with it.
create function prune_decisions(now_at timestamptz) returns void
language sql volatile security definer set search_path = public as $$
  delete from candidate_lists where expires_at <= now_at;
  delete from previews p where p.expires_at <= now_at and not exists (
    select from connections c where c.customer_id = p.customer_id and c.entity_id = p.entity_id
      and c.confirming->>'previewId' = p.preview_id::text);
  update holds set fields = '[]' where status <> 'open' and fields <> '[]' and created_at < now_at - interval '13 months';
$$;

call pg_temp.run_as_definer('prune_decisions(timestamptz)', callers => 'payflip_app, payflip_sync');
