-- Files of relations and of professionals: many accounts in one transaction of a lane, and nothing appended
-- when nothing changed, so that importing the same file twice leaves the ledger as it was.
-- Must run after 000012 (take_lane, write_act, open_account).

-- Seeds pairs from past payments: people the account already serves. One counted entry, or none when every
-- one of them was served already; seq is null then. People it already drew are left as they are.
create or replace function ledger.seed_relations(l smallint, server_at timestamptz, acct int, people uuid[],
    actor int, out seeded int, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  select s.seeded, s.last_seq into seeded, seq
    from ledger.seed_many(l, server_at, array_fill(acct, array[cardinality(people)]), people, actor) s;
end $$;

-- The same for many accounts of one lane: element i of people is served by element i of accts. Each account
-- that gained anyone has one counted entry.
create function ledger.seed_many(l smallint, server_at timestamptz, accts int[], people uuid[], actor int,
    out seeded int, out last_seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  base    bigint;
  ts      timestamptz;
  gained  int[];
  counts  int[];
  missing int;
begin
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, 0) t;
  select given.acct into missing from unnest(accts) given(acct)
    where not exists (select from ledger.account a where a.lane = l and a.account = given.acct) limit 1;
  if found then raise exception 'no account %', missing using errcode = 'VG004'; end if;
  with wrote as (
    insert into ledger.pair (lane, account, subject, state, first_at, last_at, last_on)
      select distinct l, given.acct, given.person, 2::smallint, ts, ts, ledger.paris_day(ts)
        from unnest(accts, people) given(acct, person)
      -- A pair forgotten after 13 months is as if it were not there.
      on conflict (lane, account, subject) do update set state = 2, first_at = excluded.first_at,
        last_at = excluded.last_at, last_on = excluded.last_on, charged_on = null, claim = null
        where pair.state <> 1 and pair.last_on < (excluded.last_on - interval '13 months')::date
      returning account),
  each as (select account, count(*)::int as many from wrote group by account)
  select coalesce(array_agg(account order by account), '{}'), coalesce(array_agg(many order by account), '{}'),
      coalesce(sum(many), 0)
    into gained, counts, seeded from each;
  perform ledger.write_acts(l, base, ts, gained, counts, actor, 6::smallint);
  if seeded > 0 then last_seq := base + cardinality(gained) - 1; end if;
end $$;

-- Entries of one kind, one an account, in the order given; write_act for many. Counts them into the lane.
create function ledger.write_acts(l smallint, base bigint, ts timestamptz, accts int[], counts int[],
    actor int, act_kind smallint) returns void language plpgsql set search_path = ledger, pg_temp as $$
#variable_conflict use_column
begin
  if cardinality(accts) = 0 then return; end if;
  with given as (select * from unnest(accts, counts) with ordinality g(account, many, place)),
  numbered as (
    update ledger.account x set actor_seq = x.actor_seq + 1 from given
     where x.lane = l and x.account = given.account
    returning x.account, x.organisation, x.actor_seq, given.many, given.place)
  insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client,
      network, kind, action, purpose, subject, fields, outcome, reason, present, signals, count, batch, salt,
      insurers)
    select l, base + n.place - 1, ts, n.account, actor, n.organisation, n.actor_seq, 0, 0, 0, act_kind, 0, 0,
        null, 0, 1, 0, false, 0, n.many, gen_random_uuid(), gen_random_uuid(), '{}'
      from numbered n order by n.place;
  update ledger.lane x set size = x.size + cardinality(accts) where x.lane = l;
end $$;

-- Numbers for accounts that are about to be opened; one that is never opened is only a gap.
create function ledger.reserve_accounts(how_many int) returns setof int
  language sql security definer set search_path = ledger, pg_temp
  as $$ select nextval('ledger.account_number')::int from generate_series(1, how_many) $$;

-- Opens reserved accounts of one lane, as open_account does. Called in one transaction with what describes
-- them elsewhere: an import that dies leaves no account that nobody knows.
create function ledger.open_accounts(l smallint, server_at timestamptz, accts int[], organisations int[],
    caps int[], renewals int[], usuals int[], people_maxes int[], openings int[], actor int) returns void
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  base bigint;
  ts   timestamptz;
  day  date;
begin
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, 0) t;
  day := ledger.paris_day(ts);
  insert into ledger.account (lane, account, organisation, cap, renewal_per_day, usual_per_day,
      people_per_day_max, opening, opened_on, renewed_on, unknown_on, people_on)
    select l, g.acct, g.organisation, g.cap, g.renewal, g.usual, g.people_max, g.opening, day, day, day, day
      from unnest(accts, organisations, caps, renewals, usuals, people_maxes, openings)
        g(acct, organisation, cap, renewal, usual, people_max, opening);
  perform ledger.write_acts(l, base, ts, accts, array_fill(1, array[cardinality(accts)]), actor, 5::smallint);
end $$;

revoke all on function ledger.seed_many, ledger.write_acts, ledger.reserve_accounts, ledger.open_accounts
  from public;
grant execute on function ledger.seed_many, ledger.reserve_accounts, ledger.open_accounts to vigie_server;
