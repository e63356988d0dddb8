-- Keys that can be turned: the master key wraps random keys, one a purpose and generation, and what they made
-- says under which generation.

-- One row. The version grows with each change to the keys, so that servers know when to read them again. derived:
-- this database was in use before keys were kept here, and its first generation comes from the master key itself.
create table vault.keyring (
  only_one boolean primary key default true check (only_one),
  version  bigint not null default 1,
  derived  boolean not null
);
insert into vault.keyring (derived) select to_regclass('access.account') is not null;

-- wrapped opens with the master key whose id stands beside it. What is new is sealed and indexed under the current
-- generation; an accepted one still opens and finds.
create table vault.purpose_key (
  purpose    text not null,
  generation smallint not null,
  state      text not null check (state in ('current', 'accepted')),
  derived    boolean not null,
  master_id  bytea not null check (octet_length(master_id) = 8),
  wrapped    bytea not null,
  created_at timestamptz not null default now(),
  primary key (purpose, generation)
);
create unique index purpose_key_current on vault.purpose_key (purpose) where state = 'current';

-- Which version each running server works with. A rotation relies on a generation once everybody seen in the last
-- seconds accepts it.
create table vault.key_reader (
  reader  uuid primary key,
  version bigint not null,
  at      timestamptz not null default clock_timestamp()
);

-- How far a rotation is: written in the same transaction as the rows it counts.
create table vault.rotation (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('index', 'insurer')),
  from_generation smallint not null,
  to_generation   smallint not null,
  stage           text not null check (stage in ('walk', 'check', 'clean', 'done')),
  place           bytea not null default '',
  done            bigint not null default 0,
  started_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  ended_at        timestamptz
);
-- One of a kind at a time: the next run goes on with it.
create unique index rotation_unfinished on vault.rotation (kind) where stage <> 'done';

alter table vault.lookup_key add column generation smallint not null default 1;
alter table vault.wrapped_key add column generation smallint not null default 1;
alter table vault.insurer_key add column generation smallint not null default 1;
alter table vault.insurer_key drop constraint insurer_key_pkey, add primary key (insurer, generation);

-- An erased person keeps a subject and a number, so that the ledger's entries can still be proven.
alter table vault.person add column erased_at timestamptz;

grant select, update (version) on vault.keyring to vigie_server;
grant select, insert, delete, update (state, master_id, wrapped) on vault.purpose_key to vigie_server;
grant select, insert, update, delete on vault.key_reader to vigie_server;
grant select, insert, update on vault.rotation to vigie_server;
grant delete on vault.lookup_key, vault.wrapped_key, vault.insurer_key to vigie_server;
grant update (wrapped, generation) on vault.wrapped_key to vigie_server;
grant update (presence_key, erased_at) on vault.person to vigie_server;
