-- What an account may draw, changed by an operator: the next record of that account, on any server, reads it.
-- Must run after 000012 (take_lane, write_act). Kind 7: figures; the entry's count is the new cap plus one,
-- since a count is never 0.
create function ledger.set_figures(l smallint, server_at timestamptz, acct int, its_cap int, its_renewal int,
    its_usual int, its_people_max int, actor int, out seq bigint, out cap_before int)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare ts timestamptz;
begin
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  select x.cap into cap_before from ledger.account x where x.lane = l and x.account = acct;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  -- What is due by the old figures comes back by the old figures.
  perform ledger.renew(l, array[acct], ledger.paris_day(ts));
  update ledger.account x set cap = its_cap, renewal_per_day = its_renewal, usual_per_day = its_usual,
      people_per_day_max = its_people_max
   where x.lane = l and x.account = acct;
  perform ledger.write_act(l, seq, ts, acct, actor, 7::smallint, 0::smallint, 1::smallint, null, its_cap + 1);
end $$;

revoke all on function ledger.set_figures from public;
grant execute on function ledger.set_figures to vigie_server;
