-- People sign in with passkeys: what an account may do, who was invited, which keys it has, its sessions.
alter table access.account
  add column role text not null default 'professional' check (role <> ''),
  add column user_handle bytea unique;
update access.account set role = 'insurer-service' where insurer is not null;
-- 0: the command line, or the system.
alter table access.standing_reason add column by integer not null default 0;

-- A link for one channel and a code for another: whoever reads one of the two cannot use it.
create table access.invitation (
  link_hash   bytea primary key check (octet_length(link_hash) = 32),
  code_hash   bytea not null check (octet_length(code_hash) = 32),
  account     integer not null references access.account,
  made_by     integer not null,
  why_sealed  bytea not null,
  wrong_codes smallint not null default 0,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  used_at     timestamptz,
  withdrawn_at timestamptz
);
create index invitation_account on access.invitation (account);

create table access.passkey (
  credential bytea primary key,
  account    integer not null references access.account,
  public_key bytea not null,
  counter    bigint not null,
  backed_up  boolean not null,
  created_at timestamptz not null default now(),
  used_at    timestamptz,
  removed_at timestamptz
);
create index passkey_account on access.passkey (account);

-- A challenge proves by itself that we made it; only one that was answered well is remembered, until it expires.
create table access.used_challenge (
  hash       bytea primary key check (octet_length(hash) = 32),
  expires_at timestamptz not null
);
create index used_challenge_expires_at on access.used_challenge (expires_at);

-- Numbered with the tokens: in the ledger a session is a number, whatever signed it in.
create table access.session (
  hash       bytea primary key check (octet_length(hash) = 32),
  session    bigint not null unique default nextval('access.token_session_seq'),
  account    integer not null references access.account,
  passkey    bytea not null references access.passkey,
  network    integer not null,
  client     integer not null,
  created_at timestamptz not null default now(),
  seen_at    timestamptz not null default now(),
  ended_at   timestamptz,
  ended_by   integer
);
create index session_account on access.session (account) where ended_at is null;

grant usage on sequence access.token_session_seq to vigie_server;
grant select, insert on access.invitation, access.passkey, access.session to vigie_server;
grant select, insert, delete on access.used_challenge to vigie_server;
-- To lock what it forgets, row by row: two servers that forget at once wait for nothing.
grant update (expires_at) on access.used_challenge to vigie_server;
grant update (user_handle) on access.account to vigie_server;
grant update (wrong_codes, used_at, withdrawn_at) on access.invitation to vigie_server;
grant update (counter, backed_up, used_at, removed_at) on access.passkey to vigie_server;
grant update (seen_at, ended_at, ended_by) on access.session to vigie_server;
