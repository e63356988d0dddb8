-- What the guard tells the outside. An event is written in the transaction of what it tells, with one delivery for
-- each endpoint that is live then: told if and only if it happened. Numbers, places and codes only.
create table guard.event (
  -- What receivers know it by, the same each time and everywhere: webhook-id, externalId.
  id         uuid primary key default gen_random_uuid(),
  -- In which order they were written, among those of one transaction.
  place      bigint generated always as identity,
  type       text not null check (type <> ''),
  -- The ledger's time, as of the cases.
  at         timestamptz not null,
  data       jsonb not null,
  written_at timestamptz not null default now()
);
create index event_written on guard.event (written_at);

-- Where it is told. Webhooks are registered by security officers; of syslog and mail there is one at most, and where
-- it leads is a setting of the server. taken_until, slow_tries, rests_until: as claims.webhook_endpoint has them.
create table guard.endpoint (
  id            uuid primary key default gen_random_uuid(),
  kind          text not null check (kind in ('webhook', 'syslog', 'mail')),
  url           text check (url <> ''),
  secret_sealed bytea,
  -- The account that registered it; 0 for a setting.
  made_by       integer not null,
  created_at    timestamptz not null default now(),
  ended_at      timestamptz,
  -- officer: removed; gone: its receiver answered 410; setting: no longer set.
  end_reason    text check (end_reason in ('officer', 'gone', 'setting')),
  taken_at      timestamptz,
  taken_until   timestamptz,
  slow_tries    integer not null default 0,
  rests_until   timestamptz,
  check ((kind = 'webhook') = (url is not null)),
  check ((ended_at is null) = (end_reason is null)),
  check ((kind = 'webhook' and ended_at is null) = (secret_sealed is not null))
);
create unique index endpoint_of_setting on guard.endpoint (kind) where kind <> 'webhook' and ended_at is null;

create table guard.delivery (
  id           uuid primary key default gen_random_uuid(),
  endpoint     uuid not null references guard.endpoint,
  event        uuid not null references guard.event,
  type         text not null,
  at           timestamptz not null,
  next_at      timestamptz not null default now(),
  tries        integer not null default 0,
  -- How the last try ended: a status, or a word such as `timeout`.
  outcome      text,
  delivered_at timestamptz,
  given_up_at  timestamptz,
  unique (endpoint, event),
  check (delivered_at is null or given_up_at is null)
);
create index delivery_waiting on guard.delivery (endpoint, next_at)
  where delivered_at is null and given_up_at is null;
create index delivery_event on guard.delivery (event);
create index delivery_delivered on guard.delivery (delivered_at) where delivered_at is not null;
create index delivery_given_up on guard.delivery (given_up_at) where given_up_at is not null;

grant select, insert, delete on guard.event, guard.endpoint, guard.delivery to vigie_server;
grant update (secret_sealed, ended_at, end_reason, taken_at, taken_until, slow_tries, rests_until)
  on guard.endpoint to vigie_server;
grant update (next_at, tries, outcome, delivered_at, given_up_at) on guard.delivery to vigie_server;
