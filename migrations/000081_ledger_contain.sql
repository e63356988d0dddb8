-- Changes of standing that ask first, under the lane's lock: what the guard decides from an entry must not undo what
-- a person decided after it. Must run after 000012 (take_lane, write_act).

-- The last change of an account's standing: its place, who made it and why.
create function ledger.last_standing(l smallint, acct int, out seq bigint, out actor int, out why smallint)
  language sql stable set search_path = ledger, pg_temp as $$
  select e.seq, e.acted_by, e.reason from ledger.entry e
   where e.lane = l and e.account = acct and e.kind = 3 order by e.actor_seq desc limit 1
$$;

-- Raises the standing, because of the entry of_seq; seq is null when it is as strict already, or when a person
-- (reason 1), or the holder by a passkey and it is only a challenge (reason 3), changed it after that entry.
create function ledger.raise_standing(l smallint, server_at timestamptz, acct int, to_standing smallint, actor int,
    why smallint, of_seq bigint, out seq bigint, out before smallint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  ts   timestamptz;
  last record;
begin
  perform from ledger.lane x where x.lane = l for update;
  select x.standing into before from ledger.account x where x.lane = l and x.account = acct;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  if before >= to_standing then return; end if;
  select * into last from ledger.last_standing(l, acct);
  if last.seq > of_seq and (last.why = 1 or (last.why = 3 and to_standing = 1)) then return; end if;
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  update ledger.account x set standing = to_standing where x.lane = l and x.account = acct;
  perform ledger.write_act(l, seq, ts, acct, actor, 3::smallint, to_standing, why, null, 1);
end $$;

-- Opens an account again, if the entry of_seq is still the last word about its standing; else seq is null.
create function ledger.take_back_standing(l smallint, server_at timestamptz, acct int, actor int, why smallint,
    of_seq bigint, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  ts   timestamptz;
  last record;
begin
  perform from ledger.lane x where x.lane = l for update;
  select * into last from ledger.last_standing(l, acct);
  if last.seq is distinct from of_seq then return; end if;
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  update ledger.account x set standing = 0 where x.lane = l and x.account = acct;
  perform ledger.write_act(l, seq, ts, acct, actor, 3::smallint, 0::smallint, why, null, 1);
end $$;

revoke all on function ledger.last_standing, ledger.raise_standing, ledger.take_back_standing from public;
grant execute on function ledger.raise_standing, ledger.take_back_standing to vigie_server;
