-- Sweeps: who used, in the 90 days before a case was confirmed, what the stolen account newly used then. A sweep is
-- asked for once a case, in the transaction that confirms it, and goes on where it was after a kill: places and finds
-- are written together. Must run after 000083.
create table guard.sweep (
  id         bigint generated always as identity primary key,
  case_file  bigint not null unique references guard.case_file,
  account    integer not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  entries    bigint not null default 0,
  -- What is looked for, once read from the account's own lookups; null before. Numbers of the ledger, as json.
  sought     text,
  -- The last entry read of each lane, as json.
  places     text not null default '{}'
);
create index sweep_running on guard.sweep (id) where ended_at is null;

create table guard.sweep_account (
  sweep        bigint not null references guard.sweep,
  account      integer not null,
  organisation integer not null,
  profession   text not null,
  families     smallint not null,
  -- Strangers it was told of meanwhile.
  people       integer not null,
  first_at     timestamptz not null,
  last_at      timestamptz not null,
  -- Its last such lookup.
  lane         smallint not null,
  seq          bigint not null,
  primary key (sweep, account)
);

grant select, insert, update on guard.sweep, guard.sweep_account to vigie_server;
grant delete on guard.sweep_account to vigie_server;
