-- People as random numbers and sealed bytes: nothing here names anybody without the keys, which are elsewhere.
-- No foreign keys between these tables: people arrive by the million, each in one transaction with all their
-- rows, and on a cluster lookup keys and people lie on different machines.
create schema vault;
grant usage on schema vault to vigie_server;

-- subject is the ledger's name for the person; number is dense, for bitmaps of people.
create table vault.person (
  subject       uuid primary key,
  number        bigint generated always as identity,
  presence_key  bytea not null,
  presence_step bigint not null default 0
) with (fillfactor = 90);

-- key = HMAC of NIR, birth date and birth rank. A person may have several: a child under both parents' numbers.
create table vault.lookup_key (
  key     bytea primary key check (octet_length(key) = 16),
  subject uuid not null
);

-- Whoever destroys this row makes what that insurer says of that person unreadable for ever.
create table vault.wrapped_key (
  subject uuid not null,
  insurer int not null,
  wrapped bytea not null,
  primary key (subject, insurer)
);

create table vault.insurer_key (
  insurer int primary key,
  wrapped bytea not null
);

-- Wrong presence codes of an account on its latest day: one row an account, for ever.
create table vault.presence_miss (
  account int primary key,
  day     date not null,
  misses  int not null default 0
);

-- Uses one step of a person's card. A null step is a wrong code. The account's row is locked first, so that codes
-- of one account are judged one after the other: parallel guesses get no more tries than the limit.
create function vault.consume_presence(
  p_account int, p_day date, p_subject uuid, p_step bigint, p_limit int
) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_misses int;
begin
  -- A clock that goes back to an earlier day gives no new tries.
  insert into vault.presence_miss as m (account, day) values (p_account, p_day)
    on conflict (account) do update set
      misses = case when excluded.day > m.day then 0 else m.misses end,
      day = greatest(excluded.day, m.day)
    returning misses into v_misses;
  if v_misses >= p_limit then
    return false;
  end if;
  if p_subject is null or p_step is null then
    update vault.presence_miss set misses = misses + 1 where account = p_account;
    return false;
  end if;
  -- Steps only grow: a code that was used, or an older one, finds no row. Using one twice is no guess: not counted.
  update vault.person set presence_step = p_step where subject = p_subject and presence_step < p_step;
  return found;
end $$;

revoke all on function vault.consume_presence(int, date, uuid, bigint, int) from public;
grant execute on function vault.consume_presence(int, date, uuid, bigint, int) to vigie_server;

-- Reads for lookups; inserts for loading people. Steps and misses change through the function only.
grant select, insert on vault.person, vault.lookup_key, vault.wrapped_key, vault.insurer_key to vigie_server;
