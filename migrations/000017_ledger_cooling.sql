-- Cooling-off: for a while after an account's passkeys changed, it looks up people who are present, and nobody
-- else: what a thief adds a passkey for. Must run after 000016.
alter table ledger.account add column present_only_until timestamptz;

-- The standing as the record takes it: an open account that cools off is as good as restricted.
create function ledger.standing_at(standing smallint, until timestamptz, at timestamptz) returns smallint
  language sql immutable
  as $$ select case when standing = 0 and until > at then 2::smallint else standing end $$;

-- Called in the transaction that changes the passkeys, as its last statement: it holds the lane until the commit,
-- so the very next record on any server either came before the change or knows of it. Kind 9: cooling-off; the
-- reason says what changed (1 passkey added, 2 removed, 3 recovered), the count is the hours. Never shortened.
create function ledger.cool_off(l smallint, server_at timestamptz, acct int, why smallint, hours int,
    actor int, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare ts timestamptz;
begin
  if hours is null or hours not between 1 and 720 or why is null or why not between 1 and 3 then
    raise exception 'a cooling-off has hours and a reason' using errcode = 'VG007';
  end if;
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  update ledger.account x
     set present_only_until = greatest(x.present_only_until, ts + make_interval(hours => hours))
   where x.lane = l and x.account = acct;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  perform ledger.write_act(l, seq, ts, acct, actor, 9::smallint, 0::smallint, why, null, hours);
end $$;

revoke all on function ledger.cool_off, ledger.standing_at from public;
grant execute on function ledger.cool_off, ledger.standing_at to vigie_server;
