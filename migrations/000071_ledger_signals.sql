-- Signals: the entry of an ask that makes a new pair says so (bit 0 of signals, src/modules/ledger/signals.ts);
-- whoever follows the ledger need not remember pairs. The digest of a batch is taken before, of what was asked.
-- A challenged account is refused by a reason of its own: 10. Must run after 000018: record is that one but for
-- these five lines.

create or replace function ledger.record(
  l smallint, b uuid, server_at timestamptz,
  accounts int[], sessions bigint[], organisations int[], clients int[], networks int[],
      actions smallint[], purposes smallint[],
  subjects uuid[], nir_keys bytea[], insurer_sets text[], fieldsets bigint[], reasons smallint[],
      presents boolean[],
  signalsets int[], salts uuid[])
returns table (at_us text, answered_seqs text, answered_outcomes text, answered_becauses text,
               people_left text, unknown_left text, today_left text)
language plpgsql security definer set search_path = ledger,
    pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  n int := cardinality(accounts);
  asked bigint := hash_record_extended(row(accounts, sessions, organisations, clients, networks, actions,
      purposes, subjects,
    nir_keys, insurer_sets, fieldsets, reasons, presents, signalsets, salts), 0);
  old record; base bigint; ts timestamptz; today date; this_minute timestamptz; next_seq bigint;
  -- one per ask
  aixs int[]; pixs int[]; nixs int[]; seqs bigint[]; aseqs bigint[]; outcomes smallint[]; becauses smallint[];
  -- one per account of the batch
  a_acc int[]; a_seq bigint[]; a_charged int[]; a_cap int[]; a_standing smallint[]; a_unknown int[];
      a_people int[]; a_max int[];
  a_refusals int[]; a_folded int[]; a_due int[]; a_drawn int[]; a_met int[]; a_org int[];
  -- one per pair (account, person)
  p_acc int[]; p_sub uuid[]; p_state smallint[]; p_last date[]; p_charged date[]; p_new boolean[]; p_used
      boolean[]; p_paid boolean[];
  -- break-glass: what is left of the week and what was used, an account; the entry, a pair
  a_hand int[]; a_broke int[]; p_hand bigint[]; spent boolean;
  -- one per (account, NIR)
  n_acc int[]; n_key bytea[]; n_tries smallint[]; n_more boolean[];
  i int; a int; p int; k int; known boolean; outcome smallint; because smallint;
begin
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, n) t;
  today := ledger.paris_day(ts);
  this_minute := date_trunc('minute', ts);

  -- A repeat of a batch that committed: give its answers again, record and charge nothing.
  select * into old from ledger.batch x where x.lane = l and x.batch = b;
  if found then
    if old.digest <> asked then raise exception 'batch % was used for other asks',
        b using errcode = 'VG003'; end if;
    update ledger.lane x set size = x.size - n where x.lane = l;
    return query select (extract(epoch from old.at) * 1000000)::bigint::text, old.seqs::text,
        old.outcomes::text, old.becauses::text,
      left_of.people, left_of.unknown, left_of.today_left from ledger.left_of(l, accounts, today) left_of;
    return;
  end if;

  if exists (select from ledger.account x where x.lane = l and x.account = any (accounts)
      and x.renewed_on < today) then
    perform ledger.renew(l, accounts, today);
  end if;

  -- Numbers the accounts, pairs and NIRs of this batch, in the order of their keys.
  select array_agg(aix order by o), array_agg(pix order by o), array_agg(nix order by o),
         array_agg(account order by aix) filter (where ath = 1),
         array_agg(account order by pix) filter (where pth = 1),
             array_agg(subject order by pix) filter (where pth = 1),
         array_agg(account order by nix) filter (where nth = 1),
             array_agg(nir_key order by nix) filter (where nth = 1)
    into aixs, pixs, nixs, a_acc, p_acc, p_sub, n_acc, n_key
    from (select o, account, subject, nir_key,
                 dense_rank() over (order by account)::int as aix,
                     row_number() over (partition by account order by o)::int as ath,
                 dense_rank() over (order by account, subject)::int as pix,
                 row_number() over (partition by account, subject order by o)::int as pth,
                 dense_rank() over (order by account, nir_key)::int as nix,
                 row_number() over (partition by account, nir_key order by o)::int as nth
            from unnest(accounts, subjects, nir_keys) with ordinality as t(account, subject, nir_key,
                o)) numbered;

  -- Accounts: what each has today. No lock of their own: whoever writes an account holds its lane.
  select array_agg(x.actor_seq order by d.o), array_agg(x.charged order by d.o),
         array_agg(x.cap + case when today < x.opened_on + 30 then x.opening else 0 end order by d.o),
         array_agg(ledger.standing_at(x.standing, x.present_only_until, ts) order by d.o),
         array_agg(least(20, x.unknown_left + 2 * greatest(0,
             today - x.unknown_on)) order by d.o),
         array_agg(case when x.people_on = today then x.people_today else 0 end order by d.o),
             array_agg(x.people_per_day_max order by d.o),
         array_agg(case when x.refusal_minute = this_minute then x.refusals else 0 end order by d.o),
         array_agg(case when x.refusal_minute = this_minute then x.refusals_folded else 0 end order by d.o),
         array_agg(case when x.refusal_minute = this_minute then 0 else x.refusals_folded end order by d.o),
         array_agg(x.organisation order by d.o)
    into a_seq, a_charged, a_cap, a_standing, a_unknown, a_people, a_max, a_refusals, a_folded, a_due, a_org
    from unnest(a_acc) with ordinality as d(account, o)
    left join lateral (select * from ledger.account y where y.lane = l
        and y.account = d.account limit 1) x on true;

  -- Pairs already known: read one by one through the primary key (a join became a scan of the table, five
  -- times slower).
  -- A pair that is not charged is forgotten after 13 months without use.
  select array_agg(coalesce(x.state, 0::smallint) order by d.o), array_agg(x.last_on order by d.o),
      array_agg(x.charged_on order by d.o)
    into p_state, p_last, p_charged
    from unnest(p_acc, p_sub) with ordinality as d(account, subject, o)
    left join lateral (select y.state, y.last_on, y.charged_on from ledger.pair y
      where y.lane = l and y.account = d.account and y.subject = d.subject
        and (y.state = 1 or y.last_on >= (today - interval '13 months')::date) limit 1) x on true;

  select array_agg(coalesce((select w.tries from ledger.wrong_birth_date w
           where w.lane = l and w.account = d.account and w.nir_key = d.nir_key and w.day = today),
               0::smallint) order by d.o)
    into n_tries from unnest(n_acc, n_key) with ordinality as d(account, nir_key, o);

  p_new := array_fill(false, array[cardinality(p_acc)]); p_used := p_new; p_paid := p_new;
  n_more := array_fill(false, array[cardinality(n_acc)]);
  a_drawn := array_fill(0, array[cardinality(a_acc)]); a_met := a_drawn;
  seqs := array_fill(null::bigint, array[n]); aseqs := seqs;
  outcomes := array_fill(2::smallint, array[n]); becauses := array_fill(0::smallint, array[n]);
  next_seq := base;

  -- Refusals counted but not written in an earlier minute become one counted entry, before anything else
  -- of that account.
  for a in 1..cardinality(a_acc) loop
    if a_due[a] > 0 then
      a_seq[a] := a_seq[a] + 1;
      insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client,
          network, kind, action,
        purpose, fields, outcome, reason, present, signals, count, batch, salt, insurers)
      values (l, next_seq, ts, a_acc[a], a_acc[a], a_org[a], a_seq[a], 0, 0, 0, 4, 0, 0, 0, 2, 0, false, 0,
          a_due[a], b,
        gen_random_uuid(), '{}');
      next_seq := next_seq + 1;
    end if;
  end loop;

  -- Break-glass (actions 2 to 9) shares five a week with reasons by hand; read only when it is asked for.
  a_broke := a_drawn; a_hand := a_drawn; p_hand := array_fill(null::bigint, array[cardinality(p_acc)]);
  if exists (select from unnest(actions) as action where action between 2 and 9) then
    select array_agg(5 - coalesce((select sum(d.by_hand)::int from ledger.account_day d
             where d.lane = l and d.account = t.account and d.day > today - 7), 0) order by t.o)
      into a_hand from unnest(a_acc) with ordinality as t(account, o);
  end if;

  for i in 1..n loop
    a := aixs[i]; p := pixs[i]; k := nixs[i]; outcome := 1; because := 0;
    if a_seq[a] is null then
      becauses[i] := 7;
      continue;
    end if;
    known := subjects[i] is not null and p_state[p] > 0;
    spent := a_charged[a] >= a_cap[a];
    if a_standing[a] = 3 then because := 1;
    elsif a_standing[a] = 1 and not presents[i] then because := 10;
    elsif a_standing[a] > 0 and not presents[i] then because := 2;
    elsif presents[i] and subjects[i] is not null then
      -- The person is there: free, and what was charged for them comes back. What renewal forgave does
      -- not come back twice.
      if p_state[p] = 0 then
        p_new[p] := true; a_drawn[a] := a_drawn[a] + 1; a_met[a] := a_met[a] + 1; p_charged[p] := null;
        signalsets[i] := signalsets[i] | 1;
      elsif p_state[p] = 1 then
        a_charged[a] := greatest(0, a_charged[a] - 1); a_met[a] := a_met[a] + 1; p_paid[p] := true;
      end if;
      p_state[p] := 2; p_used[p] := true; p_last[p] := today;
    elsif known then
      if p_last[p] < today then
        if a_people[a] >= a_max[a] then because := 6; else a_people[a] := a_people[a] + 1; end if;
      end if;
      if because = 0 then p_used[p] := true; p_last[p] := today; end if;
    elsif nir_keys[i] is not null and n_tries[k] >= 3 then because := 3;
    elsif spent and actions[i] not between 2 and 9 then because := 4;
    elsif spent and a_hand[a] <= 0 then because := 8;
    elsif a_unknown[a] <= 0 then because := 5;
    elsif a_people[a] >= a_max[a] then because := 6;
    elsif subjects[i] is null then
      outcome := 3; a_unknown[a] := a_unknown[a] - 1;
      if nir_keys[i] is not null then n_tries[k] := n_tries[k] + 1; n_more[k] := true; end if;
    elsif spent then
      -- Break-glass: drawn and explained by hand at once, and the balance stays as it is.
      a_hand[a] := a_hand[a] - 1; a_broke[a] := a_broke[a] + 1; p_hand[p] := next_seq; becauses[i] := 9;
      a_people[a] := a_people[a] + 1; a_drawn[a] := a_drawn[a] + 1;
      p_state[p] := 2; p_new[p] := true; p_used[p] := true; p_last[p] := today; p_charged[p] := today;
      signalsets[i] := signalsets[i] | 1;
    else
      a_charged[a] := a_charged[a] + 1; a_people[a] := a_people[a] + 1; a_drawn[a] := a_drawn[a] + 1;
      p_state[p] := 1; p_new[p] := true; p_used[p] := true; p_last[p] := today; p_charged[p] := today;
      signalsets[i] := signalsets[i] | 1;
    end if;
    -- Asked for as break-glass where it was not needed, it is a lookup like another.
    if outcome = 1 and because = 0 and becauses[i] <> 9 and actions[i] between 2 and 9 then
      actions[i] := 1;
    end if;
    if because > 0 then
      outcome := 2; a_refusals[a] := a_refusals[a] + 1;
      if a_refusals[a] > 60 then
        a_folded[a] := a_folded[a] + 1; becauses[i] := because;
        continue;
      end if;
    end if;
    a_seq[a] := a_seq[a] + 1; aseqs[i] := a_seq[a]; seqs[i] := next_seq; next_seq := next_seq + 1;
    outcomes[i] := outcome; becauses[i] := greatest(because, becauses[i]);
  end loop;

  -- A refused or unknown ask discloses no field and no insurer.
  insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client,
      network, kind, action, purpose,
      subject, fields, outcome, reason, present, signals, batch, salt, insurers)
    select l, seq, ts, account, account, organisation, aseq, session, client, network, 1, action, purpose,
        subject,
           case when outcome = 1 then fieldset else 0 end, outcome,
               case when outcome = 2 then because else reason end, present, signals,
           b, salt, case when outcome = 1 then insurers::int[] else '{}' end
      from unnest(accounts, organisations, sessions, clients, networks, actions, purposes, subjects,
          fieldsets, reasons, presents,
                  signalsets, salts, insurer_sets, seqs, aseqs, outcomes, becauses)
        as t(account, organisation, session, client, network, action, purpose, subject, fieldset, reason,
            present, signals, salt,
             insurers, seq, aseq, outcome, because)
     where seq is not null;
  if next_seq - base <> n then update ledger.lane x set size = next_seq where x.lane = l; end if;

  if true = any (p_new) then
    insert into ledger.pair (lane, account, subject, state, first_at, last_at, last_on, charged_on,
        by_hand_seq)
      select l, t.account, t.subject, t.state, ts, ts, today, t.charged, t.hand
        from unnest(p_acc, p_sub, p_state, p_charged, p_new, p_hand) as t(account, subject, state, charged,
            new, hand) where t.new
      on conflict (lane, account, subject) do update set state = excluded.state, first_at = excluded.first_at,
        last_at = excluded.last_at, last_on = excluded.last_on, charged_on = excluded.charged_on,
            claim = null, by_hand_seq = excluded.by_hand_seq;
  end if;
  update ledger.pair x set last_at = ts, last_on = today, state = t.state
    from unnest(p_acc, p_sub, p_state, p_new, p_used) as t(account, subject, state, new, used)
   where t.used and not t.new and x.lane = l and x.account = t.account and x.subject = t.subject;
  update ledger.account x set actor_seq = t.seq, charged = t.charged, unknown_left = t.unknown,
      unknown_on = today,
      people_on = today, people_today = t.people, refusal_minute = this_minute, refusals = t.refusals,
          refusals_folded = t.folded
    from unnest(a_acc, a_seq, a_charged, a_unknown, a_people, a_refusals, a_folded) as t(account, seq,
        charged, unknown, people, refusals, folded)
   where t.seq is not null and x.lane = l and x.account = t.account;

  insert into ledger.account_day as x (lane, account, day, drawn, explained, present,
      by_hand)
    select l, t.account, today, t.drawn, t.broke, t.met, t.broke
      from unnest(a_acc, a_drawn, a_met, a_broke) as t(account, drawn, met, broke)
     where t.drawn > 0 or t.met > 0
    on conflict (lane, account, day) do update set drawn = x.drawn + excluded.drawn,
        present = x.present + excluded.present, explained = x.explained + excluded.explained,
        by_hand = x.by_hand + excluded.by_hand;
  if exists (select from unnest(a_met) as met where met > 0) then
    -- Explained by presence: counted on the day the person was drawn.
    insert into ledger.account_day as x (lane, account, day, explained)
      select l, t.account, coalesce(t.charged, today), count(*)
        from unnest(p_acc, p_charged, p_state, p_new, p_paid, p_hand) as t(account, charged, state, new,
            paid, hand)
       where t.paid or (t.new and t.state = 2 and t.hand is null) group by 2, 3
      on conflict (lane, account, day) do update set explained = x.explained + excluded.explained;
  end if;
  if true = any (n_more) then
    insert into ledger.wrong_birth_date (lane, account, nir_key, day, tries)
      select l, t.account, t.nir_key, today, t.tries
        from unnest(n_acc, n_key, n_tries, n_more) as t(account, nir_key, tries, more) where t.more
      on conflict (lane, account, nir_key) do update set day = excluded.day, tries = excluded.tries;
  end if;
  insert into ledger.batch (lane, batch, at, digest, seqs, outcomes, becauses) values (l, b, ts, asked,
      seqs, outcomes, becauses);

  return query select (extract(epoch from ts) * 1000000)::bigint::text, seqs::text, outcomes::text,
      becauses::text,
    (select array_agg(greatest(0, a_cap[x] - a_charged[x]) order by o)::text
        from unnest(aixs) with ordinality t(x, o)),
    (select array_agg(a_unknown[x] order by o)::text from unnest(aixs) with ordinality t(x, o)),
    (select array_agg(greatest(0, a_max[x] - a_people[x]) order by o)::text
        from unnest(aixs) with ordinality t(x, o));
end $$;
