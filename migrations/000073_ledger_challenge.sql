-- A challenged account goes back to work by its own passkey: from challenged to open, and from nothing else.
-- Called in the transaction of the sign-in, as its last statement: it holds the lane until the commit. Reason 3:
-- the holder. seq is null where the account was not challenged: nothing is written then.
-- Must run after 000012 (take_lane, write_act).
create function ledger.answer_challenge(l smallint, server_at timestamptz, acct int, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare base bigint; ts timestamptz;
begin
  select t.base, t.at into base, ts from ledger.take_lane(l, server_at, 0) t;
  update ledger.account x set standing = 0 where x.lane = l and x.account = acct and x.standing = 1;
  if not found then return; end if;
  update ledger.lane x set size = x.size + 1 where x.lane = l;
  seq := base;
  perform ledger.write_act(l, seq, ts, acct, acct, 3::smallint, 0::smallint, 3::smallint, null, 1);
end $$;

revoke all on function ledger.answer_challenge from public;
grant execute on function ledger.answer_challenge to vigie_server;
