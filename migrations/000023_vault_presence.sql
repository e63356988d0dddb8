-- Five wrong codes in an hour, by one account or for one person, close presence for both for an hour.
-- Why: a code has six digits and two or three are good at a time. Five an hour, by whoever and for whomever, leave a guess
-- no better than some 1 in 2,700 a day for each person. Replaces ten wrong codes a day for each account.
drop function vault.consume_presence(int, date, uuid, bigint, int);
drop table vault.presence_miss;

create table vault.presence_account (
  account      int primary key,
  misses       timestamptz[] not null default '{}',
  closed_until timestamptz not null default '-infinity'
);
create table vault.presence_person (
  subject      uuid primary key references vault.person on delete cascade,
  misses       timestamptz[] not null default '{}',
  closed_until timestamptz not null default '-infinity'
);

-- Uses one step of a person's card; a null step is a wrong code. 0 refused, 1 accepted, 2 refused and closed by this
-- code, 3 closed before it: nothing is judged or counted. The rows of the account, then of the person, are locked first: codes
-- of one account and of one person are judged one after the other, so that parallel guesses get no more tries.
create function vault.consume_presence(p_account int, p_at timestamptz, p_subject uuid, p_step bigint, p_limit int)
  returns smallint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_hour constant interval := interval '1 hour';
  v_account vault.presence_account; v_person vault.presence_person;
begin
  insert into vault.presence_account as x (account) values (p_account)
    on conflict (account) do update set account = x.account returning * into v_account;
  if p_subject is not null then
    insert into vault.presence_person as x (subject) values (p_subject)
      on conflict (subject) do update set subject = x.subject returning * into v_person;
  end if;
  if greatest(v_account.closed_until, v_person.closed_until) > p_at then return 3; end if;
  if p_subject is not null and p_step is not null then
    -- Steps only grow: a code that was used, or an older one, finds no row. Using one twice is no guess: not counted.
    update vault.person set presence_step = p_step where subject = p_subject and presence_step < p_step;
    return found::int;
  end if;
  v_account.misses := array(select m from unnest(v_account.misses) m where m > p_at - v_hour) || p_at;
  v_person.misses := array(select m from unnest(v_person.misses) m where m > p_at - v_hour) || p_at;
  if greatest(cardinality(v_account.misses), cardinality(v_person.misses)) >= p_limit then
    v_account.closed_until := p_at + v_hour;
    v_person.closed_until := p_at + v_hour;
    v_account.misses := '{}';
    v_person.misses := '{}';
  end if;
  update vault.presence_account set misses = v_account.misses, closed_until = v_account.closed_until
   where account = p_account;
  update vault.presence_person set misses = v_person.misses,
         closed_until = coalesce(v_person.closed_until, '-infinity')
   where subject = p_subject;
  return case when v_account.closed_until > p_at then 2 else 0 end;
end $$;

revoke all on function vault.consume_presence(int, timestamptz, uuid, bigint, int) from public;
grant execute on function vault.consume_presence(int, timestamptz, uuid, bigint, int) to vigie_server;
