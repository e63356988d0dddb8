-- What the guard found wrong with itself or its inputs. One of each kind is open at a time; it ends by itself.
create table guard.alarm (
  id        bigint generated always as identity primary key,
  kind      text not null check (kind in ('detector-throws', 'claims-silent', 'geography-missing', 'guard-behind')),
  -- The detector's number; 0 for an alarm about none.
  detector  smallint not null default 0,
  -- Entries it is about, as far as they can be counted.
  entries   bigint not null default 0,
  opened_at timestamptz not null default now(),
  -- When it was last so.
  seen_at   timestamptz not null default now(),
  closed_at timestamptz
);
create unique index alarm_open on guard.alarm (kind, detector) where closed_at is null;
grant select, insert on guard.alarm to vigie_server;
grant update (entries, seen_at, closed_at) on guard.alarm to vigie_server;
