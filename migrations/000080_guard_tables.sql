-- The guard: how far it followed the ledger, what it knows of each account, and what it did about it. All of the
-- first two can be made again from the ledger; cases and steps cannot, and nothing of them is deleted.
-- Numbers, places and codes only: no person is named, and the reasons people gave are sealed before they come here.
create schema guard;
grant usage on schema guard to vigie_server;

-- The entry of each lane that was folded last, and the state that belongs to the lane as a whole.
create table guard.position (
  lane       smallint primary key,
  seq        bigint not null,
  lane_state bytea not null,
  -- Of a lane's follower: when it last said that it works.
  seen_at    timestamptz not null default now()
);

-- An account as it was after the entry in guard.position. standing: as far as the entries folded by then tell,
-- which may be behind the ledger's own.
create table guard.account_state (
  lane      smallint not null,
  account   integer not null,
  standing  smallint not null check (standing between 0 and 3),
  -- The day it was last counted in guard.watched.
  active_on date,
  state     bytea not null,
  primary key (lane, account)
) with (fillfactor = 70);

-- What the guard opened about an account. At most one is open, and one in shadow mode, which changes nothing.
create table guard.case_file (
  id           bigint generated always as identity primary key,
  account      integer not null,
  organisation integer not null,
  profession   text not null,
  is_shadow    boolean not null,
  state        text not null default 'open'
    check (state in ('open', 'answered', 'undone', 'confirmed', 'expired')),
  -- The strictest standing of its steps.
  level        smallint not null check (level between 1 and 3),
  bits         float8 not null,
  is_honey     boolean not null default false,
  opened_at    timestamptz not null,
  closed_at    timestamptz,
  -- Who ended it: 0 is the system.
  closed_by    integer,
  check ((state = 'open') = (closed_at is null))
);
create unique index case_file_open on guard.case_file (account, is_shadow) where state = 'open';
create index case_file_opened on guard.case_file (opened_at);

-- Each change of standing in a case, and each word of a person about it. A step of the guard is keyed by the entry
-- that led to it: folded again after a crash, the entry leads to nothing new.
create table guard.case_step (
  id            bigint generated always as identity primary key,
  case_file     bigint not null references guard.case_file,
  account       integer not null,
  at            timestamptz not null,
  what          text not null check (what in ('contained', 'answered', 'undone', 'confirmed', 'expired')),
  from_standing smallint not null,
  to_standing   smallint not null,
  by            integer not null,
  -- The entry that led to it; null when no entry did.
  lane          smallint,
  seq           bigint,
  -- The entry of the ledger that it wrote; null in shadow mode.
  entry_seq     bigint,
  bits          float8,
  -- Of each detector, in the order of their list.
  own           float8[],
  is_honey      boolean not null default false,
  reason_sealed bytea,
  unique (account, lane, seq, to_standing)
);
create index case_step_case on guard.case_step (case_file, id);

-- The evidence after each lookup that a case looks back on: places in the ledger, and bits.
create table guard.evidence (
  case_file bigint not null references guard.case_file,
  lane      smallint not null,
  seq       bigint not null,
  at        timestamptz not null,
  bits      float8 not null,
  own       float8[] not null,
  primary key (case_file, lane, seq)
);

-- What somebody set, and why; the last row holds. Detectors by their numbers.
create table guard.setting (
  id               bigint generated always as identity primary key,
  is_shadow        boolean not null,
  shadow_detectors integer[] not null,
  by               integer not null,
  reason_sealed    bytea not null,
  at               timestamptz not null default now()
);

-- What the rates of false alarms are rates of: days on which an account looked somebody up, and its lookups.
create table guard.watched (
  day          date not null,
  profession   text not null,
  account_days integer not null,
  lookups      bigint not null,
  primary key (day, profession)
);

grant select, insert, update on guard.position, guard.account_state, guard.case_file, guard.watched to vigie_server;
grant select, insert on guard.case_step, guard.evidence, guard.setting to vigie_server;
grant update (entry_seq) on guard.case_step to vigie_server;
