-- Software signs in with keys of its own. Only public halves and hashes of what can be used once come here.

-- account: the one service account it signs in as; null for software that acts for accounts of its organisation
-- that consent, and then hear their codes at a loopback address of the same machine.
-- number is what ledger entries call it; 1 is whoever sends a bare bearer token.
create table access.client (
  id          text primary key check (id <> ''),
  number      integer generated always as identity (start with 2) unique,
  name_sealed bytea not null,
  organisation integer not null references access.organisation,
  account     integer references access.account,
  redirects   text[] not null default '{}',
  keys        jsonb not null,
  created_at  timestamptz not null default now(),
  revoked_at  timestamptz,
  check ((account is null) = (redirects <> '{}'))
);
create unique index client_account on access.client (account) where account is not null and revoked_at is null;

-- What a token belongs to: a service at work, or a holder's consent. Numbered with tokens and sessions. A consent
-- has an end and a refresh token, kept as a hash and bound to the key (jkt: its thumbprint).
create table access.software_session (
  session    bigint primary key default nextval('access.token_session_seq'),
  client     text not null references access.client,
  account    integer not null references access.account,
  scope      text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  ended_at   timestamptz,
  ended_by   integer,
  refresh_hash bytea unique check (octet_length(refresh_hash) = 32),
  jkt        text
);
create index software_session_account on access.software_session (account) where ended_at is null;
create index software_session_client on access.software_session (client) where ended_at is null;

-- Proofs and assertions that were shown: each is good once, on every server. No index on the end: what has
-- expired is sought once a minute, and each request writes here.
create table access.used_proof (
  hash       bytea primary key check (octet_length(hash) = 32),
  expires_at timestamptz not null
);

-- The codes of consents, by hash. A used one that comes again ends its session: somebody has a copy.
create table access.authorization_code (
  hash       bytea primary key check (octet_length(hash) = 32),
  session    bigint not null references access.software_session,
  redirect   text not null,
  challenge  text not null,
  jkt        text,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index authorization_code_expires_at on access.authorization_code (expires_at);

grant select, insert on access.client, access.software_session, access.used_proof, access.authorization_code
  to vigie_server;
grant update (keys, revoked_at) on access.client to vigie_server;
grant update (ended_at, ended_by, refresh_hash, jkt) on access.software_session to vigie_server;
grant update (used_at) on access.authorization_code to vigie_server;
grant delete on access.used_proof, access.authorization_code to vigie_server;
