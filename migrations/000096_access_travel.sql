-- Where a session's address is said to be, in whole degrees: impossible travel is told by it. Forgotten when it can tell
-- nothing any more; null is unknown. What was told of it stays with the session, for its entries.
alter table access.session
  add column latitude smallint check (latitude between -90 and 90),
  add column longitude smallint check (longitude between -180 and 180),
  add column is_impossible boolean not null default false,
  -- Unusual as one of the account's before it, which was asked for its passkey again: this one is not.
  add column repeats boolean not null default false,
  add constraint session_place check ((latitude is null) = (longitude is null));
grant update (latitude, longitude, is_impossible, repeats) on access.session to vigie_server;
-- What is to be forgotten is found every minute without reading a day's sessions.
create index session_placed on access.session (seen_at) where latitude is not null;
