-- What gives a drawn person back to the allowance, what takes it back again, and what changes an
-- account's standing. Each is an entry.
-- Must run after 000011 (take_lane, renew, paris_day).

-- The entry of something that is not a lookup: kind 2 explanation, 3 standing, 4 refusals folded, 5
-- account opened, 6 relations seeded.
create function ledger.write_act(l smallint, entry_seq bigint, entry_at timestamptz, acct int, actor int,
    entry_kind smallint,
  entry_action smallint, entry_reason smallint, entry_subject uuid,
      entry_count int) returns void language plpgsql
  set search_path = ledger, pg_temp as $$
declare
  its_seq          bigint;
  its_organisation int;
begin
  update ledger.account x set actor_seq = x.actor_seq + 1 where x.lane = l and x.account = acct
    returning x.actor_seq, x.organisation into its_seq, its_organisation;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client,
      network, kind, action, purpose,
      subject, fields, outcome, reason, present, signals, count, batch, salt, insurers)
    values (l, entry_seq, entry_at, acct, actor, its_organisation, its_seq, 0, 0, 0, entry_kind,
        entry_action, 0,
      entry_subject, 0, case when entry_kind = 4 then 2 else 1 end, entry_reason, false, 0, entry_count,
          gen_random_uuid(), gen_random_uuid(), '{}');
end $$;

-- Usual new people a day: the median of the days 31 to 120 ago on which the account explained anyone by
-- claim or presence, once there
-- are ten such days; before that the profession's figure. Counted on the day of the explanation and
-- without reasons by hand: counted on
-- the day of the draw, drawing every second day would double it; with reasons by hand, it would grow by
-- one every two months.
create function ledger.usual_people(l smallint, acct int, today date) returns int language sql stable
  set search_path = ledger, pg_temp as $$
  select case when count(*) >= 10 then percentile_disc(0.5) within group (order by d.claims + d.present)
              else (select a.usual_per_day from ledger.account a where a.lane = l
                  and a.account = acct) end::int
    from ledger.account_day d
   where d.lane = l and d.account = acct and d.day between today - 120 and today - 31
       and d.claims + d.present > 0
$$;

-- How: 1 claim, 2 reason by hand, 3 break-glass, 4 claim taken back.
-- Outcome: 1 explained, 2 nothing to explain, 3 limit reached (try again another day), 4 taken back. seq
-- is null when nothing changed.
create function ledger.explain(l smallint, server_at timestamptz, acct int, person uuid, how smallint,
    actor int, claim_id uuid,
    out outcome smallint, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  base bigint; ts timestamptz; today date; held ledger.pair; used int; most int;
begin
  if how is null or how not between 1 and 4 or (how in (1, 4)) <> (claim_id is not null) then
    raise exception 'a claim has an id, and nothing else has' using errcode = 'VG007';
  end if;
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, 1) t;
  today := ledger.paris_day(ts);
  perform ledger.renew(l, array[acct], today);
  select * into held from ledger.pair x where x.lane = l and x.account = acct and x.subject = person;
  outcome := 2;
  if how = 4 then
    if held.claim = claim_id and held.state = 2 then
      update ledger.pair x set state = 1,
          claim = null where x.lane = l and x.account = acct and x.subject = person;
      update ledger.account x set charged = x.charged + 1 where x.lane = l and x.account = acct;
      update ledger.account_day x set explained = x.explained - 1
       where x.lane = l and x.account = acct and x.day = held.charged_on and x.explained > 0;
      outcome := 4;
    end if;
  elsif how = 1 and held.claim = claim_id and held.state = 2 then
    outcome := 1;                       -- the same claim, sent again
    update ledger.lane x set size = x.size - 1 where x.lane = l;
    return;
  elsif held.state = 3 and how = 1 then
    -- Forgiven already: the claim explains it, and refunds nothing.
    -- It stays without the claim's name, so that taking the claim back charges nothing either.
    update ledger.pair x set state = 2 where x.lane = l and x.account = acct and x.subject = person;
    outcome := 1;
  elsif held.state = 1 then
    if how = 1 then
      most := ledger.usual_people(l, acct, today);
      -- People met count too: held against claims alone, the median would grow by the people met, again and again.
      select coalesce(sum(d.claims + d.present), 0) into used from ledger.account_day d
       where d.lane = l and d.account = acct and d.day = today;
    else
      most := 5;
      select coalesce(sum(d.by_hand), 0) into used from ledger.account_day d
       where d.lane = l and d.account = acct and d.day > today - 7;
    end if;
    outcome := case when used >= most then 3 else 1 end;
    if outcome = 1 then
      update ledger.pair x set state = 2,
          claim = case when how = 1 then claim_id end where x.lane = l and x.account = acct
              and x.subject = person;
      update ledger.account x set charged = x.charged - 1 where x.lane = l and x.account = acct;
      insert into ledger.account_day as x (lane, account, day, claims, by_hand)
        values (l, acct, today, (how = 1)::int, (how <> 1)::int)
        on conflict (lane, account, day) do update set claims = x.claims + excluded.claims,
            by_hand = x.by_hand + excluded.by_hand;
      update ledger.account_day x set explained = x.explained + 1
       where x.lane = l and x.account = acct and x.day = held.charged_on;
    end if;
  end if;
  if outcome in (1, 4) then
    perform ledger.write_act(l, base, ts, acct, actor, 2::smallint, how, outcome, person, 1);
    seq := base;
  else
    update ledger.lane x set size = x.size - 1 where x.lane = l;
  end if;
end $$;

-- Standing: 0 open, 1 challenged, 2 restricted, 3 suspended. The next record of that account, on any
-- server, reads it.
create function ledger.set_standing(l smallint, server_at timestamptz, acct int, to_standing smallint,
    actor int, why smallint,
    out seq bigint, out before smallint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare ts timestamptz;
begin
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  select x.standing into before from ledger.account x where x.lane = l and x.account = acct;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  update ledger.account x set standing = to_standing where x.lane = l and x.account = acct;
  perform ledger.write_act(l, seq, ts, acct, actor, 3::smallint, to_standing, why, null, 1);
end $$;

create function ledger.open_account(lanes int, server_at timestamptz, its_organisation int, its_cap int,
    its_renewal int, its_usual int,
    its_people_max int, its_opening int, actor int, out account int, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  ts    timestamptz;
  day   date;
  its_lane smallint;
begin
  account := nextval('ledger.account_number');
  its_lane := account % lanes;
  select t.base, t.at into seq, ts from ledger.take_lane(its_lane, server_at, 1) t;
  day := ledger.paris_day(ts);
  insert into ledger.account (lane, account, organisation, cap, renewal_per_day, usual_per_day,
      people_per_day_max, opening,
      opened_on, renewed_on, unknown_on, people_on)
    values (its_lane, account, its_organisation, its_cap, its_renewal, its_usual, its_people_max,
        its_opening, day, day, day, day);
  perform ledger.write_act(its_lane, seq, ts, account, actor, 5::smallint, 0::smallint, 0::smallint, null, 1);
end $$;

-- Seeds pairs from past payments: people the account already serves. One counted entry. People it already
-- drew are left as they are.
create function ledger.seed_relations(l smallint, server_at timestamptz, acct int, people uuid[], actor int,
    out seeded int, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare ts timestamptz;
begin
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  insert into ledger.pair (lane, account, subject, state, first_at, last_at, last_on)
    select distinct l, acct, person, 2::smallint, ts, ts, ledger.paris_day(ts) from unnest(people) person
    -- A pair forgotten after 13 months is as if it were not there.
    on conflict (lane, account, subject) do update set state = 2, first_at = excluded.first_at,
      last_at = excluded.last_at, last_on = excluded.last_on, charged_on = null, claim = null
      where pair.state <> 1 and pair.last_on < (excluded.last_on - interval '13 months')::date;
  get diagnostics seeded = row_count;
  perform ledger.write_act(l, seq, ts, acct, actor, 6::smallint, 0::smallint, 0::smallint, null,
      greatest(1, seeded));
end $$;

-- Writes the refusals that were counted and not yet written, once their minute is over. Run every minute
-- by any server.
create function ledger.write_folded_refusals(l smallint, server_at timestamptz) returns int
  language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  base   bigint;
  ts     timestamptz;
  folded record;
  wrote  int := 0;
begin
  if not exists (select from ledger.account a where a.lane = l
      and a.refusals_folded > 0) then return 0; end if;
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, 0) t;
  for folded in select a.account, a.refusals_folded from ledger.account a
    where a.lane = l and a.refusals_folded > 0 and a.refusal_minute < date_trunc('minute',
        ts) order by a.account
  loop
    perform ledger.write_act(l, base + wrote, ts, folded.account, folded.account, 4::smallint, 0::smallint,
        0::smallint, null,
      folded.refusals_folded);
    update ledger.account a set refusals_folded = 0 where a.lane = l and a.account = folded.account;
    wrote := wrote + 1;
  end loop;
  update ledger.lane x set size = x.size + wrote where x.lane = l;
  return wrote;
end $$;

-- Batch ids are kept a day: no writer repeats one after that. Wrong birth dates count on their day only.
create function ledger.forget_batches() returns bigint language plpgsql security definer
  set search_path = ledger, pg_temp as $$
declare gone bigint;
begin
  delete from ledger.batch where at < ledger.now() - interval '1 day';
  get diagnostics gone = row_count;
  delete from ledger.wrong_birth_date where day < ledger.paris_day(ledger.now()) - 1;
  return gone;
end $$;

-- What an account has left, as text numbers, after the renewal that is due today.
create function ledger.read_allowance(l smallint, server_at timestamptz, acct int)
  returns table (standing smallint, charged int, cap int, renewal_per_day int, usual int, claims_today int,
      by_hand_left int,
                 unknown_left int, people_today int, people_per_day_max int, renews boolean)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare today date := ledger.paris_day(ledger.now());
begin
  if exists (select from ledger.account a where a.lane = l and a.account = acct and a.renewed_on < today) then
    perform ledger.take_lane(l, server_at, 0);
    perform ledger.renew(l, array[acct], today);
  end if;
  return query select a.standing, a.charged,
      a.cap + case when today < a.opened_on + 30 then a.opening else 0 end, a.renewal_per_day,
      ledger.usual_people(l, acct, today),
      coalesce((select d.claims + d.present from ledger.account_day d where d.lane = l and d.account = acct
          and d.day = today), 0),
      5 - coalesce((select sum(d.by_hand)::int from ledger.account_day d
                     where d.lane = l and d.account = acct and d.day > today - 7), 0),
      least(20, a.unknown_left + 2 * greatest(0, today - a.unknown_on)),
      case when a.people_on = today then a.people_today else 0 end, a.people_per_day_max,
      (select coalesce(sum(d.drawn) > 0 and 2 * sum(d.explained) >= sum(d.drawn),
          false) from ledger.account_day d
        where d.lane = l and d.account = acct and d.day >= today - 30 and d.day <= today)
    from ledger.account a where a.lane = l and a.account = acct;
end $$;

-- Rights: the server executes these and reads; it writes nothing of the ledger otherwise.
revoke all on all functions in schema ledger from public;
grant execute on function ledger.now, ledger.record, ledger.explain, ledger.set_standing,
    ledger.open_account, ledger.seed_relations,
  ledger.write_folded_refusals, ledger.forget_batches, ledger.read_allowance,
      ledger.paris_day to vigie_server;
