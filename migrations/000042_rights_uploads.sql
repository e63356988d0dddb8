-- Files that insurers send over HTTP: what is needed to read one again after a crash, and to tell its sender.

-- spool_key: the random key of the file that waits, sealed; gone with the file once it was read.
-- idempotency: a keyed hash of what the sender calls this upload, so that sending it twice is sending it once.
-- attempts: how often reading it was begun; a file that ends its server again and again is given up.
alter table rights.import
  add column spool_key        bytea,
  add column confirm_closures boolean not null default false,
  add column idempotency      bytea,
  add column bytes            bigint,
  add column attempts         int not null default 0;
create index import_spool on rights.import (id) where spool is not null;
create index import_account on rights.import (account, id) where account is not null;

-- The lines that did not go in, as CSV by the thousand: their numbers and reasons, nothing of what they held.
create table rights.import_rejected (
  import bigint not null references rights.import,
  place  int not null,
  lines  text not null,
  at     timestamptz not null default now(),
  primary key (import, place)
);
create index import_rejected_at on rights.import_rejected (at);

-- What an account's webhook must still be told. next_at is also the lease: who tries puts it later first.
create table rights.import_notice (
  import     bigint primary key references rights.import,
  account    int not null,
  created_at timestamptz not null default now(),
  next_at    timestamptz not null default now(),
  tries      int not null default 0,
  -- How the last try ended: a status, or a word such as `timeout`.
  outcome    text,
  told_at    timestamptz,
  given_up_at timestamptz
);
create index import_notice_due on rights.import_notice (next_at) where told_at is null and given_up_at is null;

grant select, insert, delete on rights.import_rejected to vigie_server;
grant select, insert, update on rights.import_notice to vigie_server;
