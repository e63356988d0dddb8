-- What those who manage software see of it: since when its keys are what they are, when it was last given a
-- token, and who revoked it and why (sealed). Before this, keys were as old as their client, as far as we know.
alter table access.client
  add column keys_at timestamptz,
  add column seen_at timestamptz,
  add column revoked_by integer,
  add column why_sealed bytea;
update access.client set keys_at = created_at;
alter table access.client alter column keys_at set default now(), alter column keys_at set not null;
grant update (keys_at, seen_at, revoked_by, why_sealed) on access.client to vigie_server;

-- Lists that are ordered by when an account was last used, and pages of accounts, read the last session of each.
create index session_seen on access.session (account, seen_at);
