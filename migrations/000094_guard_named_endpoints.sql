-- Two servers whose settings lead to different places ended each other's endpoint. An endpoint of a setting now has
-- a mark of where it leads, each server keeps alive what it names and tells those alone, and one that no server
-- names any more ends after a while.
alter table guard.endpoint
  -- A digest of the setting; null for webhooks, and for what was named before marks, which is taken over.
  add column target text check (target <> ''),
  add column named_at timestamptz not null default now();
drop index guard.endpoint_of_setting;
create unique index endpoint_of_setting on guard.endpoint (kind, coalesce(target, ''))
  where kind <> 'webhook' and ended_at is null;
grant update (target, named_at) on guard.endpoint to vigie_server;
