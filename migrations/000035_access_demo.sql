-- The door of a demo: accounts of an invented country that anybody at this machine may sign in to.
create table access.demo (
  is_demo    boolean primary key check (is_demo),
  created_at timestamptz not null default now()
);
-- Only of a database that was made as a demo: the reference holds for nothing else.
create table access.demo_account (
  account integer primary key references access.account,
  is_demo boolean not null default true references access.demo
);

-- The only way to make a demo: before there is any account. One that serves real people never becomes one.
create function access.mark_demo() returns void language plpgsql security definer
  set search_path = access, pg_temp as $$
begin
  if exists (select from access.account) then
    raise exception 'a database that has accounts does not become a demo';
  end if;
  insert into access.demo (is_demo) values (true) on conflict do nothing;
end $$;
revoke all on function access.mark_demo from public;
grant execute on function access.mark_demo to vigie_server;
grant select on access.demo to vigie_server;
grant select, insert on access.demo_account to vigie_server;

-- The door opens a session without a passkey, and for a demo's account only; the function checks both.
alter table access.session alter column passkey drop not null;
alter table access.session add column by_demo integer references access.demo_account;
alter table access.session add constraint session_begins_with
  check (passkey is not null or (by_demo is not null and by_demo = account));

-- Why an account may draw what it may: the words of whoever changed it, sealed.
create table access.figures_reason (
  id            bigint generated always as identity primary key,
  account       integer not null references access.account,
  cap           integer not null,
  reason_sealed bytea not null,
  by            integer not null,
  at            timestamptz not null default now()
);
create index figures_reason_account on access.figures_reason (account, id);
grant select, insert on access.figures_reason to vigie_server;
