-- Explains many pairs of one lane in one transaction: a claim at a time, each would wait for a commit of its
-- own. The same function decides each of them, in the order given; the lane is held until the end.
create function ledger.explain_many(l smallint, server_at timestamptz, accts int[], people uuid[],
    hows smallint[], actors int[], claims uuid[])
  returns smallint[] language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  outcomes smallint[] := '{}';
  place    int;
begin
  for place in 1 .. coalesce(array_length(accts, 1), 0) loop
    outcomes := outcomes || (select e.outcome from ledger.explain(l, server_at, accts[place], people[place],
      hows[place], actors[place], claims[place]) e);
  end loop;
  return outcomes;
end $$;
revoke all on function ledger.explain_many from public;
grant execute on function ledger.explain_many to vigie_server;
