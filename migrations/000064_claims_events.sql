-- What becomes of claims is told, by webhooks after the Standard Webhooks specification, to accounts that asked.
create schema if not exists claims;
grant usage on schema claims to vigie_server;

-- Where an account is told. taken_until is the lease: one delivery at a time for each endpoint, on whatever server,
-- and one that a dead server held is sent again. taken_at: they take turns. An ended one keeps no secret.
create table claims.webhook_endpoint (
  id                uuid primary key,
  account           integer not null references access.account,
  url               text not null check (url <> ''),
  secret_sealed     bytea,
  -- The secret before: it signs beside the new one for a day.
  old_secret_sealed bytea,
  old_secret_until  timestamptz,
  created_at        timestamptz not null default now(),
  ended_at          timestamptz,
  -- holder: by the account itself; gone: its receiver answered 410.
  end_reason        text check (end_reason in ('holder', 'gone')),
  taken_at          timestamptz,
  taken_until       timestamptz,
  -- Its last tries that took longer than a second, answered or not: such endpoints share half of the places.
  slow_tries        integer not null default 0,
  -- One that is silent is tried ever more rarely.
  rests_until       timestamptz,
  check ((ended_at is null) = (end_reason is null)),
  check ((ended_at is null) = (secret_sealed is not null)),
  check ((old_secret_sealed is null) = (old_secret_until is null))
);
create index webhook_endpoint_account on claims.webhook_endpoint (account);

-- One event on its way to one endpoint. Thin on purpose: a claim's number, and no person, no amount.
create table claims.webhook_delivery (
  -- Its webhook-id: sent again, it is the same event.
  id           uuid primary key default gen_random_uuid(),
  endpoint     uuid not null references claims.webhook_endpoint,
  type         text not null check (type <> ''),
  -- Null for the event that tries an endpoint.
  claim        uuid,
  at           timestamptz not null,
  next_at      timestamptz not null default now(),
  tries        integer not null default 0,
  -- How the last try ended: a status, or a word such as `timeout`.
  outcome      text,
  delivered_at timestamptz,
  given_up_at  timestamptz,
  check (delivered_at is null or given_up_at is null)
);
create index webhook_delivery_waiting on claims.webhook_delivery (endpoint, next_at)
  where delivered_at is null and given_up_at is null;
create index webhook_delivery_endpoint on claims.webhook_delivery (endpoint, at);
create index webhook_delivery_delivered on claims.webhook_delivery (delivered_at) where delivered_at is not null;
create index webhook_delivery_given_up on claims.webhook_delivery (given_up_at) where given_up_at is not null;

grant select, insert, delete on claims.webhook_endpoint, claims.webhook_delivery to vigie_server;
grant update (secret_sealed, old_secret_sealed, old_secret_until, ended_at, end_reason, taken_at, taken_until,
    slow_tries, rests_until)
  on claims.webhook_endpoint to vigie_server;
grant update (next_at, tries, outcome, delivered_at, given_up_at) on claims.webhook_delivery to vigie_server;
