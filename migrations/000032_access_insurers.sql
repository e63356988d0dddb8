-- Accounts of insurers, which send files and look nobody up; and where an account is told that a file was read.
alter table access.account add column insurer int;
create index account_insurer on access.account (insurer) where insurer is not null;

-- Its secret signs what is sent to it, so that nobody else can tell the receiver anything.
create table access.webhook (
  account       int primary key references access.account,
  url           text not null check (url <> ''),
  secret_sealed bytea not null,
  created_at    timestamptz not null default now()
);

grant select, insert on access.webhook to vigie_server;
