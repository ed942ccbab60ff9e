create function account_standings(of_customer uuid, emails text[]) returns table (email text, standing text, account_id uuid)
language sql stable security definer set search_path = public as $$
  select a.email,
         case when a.customer_id = of_customer then 'ours' else 'taken' end,
         case when a.customer_id = of_customer then a.account_id end
  from unnest(emails) as e(email) join accounts a on a.email = e.email
$$;

create function enterprise_number_standing(of_customer uuid, of_entity uuid, number text) returns text
language sql stable security definer set search_path = public as $$
  select coalesce((select case when c.customer_id = of_customer and c.entity_id = of_entity then 'ours' else 'taken' end
                   from enterprise_number_claims c where c.enterprise_number = number), 'free')
$$;

create function claim_enterprise_number(of_customer uuid, of_entity uuid, number text, at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public as $$
  begin
    delete from enterprise_number_claims c where c.customer_id = of_customer and c.entity_id = of_entity and c.enterprise_number <> number;
    insert into enterprise_number_claims values (number, of_customer, of_entity, at) on conflict do nothing;
    return exists (select from enterprise_number_claims c
                   where c.enterprise_number = number and c.customer_id = of_customer and c.entity_id = of_entity);
  end
$$;

create function consent_state_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, state_id uuid)
language sql stable security definer set search_path = public as $$
  select s.customer_id, s.entity_id, s.state_id from consent_states s where s.state_hash = hash
$$;

create function connect_token_tenant(hash bytea) returns table (customer_id uuid, entity_id uuid, token_id uuid)
language sql stable security definer set search_path = public as $$
  select t.customer_id, t.entity_id, t.token_id from connect_tokens t where t.token_hash = hash
$$;

create function sign_in_account(with_email text) returns table (account_id uuid, customer_id uuid, name text, language text, password_hash text)
language sql stable security definer set search_path = public as $$
  select a.account_id, a.customer_id, a.name, a.language, a.password_hash from accounts a where a.email = lower(with_email)
$$;
