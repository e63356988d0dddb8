-- What the holder of an account must be told of, written in the transaction of the change itself: a change is never
-- made without it. The messages module takes the rows from here. Numbers and codes only.
create table access.to_tell (
  id      bigint generated always as identity primary key,
  account integer not null references access.account,
  what    text not null check (what in ('enrolled', 'passkey-added', 'passkey-removed', 'recovered', 'invited',
    'sessions-ended', 'suspended', 'open', 'allowance')),
  -- Who did it: an account's number; 0 is the command line, or the system.
  by      integer not null,
  -- The new cap, of an allowance that was changed.
  cap     integer,
  at      timestamptz not null default now()
);
grant select, insert, delete on access.to_tell to vigie_server;
-- To lock what it takes, row by row: two servers that take at once wait for nothing.
grant update (at) on access.to_tell to vigie_server;

-- (PL/pgSQL finds the field `by` only in quotes.) These three are told whatever way they are written: one at a time, by a whole file, or by the command line.
create function access.tell_of_standing() returns trigger language plpgsql set search_path = access, pg_temp as $$
begin
  insert into access.to_tell (account, what, by)
    select new.account, new.standing, new."by" where new.standing in ('open', 'suspended');
  return null;
end $$;
create function access.tell_of_figures() returns trigger language plpgsql set search_path = access, pg_temp as $$
begin
  insert into access.to_tell (account, what, by, cap) values (new.account, 'allowance', new."by", new.cap);
  return null;
end $$;
create function access.tell_of_invitation() returns trigger language plpgsql set search_path = access, pg_temp as $$
begin
  insert into access.to_tell (account, what, by) values (new.account, 'invited', new.made_by);
  return null;
end $$;
create trigger told after insert on access.standing_reason for each row execute function access.tell_of_standing();
create trigger told after insert on access.figures_reason for each row execute function access.tell_of_figures();
create trigger told after insert on access.invitation for each row execute function access.tell_of_invitation();
