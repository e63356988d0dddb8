-- Messages to account holders, until they were sent. Address and text are sealed, and go once they are sent.
create schema messages;
grant usage on schema messages to vigie_server;

-- next_at is also the lease: who tries puts it later first, so that two servers never try at once.
create table messages.outbox (
  -- Its Message-ID: sent again after a crash, it is the same message.
  id          uuid primary key,
  account     integer not null,
  what        text not null,
  sealed      bytea,
  created_at  timestamptz not null default now(),
  next_at     timestamptz not null default now(),
  tries       integer not null default 0,
  -- How the last try ended: an SMTP status, or a word such as `ETIMEDOUT`.
  outcome     text,
  sent_at     timestamptz,
  given_up_at timestamptz
);
create index outbox_due on messages.outbox (next_at) where sent_at is null and given_up_at is null;

grant select, insert, update, delete on messages.outbox to vigie_server;
