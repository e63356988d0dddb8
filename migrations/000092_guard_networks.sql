-- What a sweep found of the networks it looked for: who else used them, and which were blocked because nobody did. Must
-- run after 000084 and 000091.

-- When an account first used such a network, or such software: what it had for long is no sign.
alter table guard.sweep_account add column network_at timestamptz, add column client_at timestamptz;

-- Accounts that used a network which is looked for, a hundred at most.
create table guard.sweep_network (
  sweep   bigint not null references guard.sweep,
  network integer not null,
  -- Another account than the stolen one.
  account integer not null,
  primary key (sweep, network, account)
);

create table guard.blocked_network (
  id            bigint generated always as identity primary key,
  network       integer not null,
  sweep         bigint not null references guard.sweep,
  -- The stolen account, and the entry that says so.
  account       integer not null,
  entry_seq     bigint not null,
  blocked_at    timestamptz not null,
  until         timestamptz not null,
  -- When a person opened it again before its time, who, and why; the reason is sealed.
  opened_at     timestamptz,
  opened_by     integer,
  reason_sealed bytea,
  check ((opened_at is null) = (opened_by is null))
);
create index blocked_network_network on guard.blocked_network (network);

grant select, insert on guard.sweep_network to vigie_server;
grant select, insert, update on guard.blocked_network to vigie_server;
