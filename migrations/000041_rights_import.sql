-- Files that come in: what is known of each, and what an update compares.

-- One row a file, for ever: who sent what, when, and what it changed. Nothing in it names a person.
create table rights.import (
  id         bigint generated always as identity primary key,
  kind       text not null check (kind in ('people', 'relations', 'professionals', 'insurers')),
  insurer    int,
  -- The account that sent it; null from the command line.
  account    int,
  state      text not null check (state in ('queued', 'running', 'done', 'failed', 'interrupted')),
  -- Whether the file says of itself that it lists everybody.
  complete   boolean not null default false,
  dry_run    boolean not null default false,
  file_name  text,
  -- Where a file that came over HTTP waits, sealed.
  spool      text,
  message    text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  updated_at timestamptz not null default now(),
  ended_at   timestamptz,
  lines      bigint not null default 0,
  people     bigint not null default 0,
  added      bigint not null default 0,
  changed    bigint not null default 0,
  unchanged  bigint not null default 0,
  closed     bigint not null default 0,
  rejected   bigint not null default 0
);
create index import_unfinished on rights.import (state, id) where state in ('queued', 'running');
create index import_insurer on rights.import (insurer, id);

grant select, insert, update on rights.import to vigie_server;

-- digest: a keyed hash of what the insurer's file says of the person, so that an unchanged person costs no
-- decryption. link: a keyed hash of the insurer's own way to name the person (member number, birth date and
-- rank, first name), by which a person whose number changed is found again. pending: something in it was not
-- listed by the file that is being read, and goes when that file ends. closed_on: a complete file no longer
-- listed the person.
alter table rights.sealed
  add column digest    bytea,
  add column link      bytea,
  add column pending   boolean not null default false,
  add column closed_on date;
create index sealed_link on rights.sealed (link);
create index sealed_pending on rights.sealed (insurer, subject) where pending;

grant update, delete on rights.sealed to vigie_server;

-- Which numbers were given before a file was begun: whoever has a higher one came while it was being read.
grant select on sequence vault.person_number_seq to vigie_server;
