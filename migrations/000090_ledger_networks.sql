-- Networks that were closed because a stolen account was used from them, as entries. Must run after 000012 (take_lane).

-- Called in the transaction that closes or opens the network, as its last statement: it holds the lane until the
-- commit. Kind 10: network; action 1 blocked, 0 open again; the account is the stolen one, the network the one meant.
create function ledger.note_network(l smallint, server_at timestamptz, acct int, actor int, which int,
    is_blocked boolean, why smallint, out seq bigint)
  language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare
  ts               timestamptz;
  its_seq          bigint;
  its_organisation int;
begin
  if which is null or is_blocked is null or why is null then
    raise exception 'a network is blocked or opened for a reason' using errcode = 'VG007';
  end if;
  select t.base, t.at into seq, ts from ledger.take_lane(l, server_at, 1) t;
  update ledger.account x set actor_seq = x.actor_seq + 1 where x.lane = l and x.account = acct
    returning x.actor_seq, x.organisation into its_seq, its_organisation;
  if not found then raise exception 'no account %', acct using errcode = 'VG004'; end if;
  insert into ledger.entry (lane, seq, at, account, acted_by, organisation, actor_seq, session, client, network, kind,
      action, purpose, subject, fields, outcome, reason, present, signals, count, batch, salt, insurers)
    values (l, seq, ts, acct, actor, its_organisation, its_seq, 0, 0, which, 10,
      is_blocked::int, 0, null, 0, 1, why, false, 0, 1, gen_random_uuid(), gen_random_uuid(), '{}');
end $$;

revoke all on function ledger.note_network from public;
grant execute on function ledger.note_network to vigie_server;
