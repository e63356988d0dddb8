-- Explains many pairs of one lane at once: 000061 called explain for each, whose ten statements wrote the lane
-- and the account again and again (450 µs a claim, half of what a claim costs the database). Here what stands
-- is read once, each explanation is decided in the order given, and what changed is written once.
-- explain and explain_many are both this: the rules are written here alone, as 000018 had them.
-- Must run after 000011 (take_lane, renew, paris_day), 000012 (usual_people), 000018 (by_hand_seq) and 000061.

-- How: 1 claim, 2 reason by hand, 3 break-glass, 4 claim taken back.
-- Outcome: 1 explained, 2 nothing to explain, 3 limit reached (try again another day), 4 taken back. A seq is
-- null when nothing changed.
create function ledger.explain_batch(l smallint, server_at timestamptz, accts int[], people uuid[],
    hows smallint[], actors int[], claims uuid[],
    out outcomes smallint[], out seqs bigint[])
  language plpgsql security definer set search_path = ledger, pg_temp
  -- Everything is found by a key: planned while tables were small, a scan of them stayed, eight times slower.
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off
  set enable_mergejoin = off as $$
#variable_conflict use_column
declare
  n int := coalesce(cardinality(accts), 0);
  base bigint; ts timestamptz; today date; next_seq bigint; batch uuid := gen_random_uuid();
  -- one per explanation
  aixs int[]; pixs int[]; aseqs bigint[]; days date[]; deltas int[];
  -- one per account
  a_acc int[]; a_seq bigint[]; a_org int[]; a_charged int[]; a_usual int[]; a_used int[]; a_hand int[];
  a_claims int[]; a_by_hand int[];
  -- one per pair
  p_acc int[]; p_sub uuid[]; p_state smallint[]; p_claim uuid[]; p_hand bigint[]; p_day date[]; p_changed boolean[];
  i int; a int; p int; how smallint; outcome smallint; spent boolean;
begin
  outcomes := array_fill(2::smallint, array[n]); seqs := array_fill(null::bigint, array[n]);
  if n = 0 then return; end if;
  if exists (select from unnest(hows, claims) as t(how, claim)
      where how is null or how not between 1 and 4 or (how in (1, 4)) <> (claim is not null)) then
    raise exception 'a claim has an id, and nothing else has' using errcode = 'VG007';
  end if;
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, n) t;
  today := ledger.paris_day(ts);
  next_seq := base;

  select array_agg(aix order by o), array_agg(pix order by o),
         array_agg(account order by aix) filter (where ath = 1),
         array_agg(account order by pix) filter (where pth = 1),
         array_agg(subject order by pix) filter (where pth = 1)
    into aixs, pixs, a_acc, p_acc, p_sub
    from (select o, account, subject,
                 dense_rank() over (order by account)::int as aix,
                 row_number() over (partition by account order by o)::int as ath,
                 dense_rank() over (order by account, subject)::int as pix,
                 row_number() over (partition by account, subject order by o)::int as pth
            from unnest(accts, people) with ordinality as t(account, subject, o)) numbered;
  perform ledger.renew(l, a_acc, today);

  select array_agg(x.actor_seq order by d.o), array_agg(x.organisation order by d.o),
         array_agg(ledger.usual_people(l, d.account, today) order by d.o),
         -- People met count too: held against claims alone, the median would grow by the people met, again and again.
         array_agg((select coalesce(sum(y.claims + y.present), 0)::int from ledger.account_day y
           where y.lane = l and y.account = d.account and y.day = today) order by d.o),
         array_agg((select coalesce(sum(y.by_hand), 0)::int from ledger.account_day y
           where y.lane = l and y.account = d.account and y.day > today - 7) order by d.o)
    into a_seq, a_org, a_usual, a_used, a_hand
    from unnest(a_acc) with ordinality as d(account, o)
    left join lateral (select y.actor_seq, y.organisation from ledger.account y
      where y.lane = l and y.account = d.account limit 1) x on true;
  -- Read one by one through the primary key, as the record reads them.
  select array_agg(coalesce(x.state, 0::smallint) order by d.o), array_agg(x.claim order by d.o),
         array_agg(x.by_hand_seq order by d.o), array_agg(x.charged_on order by d.o)
    into p_state, p_claim, p_hand, p_day
    from unnest(p_acc, p_sub) with ordinality as d(account, subject, o)
    left join lateral (select y.state, y.claim, y.by_hand_seq, y.charged_on from ledger.pair y
      where y.lane = l and y.account = d.account and y.subject = d.subject limit 1) x on true;
  p_changed := array_fill(false, array[cardinality(p_acc)]);
  a_charged := array_fill(0, array[cardinality(a_acc)]); a_claims := a_charged; a_by_hand := a_charged;
  aseqs := seqs; days := array_fill(null::date, array[n]); deltas := array_fill(0, array[n]);

  for i in 1..n loop
    a := aixs[i]; p := pixs[i]; how := hows[i]; outcome := 2;
    if how = 4 then
      if p_claim[p] = claims[i] and p_state[p] = 2 then
        outcome := 4; p_state[p] := 1; p_claim[p] := null; p_changed[p] := true;
        a_charged[a] := a_charged[a] + 1; days[i] := p_day[p]; deltas[i] := -1;
      end if;
    elsif how = 1 and p_claim[p] = claims[i] and p_state[p] = 2 then
      outcomes[i] := 1;                   -- the same claim, sent again
      continue;
    elsif how = 1 and p_state[p] = 2 and p_hand[p] is not null then
      -- A claim follows what was explained by hand: nothing is left to take back at its review.
      p_hand[p] := null; p_changed[p] := true;
    elsif how = 1 and p_state[p] = 3 then
      -- Forgiven already: the claim explains it, and refunds nothing.
      -- It stays without the claim's name, so that taking the claim back charges nothing either.
      outcome := 1; p_state[p] := 2; p_changed[p] := true;
    elsif p_state[p] = 1 then
      spent := case when how = 1 then a_used[a] + a_claims[a] >= a_usual[a]
                    else a_hand[a] + a_by_hand[a] >= 5 end;
      outcome := case when spent then 3 else 1 end;
      if not spent then
        p_state[p] := 2; p_changed[p] := true;
        p_claim[p] := case when how = 1 then claims[i] end;
        p_hand[p] := case when how <> 1 then next_seq end;
        a_charged[a] := a_charged[a] - 1; days[i] := p_day[p]; deltas[i] := 1;
        if how = 1 then a_claims[a] := a_claims[a] + 1; else a_by_hand[a] := a_by_hand[a] + 1; end if;
      end if;
    end if;
    outcomes[i] := outcome;
    if outcome in (1, 4) then
      a_seq[a] := a_seq[a] + 1; aseqs[i] := a_seq[a]; seqs[i] := next_seq; next_seq := next_seq + 1;
    end if;
  end loop;

  if next_seq - base <> n then update ledger.lane x set size = next_seq where x.lane = l; end if;
  if true = any (p_changed) then
    update ledger.pair x set state = t.state, claim = t.claim, by_hand_seq = t.hand
      from unnest(p_acc, p_sub, p_state, p_claim, p_hand, p_changed)
        as t(account, subject, state, claim, hand, changed)
     where t.changed and x.lane = l and x.account = t.account and x.subject = t.subject;
  end if;
  if next_seq = base then return; end if;
  insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client,
      network, kind, action, purpose, subject, fields, outcome, reason, present, signals, count, batch, salt,
      insurers)
    select l, seq, ts, account, actor, a_org[aix], aseq, 0, 0, 0, 2, how, 0, subject, 0, 1, outcome, false, 0,
        1, batch, gen_random_uuid(), '{}'
      from unnest(accts, people, hows, actors, aixs, seqs, aseqs, outcomes)
        as t(account, subject, how, actor, aix, seq, aseq, outcome)
     where seq is not null;
  update ledger.account x set actor_seq = t.seq, charged = x.charged + t.charged
    from unnest(a_acc, a_seq, a_charged) as t(account, seq, charged)
   where x.lane = l and x.account = t.account and x.actor_seq < t.seq;
  insert into ledger.account_day as x (lane, account, day, claims, by_hand)
    select l, t.account, today, t.claims, t.by_hand
      from unnest(a_acc, a_claims, a_by_hand) as t(account, claims, by_hand)
     where t.claims + t.by_hand > 0
    on conflict (lane, account, day) do update set claims = x.claims + excluded.claims,
        by_hand = x.by_hand + excluded.by_hand;
  update ledger.account_day x set explained = greatest(0, x.explained + t.delta)
    from (select account, day, sum(delta)::int as delta
            from unnest(accts, days, deltas) as d(account, day, delta) where day is not null
           group by account, day) as t
   where x.lane = l and x.account = t.account and x.day = t.day;
end $$;

create or replace function ledger.explain(l smallint, server_at timestamptz, acct int, person uuid, how smallint,
    actor int, claim_id uuid,
    out outcome smallint, out seq bigint)
  language sql security definer set search_path = ledger, pg_temp as $$
  select b.outcomes[1], b.seqs[1] from ledger.explain_batch(l, server_at, array[acct], array[person],
    array[how], array[actor], array[claim_id]) b
$$;

create or replace function ledger.explain_many(l smallint, server_at timestamptz, accts int[], people uuid[],
    hows smallint[], actors int[], claims uuid[])
  returns smallint[] language sql security definer set search_path = ledger, pg_temp as $$
  select b.outcomes from ledger.explain_batch(l, server_at, accts, people, hows, actors, claims) b
$$;

revoke all on function ledger.explain_batch from public;
