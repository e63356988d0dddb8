-- Presence was closed for an account, and for the person it gave wrong codes of (null when nobody has such a number).
-- Must run after 000012 (take_lane, write_act). Kind 8: presence closed.
create function ledger.note_presence_closed(l smallint, server_at timestamptz, acct int, person uuid,
    out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare ts timestamptz;
begin
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  perform ledger.write_act(l, seq, ts, acct, acct, 8::smallint, 0::smallint, 1::smallint, person, 1);
end $$;

revoke all on function ledger.note_presence_closed from public;
grant execute on function ledger.note_presence_closed to vigie_server;
